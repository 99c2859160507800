import { expect, test } from 'vitest'
import { dryRun } from '../../src/cli/dry-run.ts'
import type { ImportItem } from '../../src/cli/import.ts'
import type { Reply, Target } from '../../src/cli/target.ts'
import type { BackupState } from '../../src/domain/backup.ts'
import { type KnownPath, noTarget, pathInUse } from '../../src/domain/path.ts'
import { failure, success } from '../../src/domain/problem.ts'

/** A target that has these paths, and on which every method that writes fails. */
function targetWith(state: Partial<BackupState>, paths: KnownPath[] = []) {
  const replies: Reply[] = [
    { ok: true, slug: 'un', kind: 'replaced' },
    { ok: true, slug: 'deux', kind: 'unchanged' },
    { ok: false, reason: 'a reason' },
  ]
  const known = {
    openDryRun: () => ({ save: async (inputs: readonly unknown[]) => replies.slice(0, inputs.length) }),
    wouldSavePaths: async (given: readonly KnownPath[]): Promise<Reply[]> =>
      given.map((one) => {
        const isKnown = paths.some((path) => JSON.stringify(path) === JSON.stringify(one))
        return { ok: true, slug: one.path, kind: isKnown ? 'unchanged' : 'saved' }
      }),
    async *paths() {
      yield* paths
    },
    backup: { state: async () => ({ revision: 1, selections: 1, articles: 1, archives: 0, ...state }) },
  }
  return known as unknown as Target
}

const header: ImportItem = {
  where: 'b:1',
  line: {},
  state: success({ revision: 9, selections: 1, articles: 1, archives: 1 }),
}
const facts = { number: 1, revision: 7, state: 'published', seen: true }
const line = { slug: 'un', title: 'Un', backup: facts }
const article: ImportItem = { where: 'b:3', line, article: success({ slug: 'un', title: 'Un' }) }
const archive: ImportItem = {
  where: 'b:4',
  onlyForEmpty: 'archive',
  line: { kind: 'archive', selection: '', part: 20240600001, revision: 1, revised: 0, articles: [1] },
}
const seen: ImportItem = {
  where: 'b:2',
  path: success({ path: 'articles/vieux', seen: true as const }),
  line: { path: 'articles/vieux', seen: true },
}
const wrong: ImportItem = {
  where: 'b:5',
  line: { slug: 'deux', backup: facts },
  article: failure({
    kind: 'invalid-article',
    slug: 'deux',
    issues: [{ field: 'title', reason: 'must be given' }],
  }),
}

async function told(found: ImportItem[], target: Target) {
  const lines: string[] = []
  const tally = await dryRun(found, target, (where, reply) => {
    lines.push(`${where} ${reply.ok ? `${reply.kind} ${reply.slug}` : `refused: ${reply.reason}`}`)
  })
  return { lines, tally }
}

test('an empty store would take a backup with its numbers; a line that is wrong is refused', async () => {
  const { lines, tally } = await told(
    [header, seen, article, archive, wrong],
    targetWith({ revision: 0, articles: 0 }),
  )
  expect(lines).toEqual([
    'b:3 would be restored un',
    'b:4 would be restored archive/2024/06/1',
    'b:5 refused: Cannot save article "deux": title: must be given',
    expect.stringMatching(/^b:1 refused: the backup is not complete: lines refused: 1; /),
  ])
  expect(tally).toEqual({ 'would be restored': 2, refused: 2 })
})

const front: ImportItem = {
  where: 'b:2',
  onlyForEmpty: 'feed',
  line: { path: '', title: '', backup: { revision: 9, revised: 0, departed: 0, named: [0, 0] } },
}

test('an import into an empty store says that a backup is truncated, and does not count repeated lines twice', async () => {
  const empty = targetWith({ revision: 0, articles: 0 })
  const all = [header, front, seen, article, archive]
  expect((await told(all, empty)).tally).toEqual({ 'would be restored': 3 })
  expect((await told([...all, article, archive], empty)).tally).toEqual({ 'would be restored': 5 })
  for (let length = 1; length < all.length; length++) {
    const { lines, tally } = await told(all.slice(0, length), empty)
    expect(lines.at(-1), `${length} lines`).toMatch(
      /^b:1 refused: the backup is not complete: lines are missing/,
    )
    expect(tally.refused, `${length} lines`).toBe(1)
  }
})

