import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { succeeds, type Tool } from '../part.ts'
import { python } from './parsers.ts'

const folder = process.env.FEEDVALIDATOR ?? ''
const source = join(folder, 'src', 'feedvalidator')

/** The W3C feed validator, whose folder the environment variable FEEDVALIDATOR names. */
export const validator: Tool = {
  name: 'the W3C feed validator',
  checks: 'no document is validated at level AA',
  install:
    'set FEEDVALIDATOR to a folder with a copy of github.com/w3c/feedvalidator, and apt-get install -y python3-html5lib python3-lxml',
  isInstalled: () => folder !== '' && existsSync(source) && succeeds(python, ['-c', 'import html5lib, lxml']),
}

/** What the validator has found in a document. */
export interface ValidatorEvent {
  event: string
  line: number
  element: string
  value: string
}

/** Validates files, each with the address at which it is published, at level AA: errors and warnings. */
export async function validate(
  files: readonly { file: string; address: string }[],
): Promise<Map<string, ValidatorEvent[]>> {
  const child = spawn(python, [join(import.meta.dirname, 'validate.py'), folder], { stdio: 'pipe' })
  child.stdin.on('error', () => {})
  child.stdin.end(files.map(({ file, address }) => `${file}\t${address}\n`).join(''))
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)])
  const found = new Map<string, ValidatorEvent[]>()
  for (const line of output.split('\n').filter(Boolean)) {
    const { file, events } = JSON.parse(line)
    found.set(file, events)
  }
  for (const { file } of files)
    if (!found.has(file)) throw new Error(`The W3C feed validator said nothing of ${file}: ${errors}`)
  return found
}
