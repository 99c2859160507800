import { describe, expect, test } from 'vitest'
import { type CommentsTarget, operateComments, refuseUnused, remoteComments } from '../../src/cli/comments.ts'
import type { CommentState } from '../../src/domain/comment.ts'
import type { OwnedComment } from '../../src/domain/commenter.ts'

type Listed = CommentsTarget extends { list: (state: string) => AsyncIterable<(infer T)[]> } ? T : never

const one: Listed = {
  ...{
    id: 'a',
    state: 'pending',
    reasons: ['mode', 'links'],
    name: 'Kim',
    text: 'Bonjour.',
    title: 'Le pont',
  },
  ...{ written: '2024-06-19T16:00:00Z', url: 'https://kiosque.example/articles/un/comments?comment=a' },
}

/** A target with these comments that wait, two on a page, and the decisions that it was given. */
function targetOf(waiting: readonly Listed[]) {
  const decided: [ids: readonly string[], state: CommentState][] = []
  const banned: [ids: number, ban: object][] = []
  const closed: boolean[] = []
  const target: CommentsTarget = {
    async *list(state) {
      const found = state === 'pending' ? waiting : []
      for (let at = 0; at < found.length; at += 2) yield found.slice(at, at + 2)
    },
    decide: async (ids, state) => {
      decided.push([ids, state])
      return ids.filter((id) => id !== 'nowhere').map((id) => ({ id, state }))
    },
    show: async () => undefined,
    close: async (isClosed) => void closed.push(isClosed),
    async *addresses() {},
    restoreAddresses: async () => ({ restored: 0, unchanged: 0, bad: [] }),
    person: async () => ({ comments: [], reports: [] }),
    erase: async () => ({ comments: 0, reports: 0, isMore: false }),
    keep: async (kept) => ({ kept: kept.length, unchanged: 0, refused: [] }),
    ban: async (ids, ban) => {
      banned.push([ids.length, ban])
      return ids.filter((id) => id !== 'nowhere')
    },
  }
  return { target, decided, banned, closed }
}

/** Runs a command of which nothing is refused, and returns the lines that it prints. */
async function linesOf(...given: Parameters<typeof operateComments>): Promise<string[]> {
  const { lines, refused } = await operateComments(...given)
  expect(refused).toEqual([])
  return lines
}

