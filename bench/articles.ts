import type { Article } from '../src/domain/article.ts'
import { rfc3339 } from '../src/domain/instant.ts'
import { slugOf } from '../src/domain/slug.ts'
import { proseOf } from './prose.ts'

/**
 * The publication instant of the newest article. It is chosen so that the newest month has exactly twenty
 * articles, all with the tag `monthly`, in stores of every size.
 */
export const newest = Date.parse('2026-06-01T01:35:00Z')
/** Milliseconds between two articles: five minutes, which makes 105,120 articles a year. */
export const interval = 300_000

/**
 * The tag that only the first twenty articles of each month have. Therefore each monthly archive of this tag
 * has twenty articles, however many articles the store contains.
 */
export const monthly = 'Dossier du mois'
/** The tag that every article of the bench has. */
export const everywhere = 'À la une'

const sections = ['Monde', 'Politique', 'Économie', 'Culture', 'Sciences', 'Sports', 'Régions', 'Société']
const tags = 'climat justice école santé transports énergie budget cinéma pêche patrimoine défense logement'
  .split(' ')
  .map((tag) => tag.charAt(0).toUpperCase() + tag.slice(1))

const paragraphs = 4096
const perBody = 7

interface Pool {
  titles: string[]
  /** The slugs made from `titles`: the slug at a position belongs to the title at the same position. */
  slugs: string[]
  summaries: string[]
  bodies: string[]
  names: string[]
}

let pool: Pool | undefined

function fill(): Pool {
  const { title, sentence, person, paragraph } = proseOf(20_240_619)
  const many = <T>(length: number, make: (at: number) => T): T[] =>
    Array.from({ length }, (_, at) => make(at))
  const titles = many(2048, title)
  return {
    titles,
    slugs: titles.map((one) => slugOf(one).slice(0, 60).replace(/-$/, '')),
    summaries: many(1024, sentence),
    bodies: many(paragraphs, () => `<p>${paragraph(580)}</p>`),
    names: many(101, person),
  }
}

/** The element of a list at a position; positions beyond the end start again at the beginning. */
const pick = (list: readonly string[], at: number): string => list[at % list.length] as string

/**
 * Returns an article by its age: 0 is the newest article, 1 is the article published before the newest one. An
 * article of a given age is the same in every store.
 */
export function articleAt(age: number): Article {
  pool ??= fill()
  const instant = newest - age * interval
  const published = rfc3339(instant)
  const slug = `${pick(pool.slugs, age)}-${age}`
  return {
    slug,
    id: `tag:kiosque.example,${published.slice(0, 4)}:${slug}`,
    title: pick(pool.titles, age),
    summary: pick(pool.summaries, age),
    html: bodyAt(pool.bodies, age),
    language: 'fr-CA',
    published,
    updated: published,
    section: pick(sections, age),
    tags: [everywhere, pick(tags, age * 7), ...(placeInMonth(instant) < 20 ? [monthly] : [])],
    authors: [{ name: pick(pool.names, age * 13) }],
    attachments: [],
    rights: { syndicate: 'full' },
    status: 'published',
  }
}

/**
 * The body of an article. Neighbouring articles share no paragraph, because feeds with repeated paragraphs
 * would compress better than real feeds.
 */
function bodyAt(bodies: readonly string[], age: number): string {
  const stride = 1 + 2 * Math.floor((age * perBody) / paragraphs)
  return Array.from({ length: perBody }, (_, at) => pick(bodies, age * perBody + at * stride)).join('')
}

function placeInMonth(instant: number): number {
  const day = new Date(instant)
  return Math.floor((instant - Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 1)) / interval)
}
