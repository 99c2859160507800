import type { Article } from '../src/domain/article.ts'

type Whole<T> = T extends (infer Item)[]
  ? Whole<Item>[]
  : T extends object
    ? { [Key in keyof T]-?: Whole<T[Key]> }
    : T

/**
 * A sample article in which every field is set; the compiler demands each field of `Article` except `keys`, which no input
 * has.
 */
export const whole: Whole<Omit<Article, 'keys'>> = {
  slug: 'marche-d-ete',
  id: 'tag:kiosque.example,2024:marche-d-ete',
  url: 'https://journal.example/marche',
  title: 'Le marché d’été ouvre samedi',
  shortTitle: 'Le marché ouvre',
  kicker: 'Vie de quartier',
  summary: 'Quarante maraîchers s’installent.',
  html: '<p>Quarante maraîchers s’installent au bord du canal.</p>',
  language: 'fr-CA',
  published: '2024-06-18T12:00:00Z',
  updated: '2024-06-19T12:00:00Z',
  dayOnly: ['published'],
  place: 'Montréal',
  urgency: 4,
  section: 'Local',
  tags: ['Marché'],
  authors: [{ name: 'Ève Roy', url: 'https://journal.example/eve', email: 'eve@journal.example' }],
  source: { name: 'L’Agence', url: 'https://agence.example/' },
  image: {
    url: '/media/pont.jpg',
    type: 'image/jpeg',
    bytes: 81234,
    width: 1200,
    height: 800,
    alt: 'Un pont',
    caption: 'Le pont, samedi.',
    credit: 'Ana Roy',
  },
  attachments: [
    {
      url: 'https://sons.example/a.mp3',
      type: 'audio/mpeg',
      bytes: 99,
      seconds: 61,
      title: 'Le son',
    },
  ],
  rights: { syndicate: 'full', copyright: '© 2024 L’Agence', license: 'https://agence.example/licence' },
  note: 'L’heure a été corrigée.',
  embargo: '2024-06-18T12:30:00Z',
  expires: '2030-01-01T00:00:00Z',
  comments: 'first-held',
  status: 'published',
}

/**
 * Other values for every field of the sample article `whole`, except for `slug` and `id`, which identify an
 * article.
 */
const other: Whole<Omit<Article, 'slug' | 'id' | 'keys'>> = {
  url: 'https://journal.example/fete',
  title: 'La fête du canal',
  shortTitle: 'La fête',
  kicker: 'Au bord de l’eau',
  summary: 'Elle dure deux jours.',
  html: '<p>La fête dure deux jours.</p>',
  language: 'en-CA',
  published: '2024-06-17T12:00:00Z',
  updated: '2024-06-18T14:00:00Z',
  dayOnly: ['updated'],
  place: 'Québec',
  urgency: 5,
  section: 'Culture',
  tags: ['Fête'],
  authors: [{ name: 'Kim Roy', url: 'https://journal.example/kim', email: 'kim@journal.example' }],
  source: { name: 'L’autre agence', url: 'https://autre.example/' },
  image: {
    url: '/media/canal.png',
    type: 'image/png',
    bytes: 4321,
    width: 600,
    height: 400,
    alt: 'Un canal',
    caption: 'Le canal, dimanche.',
    credit: 'Kim Roy',
  },
  attachments: [
    { url: 'https://sons.example/b.ogg', type: 'audio/ogg', bytes: 98_000, seconds: 60, title: 'Le bruit' },
  ],
  rights: {
    syndicate: 'summary',
    copyright: '© 2025 Le Kiosque',
    license: 'https://kiosque.example/licence',
  },
  note: 'Le lieu a été corrigé.',
  embargo: '2024-06-18T12:45:00Z',
  expires: '2031-01-01T00:00:00Z',
  comments: 'off',
  status: 'draft',
}

type Path = readonly string[]

/** The paths of all texts, numbers, booleans and nulls in a nested object or list. */
function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...path, key]))
}

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce((inner, key) => (inner as Record<string, unknown>)[key], value)

/**
 * A pair for each field of the sample article `whole`: the field's dotted path, and a copy of `whole` in
 * which this field has the value `valueFor(path)`.
 */
export const variants = (valueFor: (path: Path) => unknown): [field: string, article: Article][] =>
  pathsIn(whole).map((path) => {
    const copy = structuredClone(whole)
    const parent = valueAt(copy, path.slice(0, -1)) as Record<string, unknown>
    parent[path.at(-1) as string] = valueFor(path)
    return [path.join('.'), copy]
  })

/**
 * One article for each field of the sample article `whole` except `slug` and `id`: a copy of `whole` that
 * differs in this field only.
 */
export const changes = variants((path) => valueAt(other, path)).filter(
  ([field]) => field !== 'slug' && field !== 'id',
)
