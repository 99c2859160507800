import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { letters, writtenText } from './letters.ts'

const folder = join(import.meta.dirname, '../../../fixtures/mails')
const golden = (file: string): string => readFileSync(join(folder, file), 'utf8')

describe('golden mails: `npm run golden` writes them, the diff is read', () => {
  test.for(Object.entries(letters))('%s', ([name, letter]) => {
    expect(writtenText(letter)).toBe(golden(`${name}.txt`))
    expect(letter.html).toBe(golden(`${name}.html`))
  })

  test('no golden file is left over', () => {
    const files = Object.keys(letters).flatMap((name) => [`${name}.html`, `${name}.txt`])
    expect(readdirSync(folder).sort()).toEqual(files.sort())
  })
})
