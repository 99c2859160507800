import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { root, textOf } from './source.ts'

test('0018: what the former version put into the outbox still waits for the hub, except what is unreadable', () => {
  const files = readdirSync(join(root, 'migrations')).sort()
  const at = files.findIndex((file) => file.startsWith('0018'))
  const database = new DatabaseSync(':memory:')
  for (const file of files.slice(0, at)) database.exec(textOf(`migrations/${file}`))
  database.exec(
    `INSERT INTO outbox (revision, paths) VALUES (7, '["","tags/x"]'), (8, '["tags/'), (9, '["tags/y"]')`,
  )
  for (const file of files.slice(at)) database.exec(textOf(`migrations/${file}`))
  const rows = [
    { revision: 7, paths: '["","tags/x"]' },
    { revision: 9, paths: '["tags/y"]' },
  ]
  const read = (sql: string) =>
    database
      .prepare(sql)
      .all()
      .map((row) => ({ ...row }))
  expect(read("SELECT revision, paths FROM effect WHERE effect = 'websub' ORDER BY revision")).toEqual(rows)
  expect(read('SELECT revision, paths FROM outbox ORDER BY revision')).toEqual(rows)
  database.close()
})
