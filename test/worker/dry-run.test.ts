import { env } from 'cloudflare:workers'
import { afterEach, expect, test, vi } from 'vitest'
import { remoteTarget } from '../../src/cli/remote.ts'
import type { Reply, Target } from '../../src/cli/target.ts'
import type { Origin } from '../../src/domain/backup.ts'
import type { ArticleInput } from '../../src/domain/input.ts'
import { openSite, type TestSite, token } from './site.ts'

const article = { title: 'Un', text: 'Un paragraphe.' }

/** Sends lines to an address of the API, and returns what the answer says about each. */
async function sent(site: TestSite, path: string, lines: object[]): Promise<unknown[]> {
  const body = lines.map((line) => JSON.stringify(line)).join('\n')
  const answer = await site.call('POST', path, body, { 'Content-Type': 'application/x-ndjson' })
  const texts = new TextDecoder().decode(await answer.arrayBuffer()).split('\n')
  return texts.filter(Boolean).map((line) => JSON.parse(line))
}

/** A site with each kind of article that a save may find. */
async function furnished(): Promise<TestSite> {
  const site = await openSite()
  await site.put('un', { ...article, id: 'urn:x:1' })
  await site.put('retire', article)
  await site.call('DELETE', '/api/articles/retire')
  await site.put('avant', { ...article, id: 'urn:x:2' })
  await site.put('apres', { ...article, id: 'urn:x:2' })
  site.wait(3_600_000)
  return site
}

const rows: [what: string, line: object][] = [
  ['a new article', { slug: 'neuf', ...article }],
  ['a changed article', { slug: 'un', id: 'urn:x:1', title: 'Deux', text: 'Un paragraphe.' }],
  ['the same article', { slug: 'un', id: 'urn:x:1', ...article }],
  ['a withdrawn article', { slug: 'retire', ...article }],
  ['an older article of a backup', { slug: 'un', title: 'Deux', backup: { revision: 1 } }],
  ['the slug of another article', { slug: 'un', id: 'urn:x:9', ...article }],
  ['a slug that another article had', { slug: 'avant', id: 'urn:x:9', ...article }],
  ['a slug that the article itself had', { slug: 'avant', id: 'urn:x:2', ...article }],
  ['a title whose slug another article had', { title: 'Avant', id: 'urn:x:9' }],
  ['an article without a title', { slug: 'sans' }],
]

test.for(rows)('a dry run says what the import does with %s, and writes nothing', async ([, line]) => {
  const site = await furnished()
  const read = async () => [
    await env.DB.prepare('SELECT * FROM site').raw(),
    await env.DB.prepare('SELECT * FROM article').raw(),
    await env.DB.prepare('SELECT * FROM effect').raw(),
  ]
  const before = await read()
  site.invalidated.length = 0
  // A new article beside it, because a refusal of one must not change what is said of the other.
  const lines = [line, { slug: 'autre', ...article }]
  const told = await sent(site, '/api/dry-run', lines)
  expect(await read()).toEqual(before)
  expect(site.invalidated).toEqual([])
  expect(told).toEqual(await sent(site, '/api/articles', lines))
})

const again = (at: number, more: object = {}) => ({ ...article, title: `Version ${at}`, ...more })

const sequences: [what: string, lines: object[]][] = [
  ['one article twice', [article, article]],
  ['versions of an article with one id', [again(1, { id: 'urn:x:5' }), again(2, { id: 'urn:x:5' })]],
  ['versions of an article with one slug', [again(1, { slug: 'neuf' }), again(2, { slug: 'neuf' })]],
  [
    'a slug that a line before takes',
    [again(1, { slug: 'neuf', id: 'urn:x:5' }), again(2, { slug: 'neuf', id: 'urn:x:6' })],
  ],
  ['one title with several ids', [5, 6, 7].map((at) => ({ ...article, id: `urn:x:${at}` }))],
  ['an article that a line before changes', [again(2, { slug: 'un' }), again(2, { slug: 'un' })]],
  [
    'a withdrawal, and the same without a status',
    [again(1, { slug: 'un', status: 'withdrawn' }), again(2, { slug: 'un' })],
  ],
  [
    'names that a line before gives their keys',
    [again(1, { tags: ['C+'] }), again(2, { tags: ['C*', 'C+'] }), again(2, { tags: ['C+', 'C*'] })],
  ],
]

test.for(sequences)(
  'a dry run says what the import does with each line after those before: %s',
  async ([, lines]) => {
    const site = await furnished()
    const told = await sent(site, '/api/dry-run', lines)
    expect(told).toEqual(await sent(site, '/api/articles', lines))
  },
)

afterEach(() => {
  vi.unstubAllGlobals()
})

/** Articles of an import of more than a hundred files, of which many concern the same article or have one title. */
function manyFiles(): [ArticleInput[], Origin[]] {
  const inputs: ArticleInput[] = []
  const origins: Origin[] = []
  const add = (input: ArticleInput, path: string) => {
    inputs.push(input)
    origins.push({ import: { run: 0, path } })
  }
  const texts = [
    'Il pleut sur la ville depuis hier.',
    'Le soleil revient aux collines.',
    'Neige au nord demain.',
  ]
  for (let at = 0; at < 80; at++) {
    const published = `2024-0${1 + (at % 5)}-${String(10 + (at % 17)).padStart(2, '0')}T12:00:00Z`
    const text = texts[at % 3] ?? ''
    add({ title: 'Météo', published, text: `${text} ${at % 60}` }, `meteo/${at % 70}.md`)
    if (at % 3 === 0) add({ title: `Article ${at % 20}`, published, text }, `articles/${at}.md`)
    if (at % 4 === 0) add({ title: 'Météo', published, text: `${text} ${at % 60}` }, `meteo/${at % 70}.md`)
    if (at % 7 === 0)
      add({ title: `Autre ${at}`, id: `urn:x:${at % 4}`, published, text }, `autres/${at % 20}.md`)
  }
  return [inputs, origins]
}

async function repliesIn(
  save: Target['save'],
  [inputs, origins]: [ArticleInput[], Origin[]],
): Promise<Reply[]> {
  const replies: Reply[] = []
  for (let at = 0; at < inputs.length; at += 50)
    replies.push(...(await save(inputs.slice(at, at + 50), origins.slice(at, at + 50))))
  return replies
}

test('the command line makes a dry run in several requests, which says what the import does', async () => {
  const site = await furnished()
  vi.stubGlobal('fetch', (url: string, init: RequestInit) =>
    site.call(String(init.method), new URL(url).pathname, init.body, init.headers as Record<string, string>),
  )
  const target = remoteTarget('https://kiosque.example', token)
  const files = manyFiles()
  const told = await repliesIn(target.openDryRun().save, files)
  expect(await repliesIn(target.openDryRun().save, files)).toEqual(told)
  const done = await repliesIn(target.save, files)
  expect(told).toEqual(done)
  const kinds = new Set(done.map((reply) => (reply.ok ? reply.kind : 'refused')))
  expect([...kinds].sort()).toEqual(['created', 'refused', 'replaced', 'unchanged'])
})
