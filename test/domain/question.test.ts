import { describe, expect, test } from 'vitest'
import { type Question, questionsOf } from '../../src/domain/question.ts'
import { cleanHtml } from '../../src/ingest/html.ts'
import { htmlOfMarkdown } from '../../src/ingest/markdown.ts'

/** The questions of an article with this HTML, as the sanitizer leaves it. */
function questionsIn(html: string, syndicate: 'full' | 'summary' | 'none' = 'full'): [string, Question[]] {
  const clean = cleanHtml(html, 'https://kiosque.example/')
  if (!clean.ok) throw new Error('refused')
  return [clean.value, questionsOf({ html: clean.value, rights: { syndicate } })]
}

/** The HTML with a sign where each question ends. */
const placed = ([html, questions]: [string, Question[]]): string =>
  questions.toReversed().reduce((text, { end }) => `${text.slice(0, end)}?${text.slice(end)}`, html)

const ask = (id: string, passage: string) =>
  `<mark data-question="Q" data-question-id="${id}">${passage}</mark>`

const places: [what: string, html: string, placed: string][] = [
  ['after the mark', `<p>a ${ask('x', 'b')} c</p>`, `<p>a ${ask('x', 'b')}? c</p>`],
  [
    'outside of a link',
    `<p><a href="/y">${ask('x', 'b')} c</a> d</p>`,
    `<p><a href="https://kiosque.example/y">${ask('x', 'b')} c</a>? d</p>`,
  ],
  [
    'after a link in the mark',
    `<p>${ask('x', '<a href="/y">b</a>')} c</p>`,
    `<p>${ask('x', '<a href="https://kiosque.example/y">b</a>')}? c</p>`,
  ],
  [
    'once for two marks of one question',
    `<p>${ask('x', 'a')}</p><p>${ask('x', 'b')}</p>`,
    `<p>${ask('x', 'a')}?</p><p>${ask('x', 'b')}</p>`,
  ],
  [
    'for each of two questions',
    `<p>${ask('x', 'a')} ${ask('y', 'b')}</p>`,
    `<p>${ask('x', 'a')}? ${ask('y', 'b')}?</p>`,
  ],
  [
    'for a mark in a mark',
    `<p>${ask('x', `a <mark>b</mark> ${ask('y', 'c')}`)}</p>`,
    `<p>${ask('x', `a <mark>b</mark> ${ask('y', 'c')}?`)}?</p>`,
  ],
  [
    'not for tags in an attribute',
    `<p><img src="/i.png" alt="${ask('x', 'b').replaceAll('"', '&quot;')}"></p>`,
    `<p><img src="https://kiosque.example/i.png" alt="${ask('x', 'b').replaceAll('"', '&quot;')}"></p>`,
  ],
  [
    'not for tags in text',
    '<p>&lt;mark data-question="a"&gt;b&lt;/mark&gt;</p>',
    '<p>&lt;mark data-question="a">b&lt;/mark></p>',
  ],
]

describe('questions about passages', () => {
  test.for(places)('stand %s', ([, html, expected]) => {
    expect(placed(questionsIn(html))).toBe(expected)
  })

  test('have the text as the author wrote it, and the passage without tags', () => {
    const [, found] = questionsIn(
      `<p><mark data-question="Est-ce &quot;A &amp; B&quot;&nbsp;&lt; d'ici ?">un <em>deux</em> &lt;b&gt; <img src="/i.png" alt="x > y"></mark></p>`,
    )
    expect(found).toMatchObject([{ text: 'Est-ce "A & B"\u00a0< d\'ici ?', passage: 'un deux &lt;b>' }])
  })

  test('keep their key when the passage and the article change, unless the text changes', () => {
    const keysOf = (html: string) => questionsIn(html)[1].map(({ key }) => key)
    const [key = ''] = keysOf('<p><mark data-question="Oui ?">a</mark></p>')
    expect(key).toMatch(/^[\da-z]{14}$/)
    expect(keysOf('<h2>x</h2><ul><li>y <mark lang="fr" data-question="Oui\n?">b</mark></ul>')).toEqual([key])
    expect(keysOf('<p><mark data-question="Non ?">a</mark></p>')).not.toEqual([key])
    expect(keysOf(`<p><mark data-question="Non ?" data-question-id="${key}">a</mark></p>`)).toEqual([key])
  })

  test('can be written in Markdown, as HTML', () => {
    const html = htmlOfMarkdown(
      'Le pont ferme <mark data-question="Oui ?" data-question-id="pont">du *3* au 14</mark>.',
    )
    expect(html.ok && questionsIn(html.value)[1]).toMatchObject([{ key: 'pont', passage: 'du 3 au 14' }])
  })

  test('are at most fifty, and a long passage is cut at a space', () => {
    const many = Array.from({ length: 60 }, (_, at) => `<p>${ask(`q${at}`, 'mot '.repeat(200))}</p>`).join('')
    const [, found] = questionsIn(many)
    expect(found).toHaveLength(50)
    expect(found[0]?.passage).toMatch(/^(?:mot ){99}mot…$/)
  })

  test('are not there where readers see no body', () => {
    expect(questionsIn(`<p>${ask('x', 'a')}</p>`, 'summary')[1]).toEqual([])
    expect(questionsIn(`<p>${ask('x', 'a')}</p>`, 'none')[1]).toHaveLength(1)
  })

  test('are found in linear time', () => {
    const size = 400_000
    for (const html of [
      '<mark data-question="a">'.repeat(size / 24),
      `<p title=" data-question="${'<'.repeat(size)}`,
      ' data-question="'.repeat(size / 16),
    ]) {
      const began = performance.now()
      questionsOf({ html, rights: { syndicate: 'full' } })
      expect(performance.now() - began, html.slice(0, 30)).toBeLessThan(2000)
    }
  })
})
