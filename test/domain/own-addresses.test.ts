import fc from 'fast-check'
import type { Nodes, Properties } from 'hast'
import { fromHtml } from 'hast-util-from-html'
import { toHtml } from 'hast-util-to-html'
import { describe, expect, test } from 'vitest'
import type { Article } from '../../src/domain/article.ts'
import { shownArticle, storedArticle } from '../../src/domain/own-addresses.ts'
import type { Site } from '../../src/domain/site.ts'
import { articleOf, isSame } from '../../src/ingest/article.ts'
import { cleanHtml } from '../../src/ingest/html.ts'
import { sampleArticle, site } from '../render/samples.ts'

const own = site.url
const old = 'http://localhost:8731'
const moved: Site = { ...site, formerUrls: ['https://ancien.example', old] }
const elsewhere = { url: 'https://journal.example/un' }

const storedBody = (html: string, at: Site, fields: Partial<Article> = {}) =>
  storedArticle(at, sampleArticle({ html, ...fields })).html
const shownBody = (html: string, at: Site) => shownArticle(at, sampleArticle({ html })).html

describe('addresses in a stored body', () => {
  const rows: [html: string, stored: string, shown?: string][] = [
    [`<a href="${own}/sections/monde">m</a>`, '<a href="/sections/monde">m</a>'],
    [`<a href="${own}/?a=1&#x26;b=2#c">m</a>`, '<a href="/?a=1&#x26;b=2#c">m</a>'],
    [`<p><img src="${own}/media/x.jpg" alt=""></p>`, '<p><img src="/media/x.jpg" alt=""></p>'],
    [`<q cite="${own}/a">m</q>`, '<q cite="/a">m</q>'],
    [
      `<video src="${own}/a.mp4" poster="${own}/b.jpg" controls></video>`,
      '<video src="/a.mp4" poster="/b.jpg" controls></video>',
    ],
    [`<audio controls><source src="${own}/a.mp3"></audio>`, '<audio controls><source src="/a.mp3"></audio>'],
    [
      `<img src="${own}/a" srcset="${own}/a,b 1x, https://x.example/b 2x, ${own}/c 3x">`,
      '<img src="/a" srcset="/a,b 1x, https://x.example/b 2x, /c 3x">',
    ],
    [
      '<img src="https://x.example/a" srcset="https://x.example/a, /c">',
      '<img src="https://x.example/a" srcset="https://x.example/a, /c">',
      `<img src="https://x.example/a" srcset="https://x.example/a, ${own}/c">`,
    ],
    [`<img alt="a>b <i" src="${own}/a">`, '<img alt="a>b <i" src="/a">'],
    [
      `<p title="<b srcset=">, /a "</p><a href="${own}/a">m</a>`,
      '<p title="<b srcset=">, /a "</p><a href="/a">m</a>',
    ],
    [`<img title="x src=" alt=" href=" src="${own}/a">`, '<img title="x src=" alt=" href=" src="/a">'],
  ]
  test.for(rows)('%s', ([html, stored, shown = html]) => {
    expect(storedBody(html, site)).toBe(stored)
    expect(storedBody(stored, site)).toBe(stored)
    expect(shownBody(stored, site)).toBe(shown)
    expect(shownBody(html, site)).toBe(shown)
    const atOld = html.replaceAll(own, old)
    expect(storedBody(atOld, moved)).toBe(stored)
    expect(shownBody(atOld, moved)).toBe(shown)
    expect(shownBody(atOld, site)).toBe(shown === html ? atOld : shown)
  })

  const same: string[] = [
    `<a href="${own}//x.example/a">a path with two slashes would name another host</a>`,
    `<a href="${own}.example/a">another host that begins alike</a>`,
    `<a href="${own}:8080/a">another port</a>`,
    '<a href="http://kiosque.example/a">another scheme</a>',
    `<a href="${old}0/a">a port that begins like that of a former site</a>`,
    '<a href="mailto:a@kiosque.example">m</a>',
    `<p>text: ${own}/a, href="${own}/a", &#x3C;a href="${own}/a"></p>`,
    '<p>text: href="/a", &#x3C;a href="/a">, src="/b", /c</p>',
    `<img title="${own}/a" alt="${own}/a" src="https://x.example/a">`,
    `<img alt="/a" title="/b" src="https://x.example/a?b=${own}/c">`,
  ]
  test.for(same)('stay: %s', (html) => {
    expect(storedBody(html, site)).toBe(html)
    expect(storedBody(html, moved)).toBe(html)
    expect(shownBody(html, site)).toBe(html)
    expect(shownBody(html, moved)).toBe(html)
  })

  test('are absolute if the article has a page elsewhere, because there a path belongs to that page', () => {
    const html = `<a href="${old}/a">m</a><img src="${own}/b" srcset="${old}/c 1x">`
    const stored = `<a href="${own}/a">m</a><img src="${own}/b" srcset="${own}/c 1x">`
    expect(storedBody(html, moved, elsewhere)).toBe(stored)
    expect(storedBody(stored, moved, elsewhere)).toBe(stored)
  })
})

