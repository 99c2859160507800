import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const watch = join(import.meta.dirname, '../../src/cli/watch.ts')

/**
 * The script of a parent process. The script starts a child process that loads the module `watch`, prints its
 * own process id, and runs until `watch` ends it.
 */
const family = `
  const { spawn } = require('node:child_process')
  const forever = 'console.log(process.pid); setInterval(() => {}, 1000)'
  spawn(process.execPath, ['--import', ${JSON.stringify(watch)}, '-e', forever], { stdio: ['ignore', 'inherit', 'inherit'] })
`

test('a child process ends when its parent process is killed', async () => {
  const parent = spawn(process.execPath, ['-e', family], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [said] = (await once(parent.stdout, 'data')) as [Buffer]
  const child = Number(said.toString())
  expect(() => process.kill(child, 0)).not.toThrow()
  // The parent's output pipe closes only after the child process has ended too, because the child process
  // inherited the pipe.
  const ended = once(parent.stdout, 'close')
  parent.kill('SIGKILL')
  await ended
  expect(child).toBeGreaterThan(0)
})
