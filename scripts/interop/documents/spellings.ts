import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Format } from '../../../src/domain/format.ts'
import { sampleArticle, sampleFeed, site } from '../../../test/render/samples.ts'
import { temporaryStore } from '../../local-server.ts'
import { installedOf } from '../part.ts'
import { differencesIn, type Rendered } from './compare.ts'
import { hostileTexts } from './hostile.ts'
import { type Parser, parsers, readWith } from './parsers.ts'
import { validate, validator } from './validator.ts'

/*
 * Prints the tables of docs/decisions/033: of how many hostile texts each parser reads each spelling right, and how many
 * warnings the W3C validator has. It reads documents that are written by hand here, not by the renderers.
 */

const named: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const numeric: Record<string, string> = { '&': '&#x26;', '<': '&#x3C;', '>': '&#x3E;' }
const escaped = (references: Record<string, string>) => (plain: string) =>
  plain.replace(/[&<>]/g, (one) => references[one] as string)
const asHtml = escaped(named)
const hexadecimal = escaped(numeric)
/** The same spelling with named references. */
const asText = (spelled: string) =>
  spelled.replaceAll('&#x26;', '&amp;').replaceAll('&#x3C;', '&lt;').replaceAll('&#x3E;', '&gt;')
const closing = /<\/\w+>/

/** The spellings that were compared: the content of an element for a plain text. */
const spellings: Record<string, (plain: string) => string> = {
  'named references': asHtml,
  'hexadecimal for `<`': escaped({ ...named, '<': '&#x3C;' }),
  'hexadecimal for `&` and `<`': escaped({ ...numeric, '>': '&gt;' }),
  'hexadecimal for `&`, `<` and `>`': hexadecimal,
  'CDATA section': (plain) => `<![CDATA[${plain.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`,
  'as HTML, named': (plain) => asHtml(asHtml(plain)),
  'as HTML, hexadecimal': (plain) => hexadecimal(asHtml(plain)),
  'as HTML only with a closing tag, hexadecimal': (plain) =>
    hexadecimal(closing.test(plain) ? asHtml(plain) : plain),
  'hexadecimal, with U+2060 after `<`': (plain) => hexadecimal(plain.replaceAll('<', '<\u2060')),
}

/** A document whose texts are all the given finished markup. */
const documents: Record<'rss' | 'atom', (text: string, type: string) => string> = {
  rss: (text) => `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>${text}</title><link>${site.url}/</link><description>Articles</description>
<atom:link href="${site.url}/feed.rss" rel="self" type="application/rss+xml"/>
<item><title>${text}</title>
<link>${site.url}/articles/marche-d-ete</link><guid isPermaLink="false">tag:kiosque.example,2024:marche-d-ete</guid>
<pubDate>Wed, 19 Jun 2024 12:00:00 GMT</pubDate><description>Résumé</description>
<dc:creator>${text}</dc:creator>
<category>${text}</category></item></channel></rss>
`,
  atom: (text, type) => `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">
<id>${site.url}/feed.atom</id><title${type}>${text}</title><updated>2024-06-19T12:00:00Z</updated>
<link href="${site.url}/feed.atom" rel="self"/>
<entry><id>tag:kiosque.example,2024:marche-d-ete</id><title${type}>${text}</title>
<link href="${site.url}/articles/marche-d-ete"/><published>2024-06-19T12:00:00Z</published>
<updated>2024-06-19T12:00:00Z</updated><summary>Résumé</summary>
<author><name>Kim</name></author></entry></feed>
`,
}

/** The texts that every feed can contain; U+0085 is no spelling's matter. */
const texts = Object.entries(hostileTexts).filter(([name]) => name !== 'next-line')
const { store: folder, remove } = temporaryStore()

async function rowOf(
  format: 'rss' | 'atom',
  what: string,
  spell: (plain: string) => string,
  typeOf: (plain: string) => string,
  columns: readonly Parser[],
): Promise<string[]> {
  const place = join(folder, format, what.replace(/\W/g, '_'))
  mkdirSync(place, { recursive: true })
  const rendered = texts.map(([name, title]): Rendered => {
    const names = format === 'rss' ? { section: title, authors: [{ name: title }] } : {}
    const article = sampleArticle({ title, tags: [], summary: '', ...names })
    const feed = sampleFeed([article], { site: { ...site, title } })
    return {
      name,
      feed,
      format: format as Format,
      file: join(place, name),
      text: documents[format](spell(title), typeOf(title)),
    }
  })
  for (const { file, text } of rendered) writeFileSync(file, text)
  const files = rendered.map(({ file }) => file)
  const fields = ['title', 'feed title', ...(format === 'rss' ? ['authors', 'categories'] : [])]
  const cells: string[] = []
  for (const parser of columns) {
    const read = await readWith(parser, files, folder)
    const found = rendered.flatMap((one, at) => {
      const document = read[at]
      return document ? differencesIn(parser, one, document) : []
    })
    const right = fields.map((field) => {
      const wrong = found.filter((one) => one.field === field || one.field === 'document')
      return texts.length - new Set(wrong.map(({ name }) => name)).size
    })
    cells.push(new Set(right).size === 1 ? `${right[0]}` : right.join('/'))
  }
  return [...cells, await warningsIn(files, `${site.url}/feed.${format}`)]
}

async function warningsIn(files: readonly string[], address: string): Promise<string> {
  if (!validator.isInstalled()) return '?'
  const found = await validate(files.map((file) => ({ file, address })))
  const events = [...found.values()].flat().filter(({ event }) => /HTML|CharacterData/.test(event))
  const counted = Map.groupBy(events, ({ event }) => event)
  return [...counted].map(([event, { length }]) => `${event} ${length}`).join(', ') || 'none'
}

for (const format of ['rss', 'atom'] as const) {
  const { installed } = installedOf(parsers)
  console.log(
    `\n| ${format}, ${texts.length} texts | ${installed.map(({ name }) => name).join(' | ')} | W3C warnings |`,
  )
  console.log(`|${'---|'.repeat(installed.length + 2)}`)
  for (const [what, spell] of Object.entries(spellings)) {
    // In Atom, `type="html"` declares HTML.
    const typeOf = (plain: string) => (asHtml(asHtml(plain)) === asText(spell(plain)) ? ' type="html"' : '')
    const cells = await rowOf(format, what, spell, typeOf, installed)
    console.log(`| ${what} | ${cells.join(' | ')} |`)
  }
}
remove()
