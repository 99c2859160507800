import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { ImportItem } from '../../src/cli/import.ts'
import { findArticles } from '../../src/cli/read-file.ts'
import { formatNames } from '../../src/domain/format.ts'
import type { ArticleInput } from '../../src/domain/input.ts'

const root = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'kiosque-sources-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, content: string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const golden = (name: string): string => join(root, 'fixtures/golden', name)
const articlesIn = (found: Iterable<ImportItem>): ArticleInput[] =>
  [...found].flatMap((one) => {
    if (!('article' in one)) return []
    if (!one.article.ok) throw new Error(`${one.where}: ${JSON.stringify(one.article.problem)}`)
    return [one.article.value]
  })

describe('a feed', () => {
  test.for(formatNames)('%s: ids are kept character by character, dates, names and bodies too', (format) => {
    const [plain, second] = articlesIn(findArticles([golden(`two-articles.${format}`)], {}))
    expect(second?.id).toBe('https://old.example/?p=2&x=1')
    expect(plain).toMatchObject({
      id: 'tag:kiosque.example,2024:marche-d-ete',
      title: 'Le marché d’été ouvre samedi',
      published: '2024-06-19T12:00:00Z',
      authors: [{ name: 'La rédaction' }],
    })
    expect(plain?.html).toContain('Ils y restent jusqu’en octobre.')
  })

  test('entities are not expanded, and a broken one is refused', () => {
    const bomb =
      '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss version="2.0"><channel><title>&b;</title></channel></rss>'
    for (const text of [bomb, '<rss version="2.0"><channel><item></channel></rss>']) {
      const found = [...findArticles([file('bad.xml', text)], {})]
      expect(JSON.stringify(found), text).not.toContain('aaaaaaaa')
      expect(
        found.filter((one) => 'article' in one && one.article.ok),
        text,
      ).toEqual([])
    }
  })
})

describe('the importer warns', () => {
  const warningsIn = (name: string, text: string) =>
    [...findArticles([file(name, text)], {}, 'UTC')].map(({ warnings }) => warnings)
  const guessed = 'title: none was found; it is made of the first words'
  const post = (title: string, guid: string) =>
    `<item><title>${title}</title><guid>${guid}</guid><content:encoded>Un mot.</content:encoded><wp:post_type>post</wp:post_type><wp:status>publish</wp:status></item>`
  const exportOf = (...posts: string[]) =>
    `<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><language>fr</language>${posts.join('')}</channel></rss>`

  test('of a title that it made, in a feed', () => {
    const item = (title: string) => `<item><title>${title}</title><description>Un mot.</description></item>`
    const rss = `<rss version="2.0"><channel><language>fr</language>${item('')}${item('Titre')}</channel></rss>`
    expect(warningsIn('titles.rss', rss)).toEqual([undefined, [guessed]])
  })

  test('of a title that it made and an id that it left out, in a WordPress export', () => {
    const posts = [post('Un', 'a:b'), post('', 'a:b'), post('', 'a:c')]
    expect(warningsIn('titles.xml', exportOf(...posts))).toEqual([
      undefined,
      [guessed, 'id: it is left out, because an earlier post has the same'],
      [guessed],
    ])
  })
})

describe('a WordPress export of 1,000 items', () => {
  const xml = spawnSync(process.execPath, [join(root, 'scripts/wordpress-export.ts'), '1000'], {
    encoding: 'utf8',
    maxBuffer: 50_000_000,
  }).stdout
  const found = [...findArticles([file('export.xml', xml)], {})]
  const items = xml.split('<item>').slice(1)
  const holds = (item: string, name: string, value: string) =>
    new RegExp(`<wp:${name}>(?:<!\\[CDATA\\[)?${value}(?:\\]\\]>)?</wp:${name}>`).test(item)
  const posts = items.filter((item) => holds(item, 'post_type', 'post'))

  test('drafts, private and trashed items never come in as published', () => {
    expect(items).toHaveLength(1000)
    const published = articlesIn(found).filter(({ status }) => (status ?? 'published') === 'published')
    const wanted = posts.filter((item) => /<wp:status>(?:<!\[CDATA\[)?(publish|future)\b/.test(item))
    expect(wanted.length).toBeGreaterThan(100)
    expect(published.length).toBeLessThanOrEqual(wanted.length)
    expect(published.length).toBeGreaterThan(wanted.length * 0.9)
    const hidden = posts.filter((item) =>
      /<wp:status>(?:<!\[CDATA\[)?(private|trash|draft|pending)\b/.test(item),
    )
    expect(hidden.length).toBeGreaterThan(50)
    const ids = new Set(published.map(({ id }) => id))
    const guids = hidden.map(
      (item) => /<guid[^>]*>(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?<\/guid>/.exec(item)?.[1] ?? '',
    )
    expect(guids.filter((guid) => ids.has(guid.replaceAll('&amp;', '&')))).toEqual([])
  })

  test('every item that is left out is listed with its reason', () => {
    const reasons = found.flatMap((one) => ('leftOut' in one ? [one.leftOut] : []))
    expect(reasons.length).toBeGreaterThan(50)
    expect(reasons.filter((reason) => reason.length <= 3)).toEqual([])
  })
})

test('Markdown with front matter', () => {
  const text =
    '---\ntitle: L’été\npublished: 2024-06-19\nauthors: [La rédaction]\ntags: [Été]\n---\n\nDu *texte*.\n'
  expect(articlesIn(findArticles([file('a.md', text)], { section: 'Monde' }))).toMatchObject([
    {
      title: 'L’été',
      published: '2024-06-19T12:00:00Z',
      authors: ['La rédaction'],
      tags: ['Été'],
      section: 'Monde',
      markdown: expect.stringContaining('Du *texte*.'),
    },
  ])
})

test('a saved page, through Readability', () => {
  const paragraph =
    '<p>Une phrase assez longue pour être lue comme le corps d’un article, avec des virgules, et encore.</p>'
  const page = `<!doctype html><html lang="fr-CA"><head><title>Le pont rouvre</title></head><body><nav>Menu</nav>
    <article><h1>Le pont rouvre</h1>${paragraph.repeat(12)}</article><aside>Abonnez-vous</aside></body></html>`
  const [article] = articlesIn(findArticles([file('page.html', page)], {}))
  expect(article).toMatchObject({ title: 'Le pont rouvre', language: 'fr-CA' })
  expect(article?.html).toContain('assez longue')
  expect(article?.html).not.toMatch(/Menu|Abonnez/)
})