test('an empty store takes no backup without its first line, or with a first line that is unknown', async () => {
  const empty = targetWith({ revision: 0, articles: 0 })
  const unknown: ImportItem = {
    where: 'b:1',
    line: {},
    state: failure({ kind: 'invalid-line', reason: 'comments: unknown' }),
  }
  const backups: [what: string, found: ImportItem[]][] = [
    ['without a first line, with the feed', [front, article]],
    ['without a first line, with an archive', [article, archive]],
    ['with a first line that is unknown', [unknown, front, article, archive]],
  ]
  for (const [what, found] of backups) {
    await expect(told(found, empty), what).rejects.toThrow('without the first line that the export wrote')
    expect((await told(found, targetWith({}))).tally, what).toMatchObject({ 'would be replaced': 1 })
  }
  expect((await told([article], empty)).tally).toEqual({ 'would be replaced': 1 })
})

test('another store would take the articles, and the names that it lacks', async () => {
  const path = (value: KnownPath): ImportItem => ({ where: 'p', path: success(value) })
  const found = [
    header,
    ...[article, { ...article }, { ...article }, archive],
    ...[
      path({ path: 'tags/a', title: 'A' }),
      path({ path: 'tags/b', title: 'B' }),
      path({ path: 'tags/c', to: 'tags/a' }),
      path({ path: 'tags/d', to: 'tags/a' }),
      path({ path: 'articles/x', seen: true }),
    ],
  ]
  const { lines, tally } = await told(
    found,
    targetWith({}, [
      { path: 'tags/a', title: 'A' },
      { path: 'tags/b', title: 'b' },
      { path: 'tags/c', to: 'tags/a' },
      { path: 'tags/d', to: 'tags/b' },
      { path: 'articles/x', seen: true },
    ]),
  )
  expect(lines).toEqual([
    ...['b:3 would be replaced un', 'b:3 unchanged deux', 'b:3 refused: a reason'],
    ...['p unchanged tags/a', 'p would be saved tags/b', 'p unchanged tags/c', 'p would be saved tags/d'],
    'p unchanged articles/x',
    expect.stringMatching(/^b:1 left out the numbers and revisions of the backup, and 1 archive: /),
  ])
  expect(tally).toEqual({ 'would be replaced': 1, unchanged: 4, 'would be saved': 2, refused: 1 })
})

test('a redirect is refused as the store would refuse it, unless its target may come with the import', async () => {
  const move = (from: string, to: string): ImportItem => ({ where: 'p', path: success({ path: from, to }) })
  const refusal = (path: string, reason: string): Reply => ({
    ok: false,
    reason: `Cannot save path "${path}": ${reason}`,
  })
  const target = {
    ...targetWith({}),
    wouldSavePaths: async (paths: readonly KnownPath[]) =>
      paths.map(({ path }) => refusal(path, path === 'tags/a' ? pathInUse : noTarget)),
  }
  const { lines, tally } = await told([move('tags/a', 'tags/b'), move('tags/c', 'tags/b')], target)
  expect(lines).toEqual([
    'p refused: Cannot save path "tags/a": path: is in use, so it cannot redirect',
    'p would be saved tags/c',
  ])
  expect(tally).toEqual({ refused: 1, 'would be saved': 1 })
})

test('a redirect to a path whose title is refused is refused, also in a later chunk', async () => {
  const titled: ImportItem = { where: 'p', path: success({ path: 'tags/a', title: 'A+' }) }
  const move = (from: string, to: string): ImportItem => ({ where: 'p', path: success({ path: from, to }) })
  const target = {
    ...targetWith({}),
    wouldSavePaths: async (paths: readonly KnownPath[]): Promise<Reply[]> =>
      paths.map((one) =>
        'title' in one ? { ok: false, reason: 'a reason' } : { ok: true, slug: one.path, kind: 'saved' },
      ),
  }
  const others = Array.from({ length: 60 }, (_, at) => move(`tags/b${at}`, 'tags/c'))
  const { lines } = await told(
    [titled, move('tags/d', 'tags/a'), ...others, move('tags/e', 'tags/a')],
    target,
  )
  expect(lines.filter((line) => line.includes('refused'))).toEqual([
    'p refused: a reason',
    'p refused: Cannot save path "tags/d": to: the title of this path is refused',
    'p refused: Cannot save path "tags/e": to: the title of this path is refused',
  ])
})

test('an empty store takes a backup only alone; another takes it with other files', async () => {
  const other: ImportItem = { where: 'un.md', article: success({ title: 'Un' }) }
  const empty = targetWith({ revision: 0, articles: 0 })
  await expect(told([header, article, other], empty)).rejects.toThrow('import the backup alone first')
  await expect(told([other, header, article], empty)).rejects.toThrow('import the backup alone first')
  expect((await told([other], empty)).tally).toEqual({ 'would be replaced': 1 })
  expect((await told([header, article, other], targetWith({}))).tally).toEqual({
    'would be replaced': 1,
    unchanged: 1,
  })
})

test('other files are refused while the import of a backup is not complete', async () => {
  await expect(told([article], targetWith({ revision: 0, articles: 3 }))).rejects.toThrow(
    'Cannot import: the import of a backup is not complete',
  )
})
