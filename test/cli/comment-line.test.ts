import { expect, test } from 'vitest'
import { type Listed, linesOf, linesOfShown } from '../../src/cli/comment-line.ts'
import { operateComments, remoteComments } from '../../src/cli/comments.ts'

const one: Listed = {
  ...{ id: 'a', state: 'approved', reasons: [], name: 'Kim', text: 'Bonjour.\nCiao.', title: 'Le pont' },
  ...{ written: '2024-06-19T16:00:00Z', url: 'https://kiosque.example/articles/un/comments?comment=a' },
}
const head = 'a  2024-06-19T16:00:00Z  Kim on "Le pont"'

test('below a reported comment stand its last reports, and how many more there are', () => {
  const lastReports = [{ reason: 'illegal', text: 'Il nomme\nun mineur.' }, { reason: 'spam' }]
  const reported = { ...one, reports: 2, reportReason: 'illegal', lastReports }
  const lines = [
    `${head}  (reports: 2): Bonjour. Ciao.`,
    '  reported, illegal: Il nomme un mineur.',
    '  reported, spam',
  ]
  expect(linesOf(reported)).toEqual(lines)
  expect(linesOf({ ...reported, reports: 9 })).toEqual([
    lines[0]?.replace('2)', '9)'),
    ...lines.slice(1),
    '  and 7 more: npx kiosque comments show a',
  ])
})

test('the line of a hidden or deleted comment says who decided, and why', () => {
  const decision = { actor: 'desk', reason: 'illegal' }
  const deleted: Listed = { ...one, state: 'deleted', name: '', text: '', decision }
  expect(linesOf(deleted)).toEqual([
    'a  2024-06-19T16:00:00Z  somebody on "Le pont"  (deleted by desk, illegal)',
  ])
  expect(linesOf({ ...one, state: 'spam', decision: { actor: 'desk', text: 'Publicité.' } })).toEqual([
    `${head}  (spam by desk: Publicité.): Bonjour. Ciao.`,
  ])
})

test('one comment is shown with its whole text and its log', () => {
  const at = '2024-06-20T10:00:00Z'
  const events = [
    { at, kind: 'edited', actor: 'author', text: 'Salut.' } as const,
    { at, kind: 'decided', actor: 'desk', state: 'approved' } as const,
    { at, kind: 'reported', reason: 'false', text: 'Non.\u001b[2J', email: 'sam@example.com' } as const,
  ]
  const text = `Bonjour.\n\n${'é'.repeat(400)}`
  expect(linesOfShown({ id: 'a', comment: { ...one, text }, events })).toEqual([
    head,
    '  state: approved',
    '  page: https://kiosque.example/articles/un/comments?comment=a',
    '  > Bonjour.',
    '  >',
    `  > ${'é'.repeat(400)}`,
    `${at}  changed by the author; the text before: Salut.`,
    `${at}  approved by desk`,
    `${at}  reported by sam@example.com, false: Non. [2J`,
  ])
})

test('a deleted comment is shown without a text', () => {
  const comment: Listed = { ...one, state: 'deleted', name: '', text: '' }
  expect(linesOfShown({ id: 'a', comment, events: [] })).toEqual([
    'a  2024-06-19T16:00:00Z  somebody on "Le pont"',
    '  state: deleted',
    `  page: ${one.url}`,
  ])
})

test('comments show asks a remote Kiosque for each comment, and says which one is unknown', async () => {
  const asked: string[] = []
  const remote = remoteComments(async (method, path) => {
    asked.push(`${method} ${path}`)
    return path.endsWith('/nowhere')
      ? new Response(null, { status: 404 })
      : Response.json({ id: 'a', comment: one, events: [] })
  })
  const outcome = await operateComments(remote, ['show', 'nowhere', 'a~lxm0rgr4'], false)
  expect(outcome.lines[0]).toBe(head)
  expect(outcome.refused).toEqual(['Cannot show nowhere: there is no comment with this id'])
  expect(asked).toEqual(['GET /api/comments/nowhere', 'GET /api/comments/a'])
  expect((await operateComments(remote, ['show', 'a'], true)).lines).toEqual([
    JSON.stringify({ id: 'a', comment: one, events: [] }),
  ])
})
