import { describe, expect, test } from 'vitest'
import {
  apologyIn,
  canonicalTag,
  directionOfText,
  type LanguageName,
  languageOf,
  languages,
  localeOf,
  wordsIn,
} from '../../src/domain/language.ts'
import type { Language } from '../../src/domain/words.ts'
import { textOf } from '../source.ts'

test.for<[tag: string, language: LanguageName]>([
  ['fr', 'fr'],
  ['FR-ca', 'fr'],
  ['fr-Latn-CA', 'fr'],
  ['de', 'de'],
  ['de-AT', 'de'],
  ['DE-CH-1901', 'de'],
  ['en', 'en'],
  ['en-CA', 'en'],
  // Languages in which Kiosque has no texts, and which a careless comparison could take for French, German or
  // English: North Frisian (frr), Arpitan (frp), German Sign Language (gsg), Middle English (enm).
  ['frr', 'en'],
  ['frp', 'en'],
  ['frr-DE', 'en'],
  ['gsg', 'en'],
  ['enm', 'en'],
  ['tlh', 'en'],
  ['x-fr', 'en'],
  ['constructor', 'en'],
  ['', 'en'],
])('the language of the tag "%s" is %s', ([tag, language]) => {
  expect(languageOf(tag)).toBe(language)
})

test.for<[tag: string, words: string]>([
  ['fr-CA', 'fr-CA'],
  ['fr', 'fr-CA'],
  ['FR-ca', 'fr-CA'],
  ['fr-Latn', 'fr-CA'],
  ['fr-Latn-CA', 'fr-CA'],
  ['fr-CA-u-nu-latn', 'fr-CA'],
  ['fr-u-nu-latn', 'fr-CA'],
  ['fr-FR', 'fr-FR'],
  ['fr-BE', 'fr-FR'],
  ['fr-Latn-FR', 'fr-FR'],
  ['fr-029', 'fr-FR'],
  ['fr-FR-u-ca-gregory', 'fr-FR'],
  ['de', 'de'],
  ['de-AT', 'de'],
  ['en', 'en'],
  ['en-US', 'en'],
  ['tlh', 'en'],
  ['', 'en'],
])('the words for the tag "%s" are those of %s', ([tag, words]) => {
  expect(wordsIn(tag).tag).toBe(words)
})

test.for<[tag: string, locale: string]>([
  ['fr', 'fr-CA'],
  ['fr-CH', 'fr-CH'],
  ['en', 'en'],
  ['en-GB', 'en-GB'],
  ['de', 'de'],
  ['de-AT', 'de-AT'],
  ['frr', 'en-CA'],
  ['tlh-AQ', 'en-CA'],
])('dates for the tag "%s" are written as in %s', ([tag, locale]) => {
  expect(localeOf(tag)).toBe(locale)
})

test.for<[tag: string, canonical: string | undefined]>([
  ['fr_ca', 'fr-CA'],
  ['DE-at', 'de-AT'],
  ['deu', 'de'],
  ['français', undefined],
  ['', undefined],
  [`fr-x-${'aaaaaaaa-'.repeat(10)}aaaaa`, `fr-x-${'aaaaaaaa-'.repeat(10)}aaaaa`],
  [`fr-x-${'aaaaaaaa-'.repeat(10)}aaaaaa`, undefined],
])('the tag "%s" is spelt %s', ([tag, canonical]) => {
  expect(canonicalTag(tag)).toBe(canonical)
})

test('some problems have a text in each language; the others keep their English text', () => {
  expect(apologyIn('de-AT', 404)?.title).toBe('Seite nicht gefunden')
  expect(apologyIn('fr', 410)?.title).toBe('Cet article n’est plus publié')
  expect(apologyIn('tlh', 503)?.title).toBe('The service is interrupted')
  expect(apologyIn('fr-CA', 429)?.title).toBe('Trop de demandes à la fois')
  expect(apologyIn('de', 405)).toBeUndefined()
})

/**
 * Lists every text of a language by its path, such as `page.skip`. If a function composes the text, the list
 * shows the function's result for sample arguments.
 */
function wordsByPath(words: unknown, path = ''): Record<string, string> {
  if (typeof words === 'string') return { [path]: words }
  if (typeof words === 'function') return { [path]: words('Atom', 'a.example') }
  const entries = Object.entries(words ?? {}).map(([key, value]) =>
    wordsByPath(value, path ? `${path}.${key}` : key),
  )
  return Object.assign({}, ...entries)
}

const english = wordsByPath(languages.en.words)

