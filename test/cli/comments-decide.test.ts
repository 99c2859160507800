import { expect, test } from 'vitest'
import { ban, type DecisionsTarget, decide } from '../../src/cli/comments-decide.ts'
import type { CommentState } from '../../src/domain/comment.ts'
import type { DecidedComment } from '../../src/domain/comment-store.ts'

/** A target with these comments, which decides as the store does: an approval needs the version, and a deleted comment stays so. */
function targetOf(stored: Readonly<Record<string, CommentState | 'changed'>>): DecisionsTarget {
  return {
    decide: async (versions, state) =>
      versions.flatMap((version): DecidedComment[] => {
        const [id = ''] = version.split('~')
        const before = stored[id]
        if (before === undefined) return []
        if (before === 'changed' && version === id && state === 'approved')
          return [{ id, state: 'pending', unchanged: true }]
        if (before === 'deleted' || before === state) return [{ id, state: before, unchanged: true }]
        return [{ id, state }]
      }),
    ban: async (ids) => ids.filter((id) => stored[id] === 'pending'),
  }
}

const target = targetOf({
  new: 'pending',
  public: 'approved',
  gone: 'deleted',
  changed: 'changed',
  junk: 'spam',
})

const isGone = 'it is deleted, and stays so'
const cases: [state: CommentState, id: string, line: string | undefined, refused?: string][] = [
  ['approved', 'new', 'approved  new'],
  ['approved', 'public', 'approved  public  (it was so before)'],
  ['approved', 'changed~lxm0rgr4', 'approved  changed~lxm0rgr4'],
  [
    'approved',
    'changed',
    undefined,
    'the author has changed it since it was listed; list the comments again, and use the new id',
  ],
  ['approved', 'gone', undefined, isGone],
  ['approved', 'nowhere', undefined, 'there is no comment with this id'],
  ['spam', 'public', 'spam  public'],
  ['spam', 'junk', 'spam  junk  (it was so before)'],
  ['spam', 'gone', undefined, isGone],
  ['spam', 'nowhere', undefined, 'there is no comment with this id'],
  ['deleted', 'changed', 'deleted  changed'],
  ['deleted', 'gone', undefined, 'it was deleted before'],
  ['deleted', 'nowhere', undefined, 'there is no comment with this id'],
]
const verbs: Partial<Record<CommentState, string>> = { approved: 'approve', spam: 'hide', deleted: 'delete' }

test.for(cases)('%s, of the comment %s', async ([state, id, line, reason]) => {
  const outcome = await decide(target, [id], { state }, false)
  expect(outcome).toEqual({
    lines: line === undefined ? [] : [line],
    refused: reason === undefined ? [] : [`Cannot ${verbs[state]} ${id}: ${reason}`],
  })
})

test('what is refused of some ids does not hide what was done to the others, in the order of the ids', async () => {
  const ids = ['public', 'gone', 'new', 'nowhere', 'new']
  expect(await decide(target, ids, { state: 'spam' }, false)).toEqual({
    lines: ['spam  public', 'spam  new'],
    refused: [`Cannot hide gone: ${isGone}`, 'Cannot hide nowhere: there is no comment with this id'],
  })
  expect((await decide(target, ids, { state: 'spam' }, true)).lines).toEqual([
    '{"id":"public","state":"spam"}',
    '{"id":"new","state":"spam"}',
  ])
})

test('what cannot be an id does not have the ids beside it refused', async () => {
  const given = ['kim@example.com', 'new', 'a b']
  const refused = ['kim@example.com', 'a b'].map((one) => `Cannot find "${one}": this is no id of a comment`)
  expect(await decide(target, given, { state: 'spam' }, false)).toEqual({ lines: ['spam  new'], refused })
  expect(await ban(target, given, { by: 'email', banned: true }, false)).toEqual({
    lines: ['banned  new'],
    refused,
  })
})

test('a reason that would be lost is refused', async () => {
  expect(await decide(target, ['junk'], { state: 'spam', reason: 'illegal' }, false)).toEqual({
    lines: [],
    refused: ['Cannot hide junk: it was spam before, so that the reason is not kept'],
  })
})

test('a ban says for each id whether the sender is known; the version of a comment does not matter', async () => {
  const unknown = 'there is no comment with this id, or it is deleted, or it has no e-mail address'
  expect(
    await ban(target, ['new~lxm0rgr4', 'gone', 'nowhere'], { by: 'email', banned: true }, false),
  ).toEqual({
    lines: ['banned  new'],
    refused: [`Cannot ban the sender of gone: ${unknown}`, `Cannot ban the sender of nowhere: ${unknown}`],
  })
  expect(await ban(target, ['gone'], { by: 'network', banned: false }, false)).toEqual({
    lines: [],
    refused: [
      'Cannot end a ban of the sender of gone: there is no comment with this id, or it is deleted, or it was not written today (UTC)',
    ],
  })
})

test('if the server fails after the first fifty, what was done is said', async () => {
  const ids = Array.from({ length: 60 }, (_, at) => `c${at}`)
  const failing: Pick<DecisionsTarget, 'decide'> = {
    decide: async (some, state) => {
      if (some.length < 50) throw new Error('The server answered 503')
      return some.map((id) => ({ id, state }))
    },
  }
  const { lines, refused } = await decide(failing, ids, { state: 'spam' }, false)
  expect(lines).toHaveLength(50)
  expect(refused).toEqual([
    `The server answered 503\nPerhaps nothing was done to ${ids.slice(50).join(', ')}`,
  ])
  await expect(decide(failing, ids.slice(50), { state: 'spam' }, false)).rejects.toThrow('503')
})
