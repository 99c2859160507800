import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { besideEnding } from '../../src/cli/beside-file.ts'
import { readArticleFile } from '../../src/cli/read-file.ts'
import type { Article } from '../../src/domain/article.ts'
import { articleOf } from '../../src/ingest/article.ts'
import { textOfHtml } from '../../src/ingest/text.ts'
import { site } from '../render/samples.ts'

const fixtures = join(import.meta.dirname, '../../fixtures')
const seed = join(fixtures, '../../shared/seed/000_57e72806c7dd39eb.txt')
const names = readdirSync(fixtures).filter(
  (name) => /\.(txt|json)$/.test(name) && !name.endsWith(besideEnding),
)

/** The article that the importer makes of a file. Throws with the reason if the importer refuses the file. */
function articleIn(path: string, given = {}): Article {
  const input = readArticleFile(path, given)
  const made = input.ok ? articleOf(input.value, { site, now: Date.parse('2026-01-01') }) : input
  if (!made.ok) throw new Error(JSON.stringify(made.problem))
  return made.value
}

const articles = names.map((name) => articleIn(join(fixtures, name)))
const agencyArticle = articleIn(join(fixtures, 'russie-coree-du-nord.txt'))
const wordsIn = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

describe('the fixtures', () => {
  test('the agency’s article: title, byline, day, section, language and a body of its length', () => {
    expect(agencyArticle).toMatchObject({
      title: 'La Russie et la Corée du Nord s’engagent à se défendre mutuellement',
      authors: [{ name: 'Kim Tong-hyung' }],
      source: { name: 'The Associated Press' },
      section: 'Monde',
      language: 'fr-CA',
    })
    expect(agencyArticle.published).toMatch(/^2024-06-19T/)
    expect(textOfHtml(agencyArticle.html).length).toBeGreaterThanOrEqual(3000)
    expect(agencyArticle.html).not.toMatch(/Partager|guest|Commentaires|S'inscrire|Inline/)
  })

  test('eight to twelve more, read on Kiosque’s own pages', () => {
    expect(articles.length - 1).toBeGreaterThanOrEqual(8)
    expect(articles.length - 1).toBeLessThanOrEqual(12)
    expect(articles.filter(({ url }) => url !== undefined)).toEqual([])
    expect(new Set(articles.map(({ language }) => language.slice(0, 2)))).toEqual(new Set(['fr', 'en']))
    expect(new Set(articles.map(({ section }) => section)).size).toBeGreaterThanOrEqual(4)
  })

  test('every image and attached file exists and has the size that its article states', () => {
    const files = articles.flatMap(({ image, attachments }) => [...(image ? [image] : []), ...attachments])
    expect(files.length).toBeGreaterThanOrEqual(2)
    for (const { url, bytes } of files) expect(statSync(join(fixtures, 'public', url)).size, url).toBe(bytes)
  })

  test('every awkward character occurs in some fixture', () => {
    const text = JSON.stringify(articles)
    for (const awkward of [']]', '&amp;', '«', '\u00a0', '\u202f', '<script>', '👨'])
      expect(text, awkward).toContain(awkward)
  })
})

describe.skipIf(!existsSync(seed))('the real capture', () => {
  test('makes an article', () => {
    const article = articleIn(seed, { published: '2024-06-19T12:00:00Z', section: 'Monde' })
    expect(article).toMatchObject({
      title: agencyArticle.title,
      authors: agencyArticle.authors,
      source: agencyArticle.source,
    })
    expect(article.html.match(/<p>/g)).toHaveLength(16)
    expect(textOfHtml(article.html).length).toBeGreaterThan(4000)
    expect(article.html).not.toMatch(/Partager cet article|guest|0 Commentaires|Inline Feedbacks/)
  })

  test('no sentence of the capture occurs in the fixtures', () => {
    const body = wordsIn(readFileSync(seed, 'utf8').split('\n').slice(5).join('\n'))
    const runs = new Set(body.map((_, at) => body.slice(at, at + 8).join(' ')))
    const own = articles.flatMap(({ html }) => {
      const words = wordsIn(textOfHtml(html))
      return words.map((_, at) => words.slice(at, at + 8).join(' '))
    })
    expect(own.length).toBeGreaterThan(1000)
    expect(own.filter((run) => runs.has(run))).toEqual([])
  })
})
