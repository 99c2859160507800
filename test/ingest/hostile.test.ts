import { describe, expect, test } from 'vitest'
import { maxArticleBytes } from '../../src/domain/article.ts'
import type { ArticleInput } from '../../src/domain/input.ts'
import { articleOf } from '../../src/ingest/article.ts'
import { parseArticle } from '../../src/ingest/json.ts'
import { site } from '../render/samples.ts'
import { families } from './hostile.ts'

const now = Date.parse('2024-06-19T12:00:00Z')

/** The reason why an article is refused; undefined if it is accepted. */
function refusalOf(value: unknown): string | undefined {
  const input = parseArticle(value)
  const article = input.ok ? articleOf(input.value, { site, now }) : input
  if (article.ok || article.problem.kind !== 'invalid-article') return undefined
  return article.problem.issues[0]?.reason
}

const costs = /^costs too much to read/
const deep = /^has quotes or lists nested too deeply/
const marks = /^has more than 40000 marks/
const tags = /^has more than 20000 tags/
const levels = /^nested deeper than 256/
const words = /^has more than 300000 words/
const references = /^has more than 100000 characters & and </

describe('what would cost a parser too much is refused, by its form and not by the clock', () => {
  const rows: readonly [form: 'markdown' | 'html', what: string, characters: number, reason: RegExp][] = [
    ['markdown', 'lists nested 900 deep', maxArticleBytes, costs],
    ['markdown', 'lists nested 100 deep', 10_000, deep],
    ['markdown', 'lists nested 30 deep', 1_000_000, costs],
    ['markdown', 'quotes nested on one line', 30_000, deep],
    ['markdown', 'markers of lists and quotes on one line', 30_000, deep],
    ['markdown', 'a list item and lines that continue it lazily', 65_000, costs],
    ['markdown', 'runs of backticks that grow without end', 39_000, costs],
    ['markdown', 'marks of two kinds', 6000, costs],
    ['markdown', 'tables of 10,000 columns and short rows', 43_000, costs],
    ['markdown', 'emphasis opened', maxArticleBytes, marks],
    ['markdown', 'brackets opened', maxArticleBytes, marks],
    ['markdown', 'short paragraphs', maxArticleBytes, marks],
    ['markdown', 'definitions', maxArticleBytes, marks],
    ['html', 'boxes nested without end', 90_000, levels],
    ['html', 'paragraphs', maxArticleBytes, tags],
    ['html', 'links without end', 120_000, /^has more than 5000 links, /],
    ['html', 'sets of candidates without end', 60_000, /^has more than 1000 srcset attributes/],
    ['html', 'a link reopened in paragraphs', 60_000, /^has more than 5000 links, /],
    ['html', 'a long link reopened in paragraphs', 60_000, /^has a link with a long address/],
    ['html', 'a link as long as possible, reopened', maxArticleBytes, /^has a link with a long address/],
    ['html', 'frames of players without end', 60_000, /^has more than 1000 frames/],
    ['html', 'text after 250 boxes', 700_000, words],
    ['html', 'pre with lines', 700_000, words],
    ['html', 'ampersands', maxArticleBytes, references],
    ['html', 'pointed brackets', maxArticleBytes, references],
    ['html', 'quotation marks and ampersands', maxArticleBytes, references],
    ['html', 'one tag with many attributes', 10_000, /^has a tag with more than 256 attributes/],
    ['html', 'tags with 100 attributes', 200_000, /^has more than 20000 attributes/],
  ]
  test.for(rows)('%s: %s, %i characters', ([form, what, characters, reason]) => {
    const make = families.find(([name, one]) => name === what && one === form)?.[2]
    expect(refusalOf({ title: 'Titre', [form]: make?.(characters) })).toMatch(reason)
  })
})

