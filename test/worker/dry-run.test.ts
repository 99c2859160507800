import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { openSite, type TestSite } from './site.ts'

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
