import { parseHTML } from 'linkedom'
import { describe, expect, test } from 'vitest'
import { directionOf } from '../../../src/domain/language.ts'
import type { Letter } from '../../../src/render/mail/letter.ts'
import { renderNews } from '../../../src/render/mail/news.ts'
import { isolatedLine, plainLine } from '../../../src/render/mail/plain-line.ts'
import { sampleArticle, site } from '../samples.ts'
import { choices, hostile, letters, link, links, postal } from './letters.ts'

const all = Object.entries(letters)
const documentOf = ({ html }: Letter) => parseHTML(html).document
const hrefsIn = (letter: Letter): string[] =>
  [...documentOf(letter).querySelectorAll('a')].map((one) => one.getAttribute('href') ?? '')

/** The words of a text in their order, without addresses and the marks of the plain text. */
const wordsOf = (text: string): string[] =>
  text
    .replace(/^> ?/gm, '')
    .replace(/^(?:https?:\/\/\S+|———)$/gm, ' ')
    .replace(/^- /gm, ' ')
    .split(/\s+/)
    .filter((word) => word !== '' && !/^[\u2068\u2069]+$/.test(word))
    .map((word) => word.replace(/[\u2068\u2069]/g, ''))

describe.for(all)('the mail %s', ([, letter]) => {
  test('loads nothing, and has no form and no script', () => {
    const names = new Set([...documentOf(letter).querySelectorAll('*')].map(({ localName }) => localName))
    const allowed = 'a bdi blockquote body div h1 h2 head html li meta p span style title ul'.split(' ')
    expect([...names].filter((name) => !allowed.includes(name))).toEqual([])
    expect(letter.html).not.toMatch(/url\(|@import|\ssrc=|\son\w+="/i)
  })

  test('says the same as plain text and as HTML, with the same addresses', () => {
    const { body } = documentOf(letter)
    for (const one of body.querySelectorAll('p, li, h1, h2')) one.append('\n')
    const html = wordsOf(body.textContent ?? '')
    const text = wordsOf(letter.text)
    expect(text).toEqual(html)
    const isShown = (href: string) => letter.text.split('\n').includes(href)
    expect(hrefsIn(letter).filter((href) => href !== site.url && !isShown(href))).toEqual([])
  })

  test('has a subject of one line that is also its title', () => {
    expect(letter.subject).toMatch(/^\S.{0,199}$/)
    expect(documentOf(letter).title).toBe(letter.subject)
  })

  test('has no control that turns the text after it', () => {
    const { subject, text, html } = letter
    expect(`${subject}${text}${html}`).not.toMatch(/[\u202a-\u202e\u2066\u2067]/)
    const count = (control: string) => `${text}${html}`.split(control).length
    expect(count('\u2068')).toBe(count('\u2069'))
  })

  test('has one heading of the first level at most, and headings in the order of their levels', () => {
    const levels = [...documentOf(letter).querySelectorAll('h1, h2')].map(({ localName }) => localName)
    expect(levels.filter((name) => name === 'h1')).toHaveLength(1)
    expect(levels[0]).toBe('h1')
  })
})

const requests = ['confirmation', 'address-change']
const kindOf = (name: string): string => name.split('.')[0] as string

test('each mail names the site with its postal address', () => {
  for (const [name, { text, html }] of all) {
    const wanted = name.startsWith('hostile-') ? plainLine(hostile) : postal
    expect(text, name).toContain(`, ${wanted}\n`)
    expect(html, name).toContain(name.startsWith('hostile-') ? 'alert(1)' : `Le Kiosque, ${postal}</p>`)
  }
})

test('mails to subscribers have the links to change and to end it, requests that which confirms, and statements none', () => {
  for (const [name, letter] of all) {
    const wanted = name.includes('statement')
      ? []
      : requests.includes(kindOf(name))
        ? [link]
        : [links.manage, links.unsubscribe]
    const own = hrefsIn(letter).filter((href) => href.includes('/subscriptions/'))
    expect(own, name).toEqual(wanted)
  }
})

test('the mail to a new address tells nothing of the subscription', () => {
  for (const language of ['fr-CA', 'en', 'de']) {
    const { text } = letters[`address-change.${language}`] as Letter
    expect(text, language).not.toMatch(/Local|Marché d|Kim Tremblay/)
  }
})

test('no mail has a text of an article but headline, kicker, summary, names and date', () => {
  const article = sampleArticle({
    ...{ html: '<p>Secret</p>', note: 'Secret', place: 'Secret', shortTitle: 'Secret' },
    image: { url: '/media/secret.jpg', alt: 'Secret', caption: 'Secret', credit: 'Secret' },
    attachments: [{ url: '/media/secret.pdf', type: 'application/pdf', title: 'Secret' }],
  })
  for (const syndicate of ['full', 'summary', 'none'] as const) {
    const letter = renderNews(site, {
      ...{ language: 'fr-CA', postal, links, choices: choices.slice(1, 2) },
      article: { ...article, rights: { syndicate } },
    })
    expect(letter.html + letter.text, syndicate).not.toMatch(/secret/i)
  }
})

test('the note of a correction is shown only with the rights to the body', () => {
  expect(letters['correction.fr-CA']?.text).toContain('Correction\u00a0: Le nom de l’île et sa date')
  expect(letters['rights-summary']?.text).not.toContain('Cette note ne sort pas.')
  expect(letters['rights-summary']?.html).not.toContain('Cette note ne sort pas.')
})

test('an article in another language has its language and direction on its part alone', () => {
  const document = documentOf(letters['right-to-left'] as Letter)
  const root = document.documentElement
  expect([root.getAttribute('lang'), root.getAttribute('dir')]).toEqual(['fr-CA', 'ltr'])
  const marked = [...document.querySelectorAll('[lang="ar"][dir="rtl"]')].map(({ localName }) => localName)
  expect(marked).toEqual(['p', 'h1', 'p'])
  expect(documentOf(letters['unknown-language'] as Letter).documentElement.getAttribute('lang')).toBe('en-CA')
})

test('the bar of a quote stands on the side on which its text begins', () => {
  const quotes = (name: string) =>
    [...documentOf(letters[name] as Letter).querySelectorAll('blockquote')].map((one) => [
      one.getAttribute('dir'),
      /border-\w+/.exec(one.getAttribute('style') ?? '')?.[0],
    ])
  expect(quotes('comment-from-right')).toEqual([['rtl', 'border-right']])
  expect(quotes('comment.fr-CA')).toEqual([['ltr', 'border-left']])
})

test.for<[tag: string, direction: string]>([
  ['fr-CA', 'ltr'],
  ['ar', 'rtl'],
  ['he-IL', 'rtl'],
  ['fa', 'rtl'],
  ['az', 'ltr'],
  ['az-Arab', 'rtl'],
  ['ar-Latn', 'ltr'],
  ['x"y', 'ltr'],
  ['', 'ltr'],
])('the direction of the tag "%s" is %s', ([tag, direction]) => {
  expect(directionOf(tag)).toBe(direction)
})

test.for<[what: string, text: string, line: string]>([
  ['line ends', 'a\r\nb\u2028c\u2029d', 'a b c d'],
  ['an override', 'a\u202eb', 'ab'],
  ['an isolate without an end', '\u2067a', 'a'],
  ['a mark of direction, which stays', 'a\u200fb', 'a\u200fb'],
  ['controls', 'a\u0000b\u0085c', 'abc'],
  ['a no-break space, which stays', 'a\u00a0b', 'a\u00a0b'],
])('one line of %s', ([, text, line]) => {
  expect(plainLine(text)).toBe(line)
})

test('a name from right to left is isolated; any other stays as it is', () => {
  expect(isolatedLine('نور')).toBe('\u2068نور\u2069')
  expect(isolatedLine('Noé 𐤀')).toBe('\u2068Noé 𐤀\u2069')
  expect(isolatedLine('Kim Tremblay')).toBe('Kim Tremblay')
})

test('what a stranger wrote cannot look like a text of the site, as each of its lines is marked as a quote', () => {
  const { text, html, subject } = letters['hostile-comment'] as Letter
  expect(text.split('\n').filter((line) => line === '———')).toHaveLength(1)
  expect(text).toContain(`> ${links.unsubscribe}`)
  expect(text.split('\n').filter((line) => line === links.unsubscribe)).toHaveLength(1)
  expect(subject).not.toMatch(/[\r\n\u2028\u202e]/)
  expect(html).not.toContain('<script')
})
