import { expect, test } from 'vitest'
import { excerptOf, htmlOfText, textOfHtml } from '../../src/ingest/text.ts'

const paragraphs: readonly [title: string, text: string, html: string][] = [
  ['no text is no paragraph', ' \n\n ', ''],
  ['a blank line parts paragraphs', 'a\n\nb', '<p>a</p>\n<p>b</p>'],
  ['many blank lines part them once', '\na\n \t\n\n\nb\n', '<p>a</p>\n<p>b</p>'],
  ['a line break stays one', 'a\nb', '<p>a<br>b</p>'],
  ['line breaks of every system', 'a\r\nb\rc\r\n\r\nd', '<p>a<br>b<br>c</p>\n<p>d</p>'],
  ['nothing is markup', '<b>a</b> & &amp;', '<p>&lt;b&gt;a&lt;/b&gt; &amp; &amp;amp;</p>'],
  ['no-break spaces stay', '«\u00a0a\u202f»\u00a0', '<p>«\u00a0a\u202f»\u00a0</p>'],
]

test.for(paragraphs)('htmlOfText: %s', ([, text, html]) => expect(htmlOfText(text)).toBe(html))

const texts: readonly [title: string, html: string, text: string][] = [
  ['paragraphs are parted by a blank line', '<p>a</p><p>b</p>', 'a\n\nb'],
  ['a break is a line', 'a<br>b', 'a\nb'],
  ['markup goes, what it said stays', '<p>a <b>&lt;b&gt;</b> &amp; c</p>', 'a <b> & c'],
  ['no-break spaces stay', '<p>a\u00a0b</p>', 'a\u00a0b'],
  ['pictures say nothing', '<p><img src="https://a.example/" alt="a"></p>', ''],
]

test.for(texts)('textOfHtml: %s', ([, html, text]) => expect(textOfHtml(html)).toBe(text))

const excerpts: readonly [title: string, html: string, most: number, excerpt: string][] = [
  ['a short paragraph is whole', '<p>one two</p><p>three</p>', 7, 'one two'],
  ['the heading before it is not it', '<h2>a</h2><p>b</p>', 9, 'b'],
  [
    'an empty paragraph is not it',
    '<p><img src="https://a.example/"></p><blockquote><p>b</p></blockquote>',
    9,
    'b',
  ],
  ['without a paragraph, all text', '<ul><li>a</li><li>b</li></ul>', 9, 'a b'],
  ['a break is a space', '<p>a<br>b</p>', 9, 'a b'],
  ['cut after a word', '<p>one two three</p>', 12, 'one two…'],
  ['cut where a word ends', '<p>one two three</p>', 8, 'one two…'],
  ['no comma before the dots', '<p>one, two three</p>', 7, 'one…'],
  ['one long word is cut in itself', '<p>abcdefgh</p>', 5, 'abcd…'],
  ['a character is never halved', '<p>ab\u{1f600}cd</p>', 4, 'ab…'],
  ['nothing has no excerpt', '', 9, ''],
]

test.for(excerpts)('excerptOf: %s', ([, html, most, excerpt]) => {
  expect(excerptOf(html, most)).toBe(excerpt)
  expect(excerpt.length).toBeLessThanOrEqual(most)
})