describe('comments', () => {
  test('lists what waits, on all pages, with the reasons', async () => {
    const { target } = targetOf([
      one,
      { ...one, id: 'b', reasons: [], email: 'kim@example.com', parent: 'a' },
      { ...one, id: 'c', text: `${'é'.repeat(400)}`, question: 'pont' },
      { ...one, id: 'd', reasons: [], parent: 'c', question: 'pont' },
    ])
    expect(await linesOf(target, [], false)).toEqual([
      'a  2024-06-19T16:00:00Z  Kim on "Le pont"  (mode, links): Bonjour.',
      'b  2024-06-19T16:00:00Z  Kim <kim@example.com> on "Le pont", answering a: Bonjour.',
      `c  2024-06-19T16:00:00Z  Kim on "Le pont", answering the question pont  (mode, links): ${'é'.repeat(300)}… (100 more characters)`,
      'd  2024-06-19T16:00:00Z  Kim on "Le pont", answering c: Bonjour.',
    ])
    expect(await linesOf(target, ['spam'], false)).toEqual(['no comment is spam'])
    expect(await linesOf(target, ['spam'], true)).toEqual([])
    expect((await linesOf(target, ['pending'], true)).map((line) => JSON.parse(line).id)).toEqual([
      'a',
      'b',
      'c',
      'd',
    ])
  })

  test('lists the same after the word list', async () => {
    const { target } = targetOf([one])
    expect(await linesOf(target, ['list'], false)).toEqual(await linesOf(target, ['pending'], false))
    expect(await linesOf(target, ['list', 'pending'], true)).toEqual([JSON.stringify(one)])
    expect(await linesOf(target, ['list', 'spam'], false)).toEqual(['no comment is spam'])
  })

  test('shows how often a comment was reported, and why for the last time', async () => {
    const { target } = targetOf([{ ...one, reports: 2, reportReason: 'illegal' }])
    expect(await linesOf(target, [], false)).toEqual([
      'a  2024-06-19T16:00:00Z  Kim on "Le pont"  (mode, links, reports: 2, the last one: illegal): Bonjour.',
    ])
  })

  test('sends the reason and the explanation with a decision, and with nothing else', async () => {
    const sent: unknown[] = []
    const { target } = targetOf([])
    const telling = {
      ...target,
      decide: async (ids: readonly string[], state: CommentState, grounds: object) => {
        sent.push(grounds)
        return ids.map((id) => ({ id, state }))
      },
    }
    const grounds = { reason: 'illegal', text: 'Article 12.' }
    await linesOf(telling, ['delete', 'a'], false, grounds)
    await linesOf(telling, ['spam', 'a'], false)
    expect(sent).toEqual([grounds, {}])
    for (const words of [[], ['pending'], ['ban', 'a'], ['close']])
      await expect(linesOf(telling, words, false, grounds), words.join(' ')).rejects.toThrow(
        'Cannot run this: --reason and --text are for decisions',
      )
  })

  test('shows nothing that could move the cursor or begin another line', async () => {
    const hostile = 'a\n\r\u001b[2Jb\u0007\u202ec\u009b1m'
    const { target } = targetOf([{ ...one, name: hostile, title: hostile, text: hostile }])
    const [line = '', ...others] = await linesOf(target, [], false)
    expect(others).toEqual([])
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  })

  const words: [word: string, state: CommentState][] = [
    ['approve', 'approved'],
    ['spam', 'spam'],
    ['delete', 'deleted'],
  ]
  test.for(words)('%s puts comments into the state %s, at most fifty at once', async ([word, state]) => {
    const { target, decided } = targetOf([])
    const ids = Array.from({ length: 60 }, (_, at) => `c${at}`)
    const lines = await linesOf(target, [word, ...ids], false)
    expect(lines).toEqual(ids.map((id) => `${state}  ${id}`))
    expect(decided).toEqual([
      [ids.slice(0, 50), state],
      [ids.slice(50), state],
    ])
  })

  test.for([
    ['ban', { by: 'email', banned: true }, 'banned'],
    ['unban', { by: 'email', banned: false }, 'not banned'],
    ['ban-network', { by: 'network', banned: true }, 'banned'],
    ['unban-network', { by: 'network', banned: false }, 'not banned'],
  ] as const)('%s is %j, at most fifty at once', async ([word, ban, says]) => {
    const { target, banned } = targetOf([])
    const ids = Array.from({ length: 60 }, (_, at) => `c${at}`)
    expect(await linesOf(target, [word, ...ids], false)).toEqual(ids.map((id) => `${says}  ${id}`))
    expect(banned).toEqual([
      [50, ban],
      [10, ban],
    ])
    expect(await linesOf(target, [word, 'a'], true)).toEqual([JSON.stringify({ id: 'a', ...ban })])
  })

  test('close and open are about all articles', async () => {
    const { target, closed } = targetOf([])
    expect(await linesOf(target, ['close'], false)).toEqual(['comments on all articles are closed'])
    expect(await linesOf(target, ['open'], false)).toEqual(['comments on all articles are open'])
    expect(closed).toEqual([true, false])
  })

  const wrong: [operands: string[], says: string][] = [
    [['ban'], 'Cannot run this'],
    [['close', 'a'], 'Cannot run this'],
    [['approve'], 'Cannot run this'],
    [['hide', 'a'], 'Cannot run this'],
    [['live'], 'Cannot run this'],
    [['pending', 'a'], 'Cannot run this'],
    [['list', 'a'], 'Cannot run this'],
    [['list', 'list'], 'Cannot run this'],
    [['list', 'spam', 'a'], 'Cannot run this'],
    [['list', 'delete', 'a'], 'Cannot run this'],
  ]
  test.for(wrong)('%j is refused', async ([operands, says]) => {
    await expect(linesOf(targetOf([]).target, operands, false)).rejects.toThrow(says)
  })

  test('a remote Kiosque is asked page by page, and says what is wrong', async () => {
    const asked: string[] = []
    const remote = remoteComments(async (method, path, body) => {
      asked.push([method, path, body].filter(Boolean).join(' '))
      if (path.endsWith('/closing')) return Response.json({ closed: true })
      if (path.endsWith('/bans')) return Response.json({ ids: ['a'] })
      if (method === 'POST') return Response.json({ comments: [{ id: 'a', state: 'spam' }] })
      if (path.includes('state=spam')) return Response.json({ detail: 'no' }, { status: 400 })
      if (path.includes('state=deleted')) return new Response(null, { status: 404 })
      const next = path.includes('after') ? {} : { next: '/api/comments?state=pending&after=1' }
      return Response.json({ comments: [one], ...next })
    })
    expect(await linesOf(remote, [], false)).toHaveLength(2)
    expect(await linesOf(remote, ['spam', 'a'], false)).toEqual(['spam  a'])
    expect(await linesOf(remote, ['ban', 'a'], false)).toEqual(['banned  a'])
    await linesOf(remote, ['close'], false)
    expect(asked).toEqual([
      'GET /api/comments?state=pending',
      'GET /api/comments?state=pending&after=1',
      'POST /api/comments {"ids":["a"],"state":"spam"}',
      'POST /api/comments/bans {"ids":["a"],"by":"email","banned":true}',
      'POST /api/comments/closing {"closed":true}',
    ])
    await expect(linesOf(remote, ['spam'], false)).rejects.toThrow('no')
    await expect(linesOf(remote, ['deleted'], false)).rejects.toThrow('version')
  })
})

