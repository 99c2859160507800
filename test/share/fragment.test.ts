import { expect, test } from 'vitest'
import { withCampaign } from '../../src/share/campaign.ts'
import { withPassage } from '../../src/share/fragment.ts'

const long = `${'mot '.repeat(5)}six ${'et '.repeat(30)}a b c d e f`
const passages: [rule: string, url: string, quote: string, expected: string][] = [
  ['a passage', 'https://a.example/x', 'deux mots', 'https://a.example/x#:~:text=deux%20mots'],
  [
    'a hyphen is no syntax',
    'https://a.example/x',
    'peut-être',
    'https://a.example/x#:~:text=peut%2D%C3%AAtre',
  ],
  [
    'a comma and an ampersand',
    'https://a.example/x',
    'a, b & c',
    'https://a.example/x#:~:text=a%2C%20b%20%26%20c',
  ],
  ['behind a fragment', 'https://a.example/x?a=1#haut', 'mot', 'https://a.example/x?a=1#haut:~:text=mot'],
  [
    'a long one by its ends',
    'https://a.example/',
    long,
    'https://a.example/#:~:text=mot%20mot%20mot%20mot%20mot%20six,a%20b%20c%20d%20e%20f',
  ],
  [
    'a hundred characters are whole, however many words they are',
    'https://a.example/',
    `${'a '.repeat(49)}bc`,
    `https://a.example/#:~:text=${'a%20'.repeat(49)}bc`,
  ],
  [
    'one character more is named by its ends',
    'https://a.example/',
    `${'a '.repeat(49)}bcd`,
    'https://a.example/#:~:text=a%20a%20a%20a%20a%20a,a%20a%20a%20a%20a%20bcd',
  ],
  [
    'twelve long words are two ends',
    'https://a.example/',
    `${'abcdefghij '.repeat(11)}fin`,
    `https://a.example/#:~:text=${Array(6).fill('abcdefghij').join('%20')},${'abcdefghij%20'.repeat(5)}fin`,
  ],
  [
    'eleven long words are whole: the ends would overlap',
    'https://a.example/',
    `${'abcdefghij '.repeat(10)}fin`,
    `https://a.example/#:~:text=${'abcdefghij%20'.repeat(10)}fin`,
  ],
  [
    'three hundred characters of few words are whole',
    'https://a.example/',
    `${'abcdefghi-'.repeat(29)}abcdefghij`,
    `https://a.example/#:~:text=${'abcdefghi%2D'.repeat(29)}abcdefghij`,
  ],
  [
    'one character more is named by the whole words at its ends',
    'https://a.example/',
    `début-${'abcdefghi-'.repeat(29)}bcdef`,
    `https://a.example/#:~:text=d%C3%A9but%2D${'abcdefghi%2D'.repeat(3)},%2D${'abcdefghi%2D'.repeat(3)}bcdef`,
  ],
  [
    'so is a passage in a script without spaces',
    'https://a.example/',
    '東京'.repeat(160),
    `https://a.example/#:~:text=${encodeURIComponent('東京'.repeat(20))},${encodeURIComponent('東京'.repeat(20))}`,
  ],
  [
    'twelve words of long Chinese are named by the words at its ends',
    'https://a.example/',
    Array(12).fill('東京'.repeat(40)).join(' '),
    `https://a.example/#:~:text=${encodeURIComponent('東京'.repeat(20))},${encodeURIComponent('東京'.repeat(20))}`,
  ],
  [
    'words with no-break spaces between them are one, so that the ends do not overlap',
    'https://a.example/',
    `${'a\u00a0: '.repeat(10)}${'abcdefgh '.repeat(9)}fin`,
    `https://a.example/#:~:text=${Array(6).fill(encodeURIComponent('a\u00a0:')).join('%20')},${'abcdefgh%20'.repeat(5)}fin`,
  ],
  [
    'a hundred and eleven characters of eleven words, some with no-break spaces, are whole',
    'https://a.example/',
    `${'abcdefg\u00a0: '.repeat(10)}abcdefghijk`,
    `https://a.example/#:~:text=${'abcdefg%C2%A0%3A%20'.repeat(10)}abcdefghijk`,
  ],
  [
    'a first word of more than forty letters is written in full',
    'https://a.example/',
    `${'a'.repeat(60)} ${'bcdefghi-'.repeat(30)}fin`,
    `https://a.example/#:~:text=${'a'.repeat(60)},%2D${'bcdefghi%2D'.repeat(4)}fin`,
  ],
  [
    'a long word has no border that a browser would find',
    'https://a.example/#haut',
    'a'.repeat(301),
    'https://a.example/#haut',
  ],
  ['an apostrophe', 'https://a.example/', "l'an", 'https://a.example/#:~:text=l%27an'],
]
test.for(passages)('withPassage: %s', ([, url, quote, expected]) => {
  expect(withPassage(url, quote)).toBe(expected)
})

const campaigns: [rule: string, url: string, expected: string][] = [
  ['tags', 'https://a.example/x', 'https://a.example/x?utm_source=x&utm_medium=social&utm_campaign=share'],
  [
    'the fragment stays last',
    'https://a.example/x#haut',
    'https://a.example/x?utm_source=x&utm_medium=social&utm_campaign=share#haut',
  ],
  [
    'a query stays as it is written',
    'https://a.example/?q=a%20b+c&=&é',
    'https://a.example/?q=a%20b+c&=&é&utm_source=x&utm_medium=social&utm_campaign=share',
  ],
  [
    'a tag that is there wins',
    'https://a.example/?utm_source=lettre',
    'https://a.example/?utm_source=lettre&utm_medium=social&utm_campaign=share',
  ],
  [
    'an encoded name is the same name',
    'https://a.example/?utm%5Fsource=lettre',
    'https://a.example/?utm%5Fsource=lettre&utm_medium=social&utm_campaign=share',
  ],
  [
    'nothing to add',
    'https://a.example/?utm_source=a&utm_medium=b&utm_campaign=c#d',
    'https://a.example/?utm_source=a&utm_medium=b&utm_campaign=c#d',
  ],
  [
    'a question mark in the fragment',
    'https://a.example/#a?b',
    'https://a.example/?utm_source=x&utm_medium=social&utm_campaign=share#a?b',
  ],
  [
    'an empty query',
    'https://a.example/?',
    'https://a.example/?utm_source=x&utm_medium=social&utm_campaign=share',
  ],
]
test.for(campaigns)('withCampaign: %s', ([, url, expected]) => {
  expect(withCampaign(url, 'x', 'social')).toBe(expected)
})
