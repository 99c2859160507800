import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { temporaryStore } from '../../scripts/local-server.ts'
import { root, textOf } from '../source.ts'
import { type Cloudflare, startCloudflare } from './cloudflare.ts'

const migrations = readdirSync(join(root, 'migrations')).sort()
/** The names of the queues in wrangler.toml, each once and sorted. */
const queues = [
  ...new Set([...textOf('wrangler.toml').matchAll(/^queue = "(.*)"$/gm)].map(([, name]) => name)),
].toSorted()
const charging = 'UPDATE site SET charged = 0'

let account: Cloudflare
beforeEach(async () => {
  account = await startCloudflare()
})
afterEach(() => account.close())

/** Runs the script of `npm run deploy` with the installed wrangler against the account. */
async function deploy(settings: Record<string, string | undefined> = {}) {
  const { store: home, remove } = temporaryStore()
  try {
    const child = spawn(process.execPath, [join(root, 'scripts', 'deploy.ts')], {
      env: {
        ...process.env,
        ...{ HOME: home, XDG_CONFIG_HOME: home, NO_COLOR: '1' },
        ...{ CLOUDFLARE_API_BASE_URL: account.address, CLOUDFLARE_ACCOUNT_ID: 'a' },
        ...{ CLOUDFLARE_API_TOKEN: 'token', ...settings },
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const [out, error, [status]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ])
    return { status, output: `${out}${error}` }
  } finally {
    remove()
  }
}

/** What was changed, without the migrations' own SQL: `migration` stands for each of them. */
const changes = (): string[] =>
  account.changes
    .filter((change) => !/^\s*CREATE TABLE IF NOT EXISTS "d1_migrations"/.test(change))
    .map((change) => (change.includes('INSERT INTO "d1_migrations"') ? 'migration' : change))

/** A database to which wrangler has applied these migrations. */
function databaseOf(names: readonly string[]): DatabaseSync {
  const database = new DatabaseSync(':memory:')
  database.exec(
    'CREATE TABLE d1_migrations (id INTEGER PRIMARY KEY, name TEXT, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP)',
  )
  for (const name of names) {
    database.exec(textOf(`migrations/${name}`))
    database.prepare('INSERT INTO d1_migrations (name) VALUES (?)').run(name)
  }
  return database
}

// A deployment starts wrangler up to six times.
describe('npm run deploy with the installed wrangler', { timeout: 180_000 }, () => {
  test('a first deployment', async () => {
    const { status, output } = await deploy()
    expect(output).toContain('this is the first deployment')
    expect(status, output).toBe(0)
    expect(changes()).toEqual(['database', 'upload', ...migrations.map(() => 'migration'), charging])
    expect(account.queues.toSorted()).toEqual(queues)
  })

  test('an upgrade, which creates the queues that the former version did not have', async () => {
    Object.assign(account, { uploaded: true, database: databaseOf(migrations.slice(0, -2)) })
    account.queues = ['kiosque-deliver', 'kiosque-dead', 'kiosque-invalidate']
    const { status, output } = await deploy()
    expect(status, output).toBe(0)
    expect(account.queues.toSorted()).toEqual(queues)
    expect(changes()).toEqual(['migration', 'migration', 'upload', charging])
  })

  test('a rollback', async () => {
    Object.assign(account, { uploaded: true, database: databaseOf(migrations) })
    account.database?.exec("INSERT INTO d1_migrations (name) VALUES ('9999_newer.sql')")
    const { status, output } = await deploy()
    expect(output).toContain('migrations of a newer version, which only add: 9999_newer.sql.')
    expect(status, output).toBe(0)
    expect(changes()).toEqual(['upload', charging])
  })

  test('a migration that fails', async () => {
    Object.assign(account, { uploaded: true, database: databaseOf(migrations) })
    const failing = '0025_undo.sql'
    // The migration fails, because the database already has the table that it adds.
    account.database?.prepare('DELETE FROM d1_migrations WHERE name = ?').run(failing)
    const { status, output } = await deploy()
    expect(output).toMatch(new RegExp(`these migrations failed.*: ${failing}`))
    expect(output).toContain('SQLITE_ERROR')
    expect(status, output).toBe(1)
    expect(changes()).not.toContain('upload')
  })

  test('not logged in', async () => {
    const { status, output } = await deploy({ CLOUDFLARE_API_TOKEN: undefined })
    expect(output).toMatch(/^Cannot deploy: .*nothing was changed.*\nRun `npx wrangler login` first/m)
    expect(status).toBe(1)
    expect(changes()).toEqual([])
  })
})
