import { describe, expect, test, vi } from 'vitest'
import { portionsOf } from '../../src/cli/portions.ts'
import { remoteTarget } from '../../src/cli/remote.ts'
import { articlesPerSave, bytesPerSave, maxLines, maxLinesBytes } from '../../src/domain/limits.ts'

const lengthsOf = (lines: readonly string[]) => [...portionsOf(lines)].map(({ length }) => length)
const line = (bytes: number) => 'é'.repeat(bytes / 2)
const mebibyte = 1_048_576

test.for<[what: string, lines: string[], portions: number[]]>([
  ['nothing', [], []],
  ['one line', ['x'], [1]],
  ['as many lines as one save has', Array(articlesPerSave).fill('x'), [articlesPerSave]],
  ['one more', Array(articlesPerSave + 1).fill('x'), [articlesPerSave, 1]],
  ['long lines', Array(8).fill(line(mebibyte)), [3, 3, 2]],
  ['a line that is longer than a portion', ['x', line(bytesPerSave), 'x'], [1, 1, 1]],
])('%s', ([, lines, portions]) => {
  expect(lengthsOf(lines)).toEqual(portions)
  expect([...portionsOf(lines)].flat()).toEqual(lines)
})

test('a portion, with the first line of a backup, is a request that the Worker takes', () => {
  expect(articlesPerSave + 1).toBeLessThanOrEqual(maxLines)
  expect(bytesPerSave + mebibyte).toBeLessThanOrEqual(maxLinesBytes)
})

describe('an import into a deployed Kiosque', () => {
  /** A server that saves as many lines of each request as it is told, and answers `Unfinished` to the others. */
  function serverSaving(...saved: number[]) {
    const requests: string[][] = []
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (_, init) => {
      const lines = String(init?.body).split('\n')
      const most = saved[requests.length] ?? lines.length
      requests.push(lines.map((text) => (JSON.parse(text) as { slug: string }).slug))
      const answers = lines.map((text, at) => {
        const { slug } = JSON.parse(text) as { slug: string }
        return at < most
          ? { line: at + 1, status: 201, saved: 'created', slug }
          : { line: at + 1, status: 503, title: 'Unfinished', detail: 'send the line again' }
      })
      return new Response(answers.map((answer) => JSON.stringify(answer)).join('\n'))
    })
    return requests
  }
  const articles = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ slug: `a${at}`, title: 'Un' }))

  test('sends portions, and has a reply for each article, in order', async () => {
    const requests = serverSaving()
    const replies = await remoteTarget('https://kiosque.example', 't').save(articles(120))
    expect(requests.map(({ length }) => length)).toEqual([50, 50, 20])
    expect(replies.map((reply) => reply.ok && reply.slug)).toEqual(articles(120).map(({ slug }) => slug))
  })

  test('sends those lines again that a request could not save', async () => {
    const requests = serverSaving(2, 1)
    const replies = await remoteTarget('https://kiosque.example', 't').save(articles(5))
    expect(requests).toEqual([
      ['a0', 'a1', 'a2', 'a3', 'a4'],
      ['a2', 'a3', 'a4'],
      ['a3', 'a4'],
    ])
    expect(replies.map((reply) => reply.ok && reply.slug)).toEqual(['a0', 'a1', 'a2', 'a3', 'a4'])
  })

  test('ends if a request saves none of them', async () => {
    const requests = serverSaving(2, 0, 0)
    const replies = await remoteTarget('https://kiosque.example', 't').save(articles(3))
    expect(requests).toHaveLength(2)
    expect(replies[2]).toEqual({ ok: false, reason: 'send the line again' })
  })
})
