import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const watch = join(import.meta.dirname, '../../src/cli/watch.ts')

/** A process that starts another under `watch`, which says its number and would run for ever. */
const family = `
  const { spawn } = require('node:child_process')
  const forever = 'console.log(process.pid); setInterval(() => {}, 1000)'
  spawn(process.execPath, ['--import', ${JSON.stringify(watch)}, '-e', forever], { stdio: ['ignore', 'inherit', 'inherit'] })
`

test('what a killed process started ends too', async () => {
  const parent = spawn(process.execPath, ['-e', family], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [said] = (await once(parent.stdout, 'data')) as [Buffer]
  const child = Number(said.toString())
  expect(() => process.kill(child, 0)).not.toThrow()
  const ended = once(parent.stdout, 'close') // the child holds this pipe open for as long as it lives
  parent.kill('SIGKILL')
  await ended
  expect(child).toBeGreaterThan(0)
})
