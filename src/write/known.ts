// I/O: reads the store; writes nothing.
import type { Origin } from '../domain/backup.ts'
import type { FromImport, KnownArticle, WantedArticle } from '../domain/imports.ts'
import type { ArticleInput } from '../domain/input.ts'
import type { Problem } from '../domain/problem.ts'
import { slugOf } from '../domain/slug.ts'
import { articleIn, type Found } from '../domain/store.ts'
import { slugFor } from '../ingest/article.ts'
import { type Basis, compareCloseness, type DayOf, daysIn, judge } from './identity.ts'
import { keepingFields } from './kept.ts'
import type { PublishPorts } from './ports.ts'

/** An input, and what is known about it besides its fields. */
export interface Given {
  input: ArticleInput
  origin?: Origin | undefined
}

/**
 * The stored article that an input replaces; undefined if the input is a new article. `path` is the stored article's origin,
 * and `kept` names the fields that an article of an import leaves out and that are kept.
 * `problem` is the reason why an article of an import is not saved: it is doubtful whether the stored article is the same.
 */
export interface Match {
  input: ArticleInput
  stored: Found | undefined
  path?: string | undefined
  kept?: readonly string[]
  problem?: Problem
  /** Whether the slug that an article of an import would get belongs to another article. */
  isTaken?: boolean
}

/** Finds the stored articles that inputs replace. The result is in the order of the inputs. */
export async function matchAll(ports: PublishPorts, given: readonly Given[]): Promise<Match[]> {
  const plain = given.filter(({ origin }) => !origin?.import).map(({ input }) => input)
  const imported = given.filter(({ origin }) => origin?.import)
  const [stored, known] = await Promise.all([
    plain.length > 0
      ? ports.store.findMany(
          plain.flatMap(({ id }) => id ?? []),
          plain.map((input) => slugFor(input)),
        )
      : [],
    imported.length > 0 ? ports.store.findImported(imported.map(wantedOf)) : [],
  ])
  const dayOf = daysIn(ports.site)
  return given.map(({ input, origin }) =>
    origin?.import
      ? matchImported({ ...ports, dayOf }, input, origin, origin.import, known)
      : { input, stored: knownAmong(stored, input) },
  )
}

/**
 * The stored article that the input replaces: the article with the input's id, or, if there is none, the
 * article with its slug.
 */
const knownAmong = (stored: readonly Found[], input: ArticleInput): Found | undefined =>
  stored.find((one) => articleIn(one).id === input.id) ??
  stored.find((one) => articleIn(one).slug === slugFor(input))

/** An article with an id or a slug of its own is never found by its title. */
function wantedOf({ input, origin }: Given): WantedArticle {
  const { id = null, slug, published } = input
  const isTitled = id === null && slug === undefined && published !== undefined
  return {
    id,
    path: origin?.import?.path ?? null,
    slug: slugFor(input),
    published: isTitled ? Date.parse(published) : null,
  }
}

/**
 * The stored article that an article of an import replaces: the one with its id; or the one that came from the same file; or
 * the one with its slug that was published on the same day. Otherwise the article is new.
 */
function matchImported(
  { site, clock, dayOf }: PublishPorts & { dayOf: DayOf },
  input: ArticleInput,
  origin: Origin,
  from: FromImport,
  known: readonly KnownArticle<Found>[],
): Match {
  const arrival = { site, dayOf, now: clock(), input, from }
  for (const [basis, isFound] of basesOf(input, origin)) {
    const judged = known
      .filter(isFound)
      .sort((one, other) => compareCloseness(arrival, one, other))
      .map((one) => ({ one, verdict: judge(basis, arrival, one) }))
      .filter(({ verdict }) => verdict !== 'other')
    const best = judged.find(({ verdict }) => verdict === 'same') ?? judged[0]
    if (!best) continue
    const { found, path } = best.one
    const stored = articleIn(found)
    const { id, slug, title } = stored
    // What was withdrawn because its import was taken back may be imported again. Nothing of it is an editor's.
    const isUndone = best.one.isUndone && stored.status === 'withdrawn'
    const dated = from.keepsDate && !isUndone ? withoutDate(input) : input
    const { input: completed, kept } =
      from.whole || isUndone
        ? { input: dated, kept: [] }
        : keepingFields(site, dated, stored, from.guessesLanguage)
    const status = isUndone && ({ status: 'published' } as const)
    const match = {
      input: { ...status, ...completed, id, slug: input.slug ?? slug },
      stored: found,
      path,
      kept,
    }
    if (typeof best.verdict === 'string' || from.replace) return match
    const problem: Problem = {
      kind: 'doubtful',
      ...{ slug, title, day: dayOf(stored), reason: best.verdict.doubt },
    }
    return { ...match, problem }
  }
  const slug = slugFor(input)
  const isTaken = known.some(({ found }) => articleIn(found).slug === slug)
  if (isTaken && input.slug !== undefined)
    return { input, stored: undefined, problem: { kind: 'slug-taken', slug } }
  return { input, stored: undefined, isTaken }
}

/** The input without its date of publication, so that the stored article keeps its own. */
function withoutDate({ published: _, dayOnly = [], ...input }: ArticleInput): ArticleInput {
  const others = dayOnly.filter((field) => field !== 'published')
  return { ...input, ...(others.length > 0 && { dayOnly: others }) }
}

type IsFound = (one: KnownArticle<Found>) => boolean

/**
 * The bases by which a stored article is sought, in their order. An article of a backup is known by its id only. Another
 * article with an id may have got it after its file was imported.
 */
function basesOf({ id, slug, title }: ArticleInput, origin: Origin): [Basis, IsFound][] {
  const path = origin.backup ? undefined : origin.import?.path
  const base = slugOf(title)
  const isNumbered = (one: string) =>
    one === base || (one.startsWith(`${base}-`) && /^\d+$/.test(one.slice(base.length + 1)))
  return [
    ['id', ({ found }) => articleIn(found).id === id],
    ['file', (one) => path !== undefined && one.path === path],
    ['slug', ({ found }) => id === undefined && articleIn(found).slug === slug],
    ['title', ({ found }) => id === undefined && slug === undefined && isNumbered(articleIn(found).slug)],
  ]
}
