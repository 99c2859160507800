import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { lockStore } from '../../src/cli/lock.ts'

const folder = mkdtempSync(join(tmpdir(), 'kiosque-lock-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('a store can be locked only once until the lock is released', () => {
  const store = join(folder, 'one')
  const lock = lockStore(store)
  expect(lock).toBeDefined()
  expect(lockStore(store)).toBeUndefined()
  lock?.release()
  lockStore(store)?.release()
})

test('a lock of one store does not lock another store', () => {
  const locks = [lockStore(join(folder, 'two')), lockStore(join(folder, 'three'))]
  expect(locks.filter(Boolean)).toHaveLength(2)
  for (const lock of locks) lock?.release()
})

test('a process that is killed leaves no lock behind', async () => {
  const store = join(folder, 'four')
  const script = `import { lockStore } from ${JSON.stringify(join(import.meta.dirname, '../../src/cli/lock.ts'))}
    globalThis.lock = lockStore(${JSON.stringify(store)})
    console.log('locked')
    setInterval(() => {}, 1000)`
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(holder.stdout, 'data')
  expect(lockStore(store)).toBeUndefined()
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  const lock = lockStore(store)
  expect(lock).toBeDefined()
  lock?.release()
})
