import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { kiosque } from './sample-site.ts'

/**
 * Whether a walk requests an address: each page of an article, but feeds, share data and embeds of every tenth article
 * only, because a walk would otherwise last too long.
 */
export function isWalked(path: string): boolean {
  const [, article] = /articles\W(?:2F)?n(\d+)/.exec(path) ?? []
  return article === undefined || article.endsWith('1') || /^\/articles\/[\w-]+$/.test(path)
}

/** More articles than a feed, a page, an archive and a sitemap have. */
const thousand = 1200

/** Articles of which each sixtieth has the same date as others, in three years and in several selections. */
const plain = (at: number) => ({
  slug: `n${at}`,
  title: `Numéro ${at}`,
  text: `Le corps de l’article ${at}.`,
  section: ['Région', 'région', 'Culture', 'Pays'][at % 4],
  tags: [at % 2 ? 'Hiver' : 'HIVER', ...(at % 50 ? [] : ['Rare'])],
  authors: [`Auteur ${at % 4}`],
  published: `202${2 + (at % 3)}-0${1 + (at % 2)}-${String(10 + (at % 10)).padStart(2, '0')}T12:00:00Z`,
})

const every = (step: number, from: number, make: (at: number) => object): object[] =>
  Array.from({ length: Math.floor((thousand - from) / step) }, (_, index) => make(from + index * step))

/** What happens after the first import: corrections, changes of dates, sections, states and slugs. */
const later = [
  ...every(40, 3, (at) => ({ ...plain(at), title: `Corrigé ${at}`, note: 'Une correction.' })),
  ...every(90, 5, (at) => ({
    ...plain(at),
    published: '2021-03-01T12:00:00Z',
    updated: '2021-03-01T12:00:00Z',
  })),
  ...every(80, 7, (at) => ({ ...plain(at), section: 'Déplacés' })),
  ...every(100, 8, (at) => ({ ...plain(at), status: 'draft' })),
  ...every(110, 9, (at) => ({ ...plain(at), embargo: '2199-01-01T00:00:00Z' })),
  ...every(120, 11, (at) => ({ ...plain(at), expires: '2024-12-31T00:00:00Z' })),
  ...every(130, 13, (at) => ({ ...plain(at), rights: { syndicate: 'none' } })),
]

/**
 * Adds a thousand articles to a site, and lets happen to them whatever can happen to articles. Returns the number of
 * articles that were added.
 */
export function fillThousand(port: number, folder: string): number {
  const save = (name: string, articles: readonly object[]) => {
    const file = join(folder, name)
    writeFileSync(file, articles.map((article) => JSON.stringify(article)).join('\n'))
    kiosque(port, 'import', file)
  }
  // Every tenth article is saved last, so that numbers do not follow dates.
  const all = Array.from({ length: thousand }, (_, at) => at)
  save('mille.ndjson', [...all.filter((at) => at % 10), ...all.filter((at) => at % 10 === 0)].map(plain))
  save('ensuite.ndjson', later)
  const withdrawn = all.filter((at) => at % 60 === 17)
  kiosque(port, 'withdraw', '--yes', ...withdrawn.map((at) => `n${at}`))
  const listed = kiosque(port, 'list', '--author', 'auteur-1', '--json').trim().split('\n')
  const ids = new Map(listed.map((line) => JSON.parse(line)).map(({ slug, id }) => [slug, id]))
  const moved = [21, 221, 421].map((at) => ({ ...plain(at), id: ids.get(`n${at}`), slug: `n${at}-bis` }))
  save('renommes.ndjson', moved)
  return thousand
}
