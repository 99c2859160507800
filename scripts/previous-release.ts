import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { migrate } from '../src/cli/migrate.ts'
import { root } from '../src/cli/paths.ts'
import { foldName } from '../src/domain/name.ts'
import { checkOut, previousRelease } from './former-release.ts'
import { databaseFileIn } from './local-server.ts'
import { freePort } from './ports.ts'
import { after, before, during, type Phase, seen, timeless } from './release-steps.ts'
import { kill, serve } from './worker-process.ts'

/*
 * Checks an upgrade from the previous release, and the way back. The Worker of the previous release first works on its
 * own tables, then on the present ones, as it does between the migrations and the deployment. The present Worker takes
 * over, its cron makes up for what the former Worker did not write, and the former Worker comes back in the end, as
 * after a rollback. Each answer must equal the answer in a store in which one version has done everything.
 */

/** A running Worker: runs phases of work, then cron, and returns all that is seen. */
type Worker = (...work: Phase[]) => Promise<Map<string, string>>

/** Applies the migrations of the checkout `tables` to a store, and starts a Worker on the store while `use` runs. */
async function withWorker(
  { store, checkout, tables = checkout }: { store: string; checkout: string; tables?: string },
  use: (worker: Worker) => Promise<void>,
): Promise<void> {
  migrate(store, tables)
  const port = await freePort()
  const server = await serve(store, port, {}, checkout)
  try {
    await use(async (...work) => {
      for (const phase of work) await phase(port)
      await cron(port, store)
      return await seen(port)
    })
  } finally {
    await kill(server)
  }
}

/** Runs the work of cron until the hub has taken up every change and a further run changes no row. */
async function cron(port: number, store: string): Promise<void> {
  let before = ''
  for (let runs = 0; runs < 100; runs++) {
    const response = await fetch(`http://localhost:${port}/cdn-cgi/local/scheduled`)
    assert.ok(response.ok, `cron: ${response.status} ${await response.text()}`)
    await pause(200)
    const rows = JSON.stringify([...rowsIn(store)])
    if (rows === before && isOutboxEmpty(store)) return
    before = rows
  }
  assert.fail('the work of cron does not end')
}

function isOutboxEmpty(store: string): boolean {
  const database = new DatabaseSync(databaseFileIn(store), { readOnly: true })
  try {
    return database.prepare('SELECT 1 FROM outbox').get() === undefined
  } finally {
    database.close()
  }
}

/** Removes the codes of short links, as no version stored them before migration 0005; cron must add them again. */
function forgetCodes(store: string): void {
  const database = new DatabaseSync(databaseFileIn(store))
  const { changes } = database.prepare('UPDATE article SET code = NULL').run()
  assert.ok(changes > 10, `only ${changes} articles are stored`)
  database.close()
}

/** The rows of each table of a store, without the instants and revisions of the run, and the schema. */
function rowsIn(store: string): Map<string, string[]> {
  const database = new DatabaseSync(databaseFileIn(store), { readOnly: true })
  try {
    const schema = database
      .prepare("SELECT type, name, sql FROM sqlite_master WHERE sql NOT NULL AND name NOT GLOB '_cf*'")
      .all() as { type: string; name: string; sql: string }[]
    const tables = schema.filter(
      ({ type, name }) => type === 'table' && !/^(?:sqlite_|d1_migrations)/.test(name),
    )
    return new Map([
      ['schema', schema.map(({ sql }) => sql.replaceAll(/--.*\n|\s+/g, ' ')).toSorted()],
      ...tables.map(({ name }): [string, string[]] => [
        name,
        database
          .prepare(`SELECT * FROM ${name}`)
          .all()
          .map((row) => timeless(JSON.stringify(comparable(name, row))))
          .filter((row, at, all) => name !== 'name' || all.indexOf(row) === at)
          .toSorted(),
      ]),
    ])
  } finally {
    database.close()
  }
}

/**
 * What two versions must have in common of a row. In the table `name`, the former version stores spellings, the present version their
 * folded forms. In the table `article`, the former version does not say whether people are told of it.
 */
function comparable(table: string, row: Record<string, unknown>): Record<string, unknown> {
  if (table === 'name') return { path: row.path, name: foldName(String(row.name)) }
  if (table !== 'article') return row
  const { quiet: _, news: __, corrected: ___, ...others } = row
  return others
}

const comparison = { checks: 0, differences: [] as string[] }

/** Notes where two maps of texts differ. */
function compare(what: string, is: Map<string, unknown>, wanted = new Map<string, unknown>()): void {
  for (const name of new Set([...wanted.keys(), ...is.keys()])) {
    comparison.checks++
    try {
      assert.deepEqual(is.get(name), wanted.get(name))
    } catch (fault) {
      comparison.differences.push(`${what}, ${name}: ${(fault as Error).message.slice(0, 1500)}`)
    }
  }
}

const folder = mkdtempSync(join(tmpdir(), 'kiosque-release-'))
try {
  const former = checkOut(previousRelease, folder)
  if (former === undefined)
    throw new Error(
      `Cannot check the upgrade from ${previousRelease.name}: commit ${previousRelease.commit.slice(0, 7)} is not in this clone's history; run \`git fetch --unshallow\``,
    )
  const [mixed = '', byFormer = '', byPresent = ''] = ['mixed', 'former', 'present'].map((name) =>
    join(folder, name),
  )
  const wanted: Record<string, Map<string, unknown>> = {}
  await withWorker({ store: byFormer, checkout: former }, async (worker) => {
    wanted.formerDuring = await worker(before, during)
    wanted.formerAfter = await worker(after)
  })
  await withWorker({ store: byPresent, checkout: root }, async (worker) => {
    wanted.during = await worker(before, during)
    wanted.rowsDuring = rowsIn(byPresent)
    wanted.after = await worker(after)
    wanted.rowsAfter = rowsIn(byPresent)
  })

  await withWorker({ store: mixed, checkout: former }, async (worker) => {
    await worker(before)
  })
  await withWorker({ store: mixed, checkout: former, tables: root }, async (worker) => {
    compare(`${previousRelease.name} on the present tables`, await worker(during), wanted.formerDuring)
  })
  forgetCodes(mixed)
  await withWorker({ store: mixed, checkout: root }, async (worker) => {
    compare('the present version after the upgrade', await worker(), wanted.during)
    compare('rows after the upgrade and cron', rowsIn(mixed), wanted.rowsDuring)
    compare('the present version after further saves', await worker(after), wanted.after)
    compare('rows after further saves', rowsIn(mixed), wanted.rowsAfter)
  })
  await withWorker({ store: mixed, checkout: former, tables: root }, async (worker) => {
    compare(`${previousRelease.name} after a rollback`, await worker(), wanted.formerAfter)
  })
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
}

const { checks, differences } = comparison
assert.ok(checks > 400, `only ${checks} answers and tables were compared`)
assert.equal(differences.length, 0, `${differences.length} differ:\n${differences.slice(0, 20).join('\n')}`)
console.log(
  `previous release: upgrade from ${previousRelease.name} and rollback; ${checks} answers and tables equal`,
)
