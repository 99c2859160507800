import { expect, test } from 'vitest'
import type { FromImport, KnownArticle } from '../../src/domain/imports.ts'
import type { ArticleInput } from '../../src/domain/input.ts'
import type { Found } from '../../src/domain/store.ts'
import { type Basis, daysIn, judge } from '../../src/write/identity.ts'
import { sampleArticle, site } from '../render/samples.ts'

const words = 'La ville rouvre le pont couvert lundi matin après trois mois de travaux de toiture'
const others = 'Les élèves de la polyvalente présentent une pièce qui raconte la fondation du village'
const corrected = `${words} et de peinture`

const stored = (over: Partial<KnownArticle<Found>> & { html?: string; title?: string } = {}) => {
  const { html = `<p>${words}</p>`, title = 'Météo', ...known } = over
  const article = sampleArticle({
    slug: 'meteo',
    id: 'urn:x:1',
    title,
    html,
    published: '2024-06-12T16:00:00Z',
  })
  return { found: { article, revision: 1 }, ...known } as KnownArticle<Found>
}

const same = { published: '2024-06-12T20:00:00Z' }
const later = { published: '2024-06-19T16:00:00Z' }

type Row = [
  what: string,
  basis: Basis,
  input: Partial<ArticleInput>,
  from: Partial<FromImport>,
  known: Parameters<typeof stored>[0],
  verdict: 'same' | 'other' | 'doubt',
]

const rows: Row[] = [
  ['an id', 'id', { ...later, id: 'urn:x:1', text: others }, {}, {}, 'same'],
  [
    'an id that the run repeats',
    'id',
    { ...later, id: 'urn:x:1', text: others },
    { repeats: true },
    {},
    'doubt',
  ],
  [
    'an id that the run repeats, with equal text',
    'id',
    { ...same, text: corrected },
    { repeats: true },
    {},
    'same',
  ],
  ['a file, title and day equal', 'file', { ...same, text: others }, { path: 'a' }, { path: 'a' }, 'same'],
  [
    'a file with a corrected title',
    'file',
    { ...same, title: 'Neige', text: corrected },
    { path: 'a' },
    { path: 'a' },
    'same',
  ],
  [
    'a file with next week’s column',
    'file',
    { ...later, text: others },
    { path: 'a' },
    { path: 'a' },
    'doubt',
  ],
  [
    'a file with next week’s column in usual words',
    'file',
    { ...later, text: corrected },
    { path: 'a' },
    { path: 'a' },
    'doubt',
  ],
  ['a file without a date, another text', 'file', { text: others }, { path: 'a' }, { path: 'a' }, 'doubt'],
  ['a file without a date, the same text', 'file', { text: corrected }, { path: 'a' }, { path: 'a' }, 'same'],
  [
    'a file published now',
    'file',
    { ...later, text: corrected },
    { path: 'a', keepsDate: true },
    { path: 'a' },
    'same',
  ],
  [
    'a file published now, another text',
    'file',
    { ...later, text: others },
    { path: 'a', keepsDate: true },
    { path: 'a' },
    'doubt',
  ],
  [
    'a slug published now',
    'slug',
    { ...later, slug: 'meteo', text: corrected },
    { keepsDate: true },
    {},
    'same',
  ],
  [
    'a title published now, the same text',
    'title',
    { ...later, text: words },
    { keepsDate: true },
    {},
    'same',
  ],
  [
    'a title published now, a corrected text',
    'title',
    { ...later, text: corrected },
    { keepsDate: true },
    {},
    'other',
  ],
  [
    'a file of another article',
    'file',
    { ...later, title: 'Neige', text: others },
    { path: 'a' },
    { path: 'a' },
    'other',
  ],
  [
    'a file with another id',
    'file',
    { ...same, id: 'urn:x:2', text: others },
    { path: 'a' },
    { path: 'a' },
    'other',
  ],
  [
    'a file that has got an id',
    'file',
    { ...same, id: 'urn:x:2', text: words },
    { path: 'a' },
    { path: 'a' },
    'same',
  ],
  [
    'a file with another id and title, the same text',
    'file',
    { ...same, title: 'Neige', id: 'urn:x:2', text: words },
    { path: 'a' },
    { path: 'a' },
    'doubt',
  ],
  ['a file with a corrected date', 'file', { ...later, text: words }, { path: 'a' }, { path: 'a' }, 'same'],
  [
    'a file of another picture without words',
    'file',
    { ...later, title: 'Caricature de Tremblay', html: '<p><img src="/media/b.png" alt=""></p>' },
    { path: 'a' },
    { path: 'a', title: 'Caricature de Lemieux', html: '<p><img src="/media/a.png" alt=""></p>' },
    'other',
  ],
  ['a slug of the same day', 'slug', { ...same, slug: 'meteo', text: others }, {}, {}, 'same'],
  ['a slug of another day', 'slug', { ...later, slug: 'meteo', text: others }, {}, {}, 'doubt'],
  ['a slug of a known file', 'slug', { ...same, slug: 'meteo', text: others }, {}, { path: 'a' }, 'doubt'],
  ['a title of the same day, another text', 'title', { ...same, text: others }, {}, {}, 'doubt'],
  ['a title of the same day, a corrected text', 'title', { ...same, text: corrected }, {}, {}, 'same'],
  ['a title of the same day, without a text', 'title', same, {}, {}, 'same'],
  [
    'a title of the same day, stored without a text',
    'title',
    { ...same, text: words },
    {},
    { html: '' },
    'same',
  ],
  ['a title of another day', 'title', { ...later, text: corrected }, {}, {}, 'other'],
  [
    'a title of the same day, from another file',
    'title',
    { ...same, text: others },
    { path: 'b' },
    { path: 'a' },
    'doubt',
  ],
  [
    'a title of the same day, from no file of its own',
    'title',
    { ...same, text: others },
    {},
    { path: 'a' },
    'doubt',
  ],
  ['a renamed file', 'title', { ...same, text: corrected }, { path: 'b' }, { path: 'a' }, 'same'],
  ['a second article of the run', 'title', { ...same, text: others }, { repeats: true }, {}, 'doubt'],
  ['an article that this run saved', 'title', { ...same, text: others }, {}, { run: 5 }, 'doubt'],
  ['another title with the same slug', 'title', { ...same, title: 'Météo+', text: words }, {}, {}, 'other'],
  [
    'a number in the stored title',
    'title',
    { ...same, title: 'Budget', text: words },
    {},
    { title: 'Budget 2024' },
    'other',
  ],
  ['another spelling of the title', 'title', { ...same, title: 'MÉTÉO', text: corrected }, {}, {}, 'same'],
  ['a title without a date', 'title', { text: others }, {}, {}, 'doubt'],
]

test.for(rows)('%s', ([, basis, input, from, known, verdict]) => {
  const arrival = {
    site,
    dayOf: daysIn(site),
    now: Date.parse('2024-07-01T00:00:00Z'),
    input: { title: 'Météo', ...input },
    from: { run: 5, ...from },
  }
  const judged = judge(basis, arrival, stored(known))
  expect(typeof judged === 'string' ? judged : 'doubt', JSON.stringify(judged)).toBe(verdict)
})
