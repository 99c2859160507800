import { expect, test } from 'vitest'
import { differences } from '../../scripts/interop/readers/compare.ts'
import type { Published } from '../../scripts/interop/readers/life.ts'
import type { Kept, Shown } from '../../scripts/interop/readers/reader.ts'
import { tools } from '../../scripts/interop/readers/tools.ts'
import { textOf } from '../source.ts'

const published: Published = {
  id: 'urn:un',
  title: 'Un & deux',
  text: 'Premier mot.',
  link: 'https://a.example/un',
  author: 'Kim',
  tags: ['Été', 'Mer'],
  isWithdrawn: false,
}
const { isWithdrawn: _, ...fields } = published
const shown: Shown = { ...fields, tags: ['Mer', 'Été'], text: 'Un & deux Premier mot. Suite' }
const { author: __, tags: ___, ...bare } = shown
const corrected: Published = {
  ...published,
  title: 'Trois',
  text: 'Autre mot.',
  link: 'https://a.example/trois',
  author: 'Roy',
  tags: ['Hiver'],
}
const renamed: Published = { ...published, author: 'Roy' }
const withdrawn: Published = { ...published, isWithdrawn: true }
const everything: Kept = { title: 'a', text: 'a', link: 'a', author: 'a', tags: 'a' }

const rows: [
  what: string,
  shown: Shown[],
  now: Published[],
  keeps: Kept,
  isStored: boolean,
  wrong: string[],
][] = [
  ['an article, as published', [shown], [published], {}, false, []],
  ['an article that is not shown', [], [published], {}, true, ['urn:un is shown 0 times']],
  ['an article that is shown twice', [shown, shown], [published], {}, true, ['urn:un is shown 2 times']],
  ['an article that was never public', [shown], [], {}, false, ['urn:un is shown 1 times']],
  [
    'a title that is escaped twice',
    [{ ...shown, title: 'Un &amp; deux' }],
    [published],
    {},
    false,
    ['title'],
  ],
  ['another address', [{ ...shown, link: 'https://b.example/' }], [published], {}, false, ['link']],
  ['a text that is cut', [{ ...shown, text: 'Premier' }], [published], {}, false, ['text']],
  ['a tag that is lost', [{ ...shown, tags: ['Mer'] }], [published], {}, false, ['tags']],
  ['a feed reader without authors and tags', [bare], [published], {}, false, []],
  [
    'a correction that is not shown',
    [shown],
    [corrected],
    {},
    true,
    ['title', 'link', 'author', 'tags', 'text'],
  ],
  ['a correction that the feed reader cannot show', [shown], [corrected], everything, true, []],
  [
    'a correction that it shows, although it is said that it cannot',
    [{ ...shown, title: 'Trois' }],
    [corrected],
    everything,
    true,
    ['title'],
  ],
  ['a new name that it shows with the next text', [shown], [renamed], { allButText: 'a' }, true, []],
  [
    'a new name with a new text',
    [shown],
    [corrected],
    { allButText: 'a' },
    true,
    ['title', 'link', 'author', 'tags', 'text'],
  ],
  ['a withdrawn article that is still shown', [shown], [withdrawn], {}, true, ['urn:un is shown 1 times']],
  ['a withdrawn article that the feed reader keeps', [shown], [withdrawn], { withdrawal: 'a' }, true, []],
  [
    'a withdrawn article that it lost, although it is said that it keeps it',
    [],
    [withdrawn],
    { withdrawal: 'a' },
    true,
    ['urn:un is shown 0 times'],
  ],
  [
    'a withdrawn article that a new subscriber gets',
    [shown],
    [withdrawn],
    { withdrawal: 'a' },
    false,
    ['urn:un is shown 1 times'],
  ],
]
test.for(rows)('%s', ([, given, now, keeps, isStored, wrong]) => {
  const stored = new Map(isStored ? [[published.id, published]] : [])
  const found = differences(given, now, keeps, stored)
  expect(found).toHaveLength(wrong.length)
  for (const [at, words] of wrong.entries()) expect(found[at], words).toContain(words)
})

test('what was stored after one step is what the next step expects', () => {
  const stored = new Map<string, Published>()
  expect(differences([shown], [published], { title: 'a' }, stored)).toEqual([])
  const next = { ...shown, text: 'Autre mot.', link: corrected.link, author: 'Roy', tags: ['Hiver'] }
  expect(differences([next], [corrected], { title: 'a' }, stored)).toEqual([])
  expect(differences([{ ...next, title: 'Trois' }], [corrected], { title: 'a' }, stored)).toHaveLength(1)
})

test('docs/protocols.md: lists what each feed reader does not change, with the reason', () => {
  const [, table = ''] =
    /\n### What feed readers show after a change\n([\s\S]*?)\n##/.exec(textOf('docs/protocols.md')) ?? []
  const rows = table.split('\n').filter((line) => /^\| (?!feed reader|--)/.test(line))
  const named = { allButText: 'all but the text' } as Record<string, string>
  const expected = tools.flatMap(({ name, keeps }) =>
    Map.groupBy(Object.entries(keeps), ([, reason]) => reason)
      .entries()
      .map(
        ([reason, kept]) =>
          `| ${name} | ${kept.map(([what]) => named[what] ?? what).join(', ')} | ${reason} |`,
      )
      .toArray(),
  )
  expect(rows).toEqual(expected)
})
