import { expect, test } from 'vitest'
import { hasAnyOf, heldReasons, repetitionOf } from '../../src/comments/spam.ts'
import type { HeldReason } from '../../src/domain/comment.ts'

type Facts = Parameters<typeof heldReasons>[0]

const usual: Facts = {
  ...{ mode: 'open', isKnown: false, links: 0, ageMilliseconds: 60_000, isTrapped: false },
  ...{ isRepeated: false, recent: 0, hasWord: false, isBanned: false, human: 'passed', akismet: 'passed' },
}

const cases: [what: string, facts: Partial<Facts>, reasons: HeldReason[]][] = [
  ['anybody, where comments are open', {}, []],
  ['a first comment', { mode: 'first-held' }, ['mode']],
  ['a comment of somebody known', { mode: 'first-held', isKnown: true }, []],
  ['each comment, where all are held', { mode: 'all-held', isKnown: true }, ['mode']],
  ['two links', { links: 2 }, []],
  ['three links', { links: 3 }, ['links']],
  ['a form of 3 seconds', { ageMilliseconds: 3000 }, []],
  ['a form of less', { ageMilliseconds: 2999 }, ['quick']],
  ['the field that nobody sees', { isTrapped: true }, ['trap']],
  ['the same text again', { isRepeated: true }, ['repeated']],
  ['the fifth comment in ten minutes', { recent: 4 }, []],
  ['the sixth comment in ten minutes', { recent: 5 }, ['rate']],
  ['a banned sender', { isBanned: true }, ['banned']],
  ['what the check refuses', { human: 'refused' }, ['robot']],
  ['what Turnstile could not check', { human: 'unavailable' }, ['unchecked']],
  ['what Akismet takes for spam', { akismet: 'refused' }, ['akismet']],
  ['what Akismet could not check', { akismet: 'unavailable' }, ['unchecked']],
  ['a watched word', { hasWord: true }, ['words']],
  [
    'all of it',
    {
      ...{ mode: 'all-held', links: 9, ageMilliseconds: 0, isTrapped: true },
      ...{ isRepeated: true, recent: 9, hasWord: true },
    },
    ['mode', 'links', 'quick', 'trap', 'repeated', 'rate', 'words'],
  ],
]
test.for(cases)('%s', ([, facts, reasons]) => {
  expect(heldReasons({ ...usual, ...facts })).toEqual(reasons)
})

const words: [text: string, words: string[], has: boolean][] = [
  ['Un texte', [], false],
  ['Le CASINO en ligne', ['casino'], true],
  ['Des casinos', ['casino'], false],
  ['Gagnez «casino».', ['Casino'], true],
  ['un crédit  rapide', ['crédit rapide'], true],
  ['un crédit très rapide', ['crédit rapide'], false],
  ['un credit rapide', ['crédit rapide'], false],
  ['c a s i n o', ['casino'], false],
]
test.for(words)('the text "%s" and the words %j', ([text, watched, has]) => {
  expect(hasAnyOf(watched, text)).toBe(has)
})

const long = 'Un texte assez long pour être reconnu'
const repetitions: [one: string, other: string, isSame: boolean][] = [
  [long, long, true],
  [long, `  UN texte, assez long\n\npour *être* reconnu !`, true],
  [long, `${long} bien`, false],
]
test.for(repetitions)('"%s" and "%s" are the same text: %s', ([one, other, isSame]) => {
  expect(repetitionOf(one) === repetitionOf(other)).toBe(isSame)
})

test('a short text can be written by many', () => {
  expect(repetitionOf('Merci beaucoup !')).toBeUndefined()
})