/** The paths of the English texts that are missing or blank in the given language. */
const missingIn = (words: unknown): string[] => {
  const own = wordsByPath(words)
  return Object.keys(english).filter((path) => (own[path] ?? '').trim() === '')
}

/** The paths of the phrases that are the same in the given language as in English. */
const asInEnglish = (words: unknown): string[] =>
  Object.entries(wordsByPath(words))
    // The language's tag, its punctuation marks and its date formats are not phrases, so they may be the same
    // as in English.
    .filter(
      ([path, word]) => !['tag', 'colon', 'quote', 'day', 'time'].includes(path) && english[path] === word,
    )
    .map(([path]) => path)

const wordings = (Object.entries(languages) as [LanguageName, Language][]).flatMap(([name, language]) =>
  [language.words, language.otherRegions ?? []].flat().map((words) => ({ name, language, words })),
)

describe('the words of a language', () => {
  test('the checks see what is missing, and what is not translated', () => {
    expect(Object.keys(english).length).toBeGreaterThan(80)
    const { page, ...others } = languages.de.words
    const { skip: _, ...rest } = page
    const folders = { ...page.folders, tags: ' ' }
    expect(missingIn({ ...others, page: { ...rest, folders } })).toEqual(['page.skip', 'page.folders.tags'])
    expect(asInEnglish({ ...others, page: { ...page, by: 'By' } })).toEqual(['page.by'])
  })

  test.for(wordings)('$words.tag: none is missing', ({ words }) => {
    expect(missingIn(words)).toEqual([])
    expect(Object.keys(wordsByPath(words)).filter((path) => english[path] === undefined)).toEqual([])
  })

  test.for(wordings.filter(({ name }) => name !== 'en'))(
    '$words.tag: those of English are as `asInEnglish` lists them',
    ({ words, language }) => {
      expect(asInEnglish(words)).toEqual(language.asInEnglish)
      expect(language.asInEnglish.length, 'texts left in English').toBeLessThan(
        Object.keys(english).length / 5,
      )
    },
  )

  test.for(wordings)('$words.tag: a verb goes around one name, a mark around one passage', ({ words }) => {
    const around = [...Object.values(words.share.verbs), words.quote]
    expect(around.filter((text) => text.split('{}').length !== 2)).toEqual([])
  })

  test.for(wordings)('$words.tag: its typography holds in every word', ({ name, words }) => {
    const wrong: Record<LanguageName, RegExp> = {
      // Each pattern matches typographic mistakes in one language, such as straight quotation marks, three dots
      // instead of an ellipsis, or a space at the end of a text.
      en: /["']|\.\.\.|^\s|\s$/,
      fr: /[^\u00a0][:;!?»]|«[^\u00a0]|["'“”]|\.\.\.|\s$/,
      de: /["'”«»]|\s[:;!?]|[^\u00a0]…|\.\.\.|^\s|\s$/,
    }
    expect(Object.values(wordsByPath(words)).filter((text) => wrong[name].test(text))).toEqual([])
    const everywhere = ['Un "mot"', 'Un mot...', 'Un mot ']
    expect(
      everywhere.filter((mistake) => !wrong[name].test(mistake)),
      'mistakes that pass',
    ).toEqual([])
  })

  test.for(wordings)('$words.tag: its tag is one of that language, which Intl knows', ({ name, words }) => {
    expect(languageOf(words.tag)).toBe(name)
    expect(wordsIn(words.tag)).toBe(words)
    expect(Intl.DateTimeFormat.supportedLocalesOf(words.tag)).toEqual([words.tag])
  })

  test('README names each language', () => {
    const names = new Intl.DisplayNames('en', { type: 'language' })
    const [line] = textOf('README.md').match(/^- Pages work without JavaScript.*$/m) ?? []
    expect(Object.keys(languages).filter((name) => !line?.includes(names.of(name) ?? ''))).toEqual([])
  })

  test('no function word is one of two languages', () => {
    const all = Object.values(languages).flatMap(({ functionWords }) => functionWords.split(' '))
    expect(all.filter((word, place) => all.indexOf(word) !== place)).toEqual([])
  })
})

test.for<[text: string, direction: string]>([
  ['Oui. نعم', 'ltr'],
  ['« نعم » Oui', 'rtl'],
  ['1. שלום', 'rtl'],
  ['\u{1E900}', 'rtl'],
  ['👍 100 %', 'ltr'],
  ['', 'ltr'],
])('the first letter of %j makes its direction %s', ([text, direction]) => {
  expect(directionOfText(text)).toBe(direction)
})