test('every address of an article is one of the present site, and its id and texts stay', () => {
  const at = (path: string) => `${old}${path}`
  const article = sampleArticle({
    id: at('/articles/a'),
    title: at('/titre'),
    summary: at('/sommaire'),
    note: at('/note'),
    url: at('/articles/a'),
    authors: [{ name: at('/nom'), url: at('/kim') }, { name: 'Ana' }],
    source: { name: 'PC', url: at('/pc') },
    image: { url: at('/i.jpg'), alt: at('/alt') },
    attachments: [{ url: at('/a.mp3'), type: 'audio/mpeg', title: at('/t') }],
    rights: { syndicate: 'full', license: at('/licence'), copyright: at('/c') },
  })
  const changed = (to: string, file: string) => ({
    ...article,
    url: `${to}/articles/a`,
    authors: [{ name: at('/nom'), url: `${to}/kim` }, { name: 'Ana' }],
    source: { name: 'PC', url: `${to}/pc` },
    image: { url: `${file}/i.jpg`, alt: at('/alt') },
    attachments: [{ url: `${file}/a.mp3`, type: 'audio/mpeg', title: at('/t') }],
    rights: { syndicate: 'full', license: `${to}/licence`, copyright: at('/c') },
  })
  expect(storedArticle(moved, article)).toEqual(changed(own, ''))
  expect(shownArticle(moved, article)).toEqual(changed(own, own))
  expect(shownArticle(site, article)).toEqual(article)
})

/** The body with each address changed by a parser of HTML, which is not the code under test. */
function parsed(html: string, change: (url: string) => string): string {
  const walk = (node: Nodes): void => {
    if (node.type === 'element') {
      const properties: Properties = node.properties
      for (const name of ['href', 'src', 'poster', 'cite'])
        if (typeof properties[name] === 'string') properties[name] = change(properties[name])
      const { srcSet } = properties
      if (srcSet !== undefined) properties.srcSet = String(srcSet).split(', ').map(change).join(', ')
    }
    if ('children' in node) for (const child of node.children) walk(child)
  }
  const tree = fromHtml(html, { fragment: true })
  walk(tree)
  return toHtml(tree, { characterReferences: { useNamedReferences: true } })
}

const address = fc.constantFrom(
  `${own}/a`,
  `${old}/b?c&d`,
  `${own}//e`,
  `${own}`,
  '/f',
  '//g.example/h',
  'i',
  'https://x.example/j',
)
const trap = fc.constantFrom(
  '<b srcset=',
  '<i href=',
  '<i href=&#x22;/y',
  ' href="/a"',
  '="/',
  ', /',
  '"',
  '<a href="/x">',
  ` src="${own}/a"`,
  '&lt;a href="/a">',
  '>',
  "'",
  'é',
)
const text = fc
  .array(fc.oneof(trap, fc.string({ maxLength: 4 })), { maxLength: 4 })
  .map((parts) => parts.join(''))
const quoted = text.map((value) => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;'))
const piece = fc.oneof(
  text,
  fc
    .tuple(quoted, address, text)
    .map(([title, url, inner]) => `<a title="${title}" href="${url}">${inner}</a>`),
  fc
    .tuple(quoted, address, address)
    .map(([alt, src, set]) => `<img alt="${alt}" src="${src}" srcset="${set} 1x, ${src} 2x">`),
  fc
    .tuple(quoted, address, text)
    .map(([title, url, inner]) => `<blockquote cite='${url}' title="${title}"><p>${inner}</blockquote>`),
  fc.tuple(address, address).map(([src, poster]) => `<video poster="${poster}" src=${src}></video>`),
)
const input = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''))

test.for(['href="/x" ', 'a="/x" ', 'a a="/x"', 'srcset="'])(
  'a long text that repeats %s takes no longer than other texts of its length',
  { timeout: 10_000 },
  (text) => {
    // If the time grew with the square of the length, this body would take minutes.
    const html = `<p>${text.repeat(100_000)}</p>`
    expect(shownBody(`${html}<a href="/x">m</a>`, site)).toBe(`${html}<a href="${own}/x">m</a>`)
  },
)

describe('for every body', () => {
  test('only addresses change, a parser changes the same, and readers get the bytes that they got before', () => {
    fc.assert(
      fc.property(input, (html) => {
        const before = cleanHtml(html, `${own}/articles/a`)
        if (!before.ok) return
        const relative = (url: string) => {
          const path = url.replace(/^(?:https:\/\/kiosque\.example|http:\/\/localhost:8731)(?=\/)/, '')
          return path.startsWith('//') ? `${own}${path}` : path
        }
        const stored = storedBody(before.value, moved)
        expect(stored).toBe(parsed(before.value, relative))
        expect(shownBody(stored, moved)).toBe(
          parsed(before.value, (url) => url.replace(`${old}/`, `${own}/`)),
        )
        expect(shownBody(before.value, moved)).toBe(shownBody(stored, moved))
        expect(shownBody(storedBody(before.value, site), site)).toBe(before.value)
        expect(storedBody(stored, moved)).toBe(stored)
      }),
      { numRuns: 2000 },
    )
  })

  test('the stored article is an input that gives the same article, and so is the article that readers get', () => {
    fc.assert(
      fc.property(input, fc.constantFrom({}, elsewhere, { url: `${old}/articles/a` }), (html, url) => {
        const now = Date.parse('2024-06-19T12:00:00Z')
        const made = articleOf({ title: 'Titre', slug: 'a', html, ...url }, { site: moved, now })
        if (!made.ok) return
        for (const sent of [made.value, shownArticle(moved, made.value)]) {
          const again = articleOf(sent, { site: moved, now: now + 5000, known: made.value })
          expect(again.ok && isSame(again.value, made.value), JSON.stringify(sent)).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })
})
