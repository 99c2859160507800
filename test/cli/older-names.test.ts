import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { dryRun } from '../../src/cli/dry-run.ts'
import { overwriting } from '../../src/cli/import.ts'
import { refuseOlderNames } from '../../src/cli/older-names.ts'
import { findArticles } from '../../src/cli/read-file.ts'
import { importInto } from '../../src/cli/restore.ts'
import type { Target } from '../../src/cli/target.ts'
import type { ListedKind, SelectionLine } from '../../src/domain/backup.ts'
import type { KnownPath } from '../../src/domain/path.ts'

const folder = mkdtempSync(join(tmpdir(), 'kiosque-names-'))
afterAll(() => rmSync(folder, { recursive: true }))

const selection = (path: string, title: string, named: number, revision = named): SelectionLine => ({
  path,
  title,
  backup: { revision, revised: 0, departed: 0, named: [named, 0] },
})

/** A store in which "Monde" became "MONDE" at revision 50, and "Vieux" was merged with "Neuf" at revision 60. */
const store = {
  backup: {
    lines: async function* (_: ListedKind): AsyncGenerator<SelectionLine> {
      yield selection('sections/monde', 'MONDE', 50, 90)
      yield selection('sections/neuf', 'Neuf', 10, 60)
    },
  },
  paths: async function* (): AsyncGenerator<KnownPath> {
    yield { path: 'sections/monde', title: 'MONDE' }
    yield { path: 'sections/vieux', to: 'sections/neuf' }
  },
}

const former = (path: string, title: string) => ({ path, title })

const rows: [what: string, line: object, isRefused: boolean][] = [
  ['a former name', selection('sections/monde', 'Monde', 49), true],
  ['a name that was given later than the stored one', selection('sections/monde', 'Monde', 51), false],
  ['the stored name', selection('sections/monde', 'MONDE', 49), false],
  ['the name of a path that redirects since', selection('sections/vieux', 'Vieux', 59), true],
  ['the name of a path that was named again later', selection('sections/vieux', 'Vieux', 61), false],
  ['a new name', selection('sections/sport', 'Sport', 1), false],
  ['another name, in a backup without revisions', former('sections/monde', 'Monde'), true],
  ['the stored name, in a backup without revisions', former('sections/monde', 'MONDE'), false],
  ['a path that redirects, in a backup without revisions', former('sections/vieux', 'Vieux'), true],
  ['a new name, in a backup without revisions', former('sections/sport', 'Sport'), false],
  ['a redirect', { path: 'sections/monde', to: 'sections/neuf' }, false],
  ['an article', { title: 'Un', section: 'Monde' }, false],
]

test.for(rows)('%s', async ([, line, isRefused]) => {
  const file = join(folder, 'backup.ndjson')
  writeFileSync(file, JSON.stringify(line))
  const found = [...findArticles([file], {})]
  const [item] = await refuseOlderNames(found, store)
  expect('refused' in (item ?? {})).toBe(isRefused)
  expect(item?.where).toBe(found[0]?.where)
  const all = found.map(overwriting)
  expect(await refuseOlderNames(all, store), 'with --overwrite').toEqual(all)
})

test.for([
  ['an import', importInto],
  ['a dry run', dryRun],
] as const)('%s names the older name, leaves it, and goes on', async ([, run]) => {
  const file = join(folder, 'backup.ndjson')
  const lines = [
    { kind: 'backup', revision: 49, selections: 2, articles: 0, archives: 0 },
    selection('sections/monde', 'Monde', 49),
    selection('sections/sport', 'Sport', 49),
  ]
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'))
  const never = async () => expect.unreachable()
  const savePaths = async (paths: readonly KnownPath[]) =>
    paths.map(({ path }) => ({ ok: true as const, slug: path, kind: 'saved' }))
  const target = {
    paths: store.paths,
    backup: {
      ...store.backup,
      open: async () => false,
      state: async () => ({ revision: 1, selections: 2, articles: 0, archives: 0 }),
      restore: never,
      complete: never,
    },
    save: never,
    savePaths,
    wouldSavePaths: savePaths,
    openDryRun: () => ({ save: never }),
  }
  const told: string[] = []
  const tally = await run([...findArticles([file], {})], target as unknown as Target, (_, reply) => {
    told.push(reply.ok ? reply.slug : reply.reason)
  })
  expect(tally).toMatchObject({ refused: 1 })
  expect(told.slice(0, 2)).toEqual([
    'Cannot save path "sections/monde": the stored name was, or may have been, given later than the one in the backup; to go back to the backup, import with --overwrite',
    'sections/sport',
  ])
})