test('the options that a command about comments would ignore are refused', () => {
  const cases: [isImport: boolean, given: Parameters<typeof refuseUnused>[1], says: string][] = [
    [false, { 'dry-run': true }, '--dry-run: of the commands about comments, only import has it'],
    [false, { verbose: true }, '--verbose: of the commands about comments, only import has it'],
    [false, { erased: 'erased.ndjson' }, '--erased: of the commands about comments, only import has it'],
    [true, { reason: 'spam' }, '--reason: of the commands about comments, import does not have it'],
    [true, { text: '' }, '--text: of the commands about comments, import does not have it'],
  ]
  for (const [isImport, given, says] of cases)
    expect(() => refuseUnused(isImport, given), says).toThrow(`Cannot run this with ${says}`)
  refuseUnused(false, { to: 'https://kiosque.example', reason: 'spam' })
  refuseUnused(true, { 'dry-run': true, verbose: true })
})

describe('of one person', () => {
  test('are exported, on all pages, as one JSON', async () => {
    const kept = { article: 'un', state: 'approved', name: 'Kim', text: 'Oui.' } as const
    const comment: OwnedComment = { former: [], ...kept, id: 'a', written: '2024-06-19T16:00:00.000Z' }
    const report = { comment: 'x', at: '2024-06-19T16:00:00.000Z' }
    const target = {
      ...targetOf([]).target,
      person: async (address: string, after: number) => {
        expect(address).toBe('kim@example.com')
        return after === 0
          ? { comments: [comment], reports: [report], next: 7 }
          : { comments: [{ ...comment, id: `after ${after}` }], reports: [] }
      },
    }
    const lines = await linesOf(target, ['export', 'kim@example.com'], false)
    expect(JSON.parse(lines.join('\n'))).toEqual({
      comments: [comment, { ...comment, id: 'after 7' }],
      reports: [report],
    })
    expect(await linesOf(target, ['export', 'kim@example.com'], true)).toHaveLength(1)
  })

  test('are erased in steps, and the sum is said', async () => {
    let steps = 0
    const erase = async () => ({ comments: 50, reports: 1, isMore: ++steps % 3 > 0 })
    const target = { ...targetOf([]).target, erase }
    const operands = ['erase', 'kim@example.com']
    expect(await linesOf(target, operands, false)).toEqual([
      'erased: 150 comments, and the texts of 3 reports',
    ])
    const few = { ...target, erase: async () => ({ comments: 1, reports: 0, isMore: false }) }
    expect(await linesOf(few, operands, false)).toEqual(['erased: 1 comment, and the texts of 0 reports'])
    expect(await linesOf(target, operands, true)).toEqual(['{"comments":150,"reports":3}'])
    expect(await linesOf(targetOf([]).target, operands, false)).toEqual([
      'nothing to erase: no comment and no report has this address',
    ])
  })

  test('need an address, and one only', async () => {
    for (const operands of [['erase'], ['export'], ['erase', 'a@example.com', 'b@example.com']])
      await expect(linesOf(targetOf([]).target, operands, false), operands.join(' ')).rejects.toThrow(
        'comments erase|export ADDRESS',
      )
  })
})
