import { expect, test } from 'vitest'
import type { Reply } from '../../src/cli/target.ts'
import { unwithdrawAll } from '../../src/cli/unwithdraw.ts'
import { terminalAsk, withdrawAll } from '../../src/cli/withdraw.ts'
import type { Article } from '../../src/domain/article.ts'
import type { ArticleInput } from '../../src/domain/input.ts'
import { sampleArticle } from '../render/samples.ts'

const now = Date.parse('2024-07-01T12:00:00Z')

/** A target with these articles, which records what it is asked to do. */
function targetWith(articles: readonly Article[]) {
  const done: unknown[] = []
  return {
    done,
    find: async (slug: string) => articles.find((one) => one.slug === slug),
    withdraw: async (slug: string): Promise<Reply> => {
      done.push(slug)
      return { ok: true, slug, kind: 'withdrawn' }
    },
    save: async (inputs: readonly ArticleInput[]): Promise<Reply[]> => {
      done.push(...inputs)
      return inputs.map(({ slug = '' }) => ({ ok: true, slug, kind: 'replaced' }))
    },
  }
}

const pont = sampleArticle({ slug: 'pont', title: 'Le pont' })
const gone = sampleArticle({
  slug: 'parti',
  published: '2024-06-01T12:00:00Z',
  updated: '2024-06-19T12:00:00Z',
  status: 'withdrawn',
})

test('each article is withdrawn only if the answer is yes', async () => {
  const target = targetWith([pont])
  const questions: string[] = []
  const ask = async (question: string) => {
    questions.push(question)
    return questions.length === 1
  }
  const replies = await withdrawAll(['pont', 'absent'], target, { yes: false, ask })
  expect(replies).toEqual([
    { ok: true, slug: 'pont', kind: 'withdrawn' },
    { ok: false, reason: 'not withdrawn, as you answered' },
  ])
  expect(target.done).toEqual(['pont'])
  expect(questions).toEqual([
    expect.stringMatching(/^Withdraw “Le pont” \(pont\)\?/),
    expect.stringMatching(/^Withdraw \(absent\)\?/),
  ])
})

test('with --yes, nothing is asked', async () => {
  const target = targetWith([pont])
  const ask = async () => {
    throw new Error('asked')
  }
  expect(await withdrawAll(['pont'], target, { yes: true, ask })).toMatchObject([{ ok: true }])
  expect(await withdrawAll(['pont'], target, { yes: true, ask: undefined })).toMatchObject([{ ok: true }])
  expect(target.done).toEqual(['pont', 'pont'])
})

test('without a terminal and without --yes, nothing is withdrawn', async () => {
  const target = targetWith([pont])
  const done = withdrawAll(['pont'], target, { yes: false, ask: undefined })
  await expect(done).rejects.toThrow('Cannot withdraw pont: no terminal to ask on')
  expect(target.done).toEqual([])
})

test.for([
  [true, true, true],
  [true, false, false],
  [false, true, false],
])(
  'whether input is a terminal %o and errors are %o decides whether it can ask: %o',
  ([input, errors, can]) => {
    const streams = { stdin: { isTTY: input }, stderr: { isTTY: errors } } as unknown as typeof process
    expect(terminalAsk(streams) !== undefined).toBe(can)
  },
)

test('a withdrawn article is saved again as published, with all of its fields but the date of its withdrawal', async () => {
  const target = targetWith([gone])
  expect(await unwithdrawAll(['parti'], target, now)).toEqual([{ ok: true, slug: 'parti', kind: 'restored' }])
  const { updated: _, ...fields } = gone
  expect(target.done).toEqual([{ ...fields, status: 'published' }])
})

test('an article that cannot be read can be withdrawn', async () => {
  const find = async () => {
    throw new Error('Cannot read article "pont"')
  }
  const target = { ...targetWith([]), find }
  expect(await withdrawAll(['pont'], target, { yes: false, ask: async () => true })).toMatchObject([
    { ok: true },
  ])
})

const notRestored: [slug: string, reason: string][] = [
  ['pont', 'it is not withdrawn'],
  ['absent', 'there is no such article'],
]
test.for(notRestored)('%s is not restored: %s', async ([slug, reason]) => {
  const target = targetWith([pont])
  expect(await unwithdrawAll([slug], target, now)).toEqual([
    { ok: false, reason: expect.stringContaining(reason) },
  ])
  expect(target.done).toEqual([])
})

test.for([
  [{ expires: '2024-06-20T12:00:00Z' }, 'expired'],
  [{ embargo: '2024-08-01T12:00:00Z' }, 'scheduled'],
] as const)('an article with %o is restored with a warning that it is %s', async ([fields, state]) => {
  const [reply] = await unwithdrawAll(['parti'], targetWith([{ ...gone, ...fields }]), now)
  expect(reply).toMatchObject({ ok: true, warnings: [`readers do not see it: it is ${state}`] })
})
