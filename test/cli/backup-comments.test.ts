import { expect, test } from 'vitest'
import { readBackup } from '../../src/cli/backup.ts'
import { remoteBackup } from '../../src/cli/remote-backup.ts'
import type { ExportedLine, ListedKind } from '../../src/domain/backup.ts'
import type { CommentLine, DiscussionLine } from '../../src/domain/comment-backup.ts'

const comment = (id: string): CommentLine => ({
  ...{ kind: 'comment', id, article: 'un', state: 'approved', name: 'Kim', text: 'Oui.' },
  written: '2024-06-19T16:00:00Z',
  backup: { number: 1, revision: 5, instants: { written: 1_718_812_800_000 } },
})

const head = (path: string, revision: number): DiscussionLine => ({
  ...{ kind: 'discussion', path, revision, revised: 0, departed: 0, size: 1 },
})

/** A store without articles, with comments whose head gets another revision after each of the first `changes` readings. */
function storeWith(changes: number) {
  let readings = 0
  const lines = async function* (kind: ListedKind): AsyncGenerator<ExportedLine> {
    if (kind === 'discussions') {
      yield head('articles/un/comments', Math.min(readings, changes))
      yield head('articles/deux/comments', 9)
    }
    if (kind === 'comments') yield comment(`c${++readings}`)
  }
  const state = async () => ({ revision: 1, selections: 0, articles: 0, archives: 0 })
  const source = { paths: async function* () {}, backup: { lines, state } }
  return { source, readings: () => readings }
}

test.for<[what: string, changes: number, readings: number, paths: string[]]>([
  ['do not change', 0, 1, ['articles/un/comments', 'articles/deux/comments']],
  ['change once', 1, 2, ['articles/un/comments', 'articles/deux/comments']],
  ['change all the time', 99, 3, ['articles/deux/comments']],
])(
  'comments that %s during an export are read until their heads stay the same, three times at most',
  async ([, changes, readings, paths]) => {
    const { source, readings: done } = storeWith(changes)
    const { lines } = await readBackup(source)
    expect(done()).toBe(readings)
    const [, ...others] = lines as (CommentLine | DiscussionLine)[]
    expect(others.map((one) => (one.kind === 'comment' ? one.id : one.path))).toEqual([
      `c${readings}`,
      ...paths,
    ])
  },
)

test('comments that the token may not read are left out, and the backup says so', async () => {
  const { source, readings } = storeWith(0)
  const backup = { ...source.backup, mayListComments: async () => false }
  const read = await readBackup({ ...source, backup })
  expect([read.lacksComments, read.lines.length, readings()]).toEqual([true, 1, 0])
})

test.for([
  [200, true],
  [403, false],
  [404, true],
] as const)(
  'a server that answers the list of comments with %i: they may be read: %s',
  async ([status, may]) => {
    const target = remoteBackup(async () => Response.json({ lines: [] }, { status }))
    expect(await target.mayListComments()).toBe(may)
    const listed: ExportedLine[] = []
    if (status !== 403) for await (const line of target.lines('comments', undefined)) listed.push(line)
    expect(listed).toEqual([])
  },
)