describe('attributes are counted as the HTML parser reads them', () => {
  const many = Array.from({ length: 300 }, (_, at) => ` a${at}`).join('')
  const quoted = Array.from({ length: 300 }, (_, at) => ` a${at}=">"`).join('')
  const reason = /^has a tag with more than 256 attributes/
  const rows: readonly [what: string, html: string][] = [
    ['names alone', `<p${many}>`],
    ['values that contain >', `<p${quoted}>`],
    ['values that contain >, in the other quotes', `<p${quoted.replaceAll('"', "'")}>`],
    ['names apart by slashes', `<p${many.replaceAll(' ', '/')}>`],
    ['a tag in a comment opens a quote', `<!-- <b c=" --><p${many}>`],
    ['a tag in a comment opens a quote that a later value ends', `<!-- <b c=" --><p${many} d="">`],
    ['a tag in a value', `<i b="<u c='"><p${many} d=''>`],
  ]
  test.for(rows)('%s', ([, html]) => expect(refusalOf({ title: 'Titre', html })).toMatch(reason))
})

describe('articles of newspapers are accepted', () => {
  const row = '<tr><td>Ville</td><td>1</td><td>2</td><td>3</td></tr>'
  const nested = Array.from({ length: 10 }, (_, at) => `${'  '.repeat(at)}- a`).join('\n')
  const rows: readonly [what: string, body: Pick<ArticleInput, 'html' | 'markdown' | 'text'>][] = [
    ['a table of 1,900 rows', { html: `<table>${row.repeat(1900)}</table>` }],
    ['1 MiB of words', { html: 'mot '.repeat(260_000) }],
    ['a live blog of 4,000 posts', { html: `<p class="post">${'mot '.repeat(20)}</p>`.repeat(4000) }],
    ['90,000 character references', { html: '&eacute;'.repeat(90_000) }],
    ['a picture in an address of 900 kB', { html: `<p>a</p><img src="data:,${'a'.repeat(900_000)}">` }],
    ['500 pictures', { html: '<img src="/a" alt="b" width="1200" height="800" title="c">'.repeat(500) }],
    ['Markdown with lists ten deep', { markdown: nested }],
    ['a Markdown list of 3,000 names', { markdown: '- Kim Tremblay\n'.repeat(3000) }],
    ['a Markdown list of 500 items in items', { markdown: '- a\n  - b\n  - c\n'.repeat(500) }],
    ['a Markdown table of 1,500 rows', { markdown: `|a|b|c|d|\n|-|-|-|-|\n${'|1|2|3|4|\n'.repeat(1500)}` }],
    [
      '800 kB of Markdown',
      { markdown: `*Un mot* et ${'un autre, puis un dernier '.repeat(16)}\n\n`.repeat(1900) },
    ],
    ['Markdown with 2,000 pieces of code', { markdown: 'Le champ `due`, le champ `name`.\n\n'.repeat(1000) }],
    ['a text of 15,000 lines', { text: 'Un vers.\n'.repeat(15_000) }],
  ]
  test.for(rows)('%s', ([, body]) => expect(refusalOf({ title: 'Titre', ...body })).toBeUndefined())
})

test('a body from a backup has the limits of earlier versions, so that whatever was saved can be restored', () => {
  const rows: readonly [what: string, html: string][] = [
    ['30,000 tags', '<p>a</p>'.repeat(15_000)],
    ['30,000 attributes', '<img src="https://kiosque.example/a" alt="b" width="1">'.repeat(10_000)],
    ['110,000 references', 'a &amp; '.repeat(110_000)],
  ]
  for (const [what, html] of rows) {
    const input = { title: 'Titre', html }
    expect(articleOf(input, { site, now }).ok, what).toBe(false)
    expect(articleOf(input, { site, now, fromBackup: true }).ok, what).toBe(true)
  }
  const many = { title: 'Titre', html: '<p>a</p>'.repeat(20_001) }
  expect(articleOf(many, { site, now, fromBackup: true }).ok).toBe(false)
})

test('a name that is too long is refused before its key is made', () => {
  const section = `a${'\u0301'.repeat(150_000)}${'\u0323'.repeat(150_000)}`
  expect(refusalOf({ title: 'Titre', html: '<p>a</p>', section })).toBe('must have at most 200 characters')
})
