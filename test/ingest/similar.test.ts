import { expect, test } from 'vitest'
import { isMostlySame } from '../../src/ingest/similar.ts'

const rain = '<p>La pluie tombe sur la ville depuis le matin, et le fleuve monte encore.</p>'
const sun = '<p>Le soleil revient sur les collines, après une semaine de brouillard sur la ville.</p>'
const many = (word: string) => `<p>${`${word} `.repeat(400_000)}</p>`

const rows: [what: string, one: string, other: string, same: boolean][] = [
  ['the same text', rain, rain, true],
  ['a corrected word', rain, rain.replace('matin', 'soir'), true],
  ['other tags and letter case', rain, `<h2>LA PLUIE</h2>${rain.replace('pluie', '<em>Pluie</em>')}`, true],
  ['a text that has become much longer', rain, `${rain}${sun}${sun}${sun}`, true],
  ['another text in the same words', rain, '<p>Le fleuve et la ville, le matin, encore la pluie.</p>', false],
  ['another text', rain, sun, false],
  ['a word that was added to one word', '<p>Un.</p>', '<p>Un mot.</p>', true],
  ['two words', '<p>Un.</p>', '<p>Deux.</p>', false],
  ['no text', '', '<img src="/a.jpg">', false],
  ['a text and none', rain, '', false],
  [
    'Chinese with a corrected character',
    '<p>今天城里下雨了河水上涨</p>',
    '<p>今天城里下雪了河水上涨</p>',
    true,
  ],
  ['another text in Chinese', '<p>今天城里下雨了</p>', '<p>昨日山上出太阳</p>', false],
  ['long texts of which the beginning differs', many('un deux trois'), many('quatre cinq six'), false],
]

test.for(rows)('%s', ([, one, other, same]) => {
  expect([isMostlySame(one, other), isMostlySame(other, one)]).toEqual([same, same])
})
