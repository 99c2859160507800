import { expect, test } from 'vitest'
import { heldReasons } from '../../src/comments/held.ts'
import type { HeldReason } from '../../src/domain/comment.ts'

type Facts = Parameters<typeof heldReasons>[0]

const usual: Facts = { mode: 'open', isKnown: false, links: 0, ageMilliseconds: 60_000, isTrapped: false }

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
  [
    'all of it',
    { mode: 'all-held', links: 9, ageMilliseconds: 0, isTrapped: true },
    ['mode', 'links', 'quick', 'trap'],
  ],
]
test.for(cases)('%s', ([, facts, reasons]) => {
  expect(heldReasons({ ...usual, ...facts })).toEqual(reasons)
})
