import { rfc3339 } from '../../src/domain/instant.ts'

/** One state of an article that an editor has asked for. */
export interface Version {
  slug: string
  /**
   * The number in the title and text of this version, and of no other; 0 for a withdrawal, which changes neither
   * title nor text.
   */
  number: number
  status: 'published' | 'draft' | 'withdrawn'
  syndicate: 'full' | 'summary' | 'none'
  section: string
  tags: readonly string[]
  author: string
  /** All instants are epoch milliseconds of the run's clock. */
  published: number
  /** The end of the embargo; 0 without an embargo. */
  embargo: number
  /** The expiry; `Infinity` if the article does not expire. */
  expires: number
  /** When the request was first sent, and when the site acknowledged it; undefined if no acknowledgement came. */
  begun: number
  acknowledged?: number
}

/** A stored article as the API shows it; undefined if the store has no such article. */
export type Found = { number: number; status: string } | undefined

/** Every state that editors have asked for. */
export interface Ledger {
  /** The number of the next version. */
  nextNumber: () => number
  add: (version: Version) => void
  /** Removes a version that the site has certainly not saved. */
  remove: (version: Version) => void
  /** The last version of each article that meets the condition. */
  last: (slug: string) => Version | undefined
  slugs: () => string[]
  version: (number: number) => Version | undefined
  /** Whether an answer, given from `begun` to `ended`, may show the version. */
  mayShow: (version: Version, span: Span) => boolean
  /** The versions that an answer, given from `begun` to `ended`, must show if its selection contains them. */
  mustShow: (span: Span) => Version[]
  /** Whether an embargo ends or an article expires from one instant to another. */
  changes: (from: number, to: number) => boolean
  /** The states that the store may have now for an article. */
  allowed: (slug: string) => Found[]
}

/** The time of an answer. `stale` says that the answer is an old copy, which may lack any save. */
interface Span {
  begun: number
  ended: number
  stale: boolean
}

/** Milliseconds for which an isolate may answer from its memory after another isolate has saved a change. */
export const memoryMilliseconds = 1000
/** Milliseconds by which the clocks of two processes on one machine, which both round, may differ. */
export const roundingMilliseconds = 50

export function openLedger(): Ledger {
  const articles = new Map<string, Version[]>()
  const byNumber = new Map<number, Version>()
  let highest = 0

  const later = (version: Version): Version[] => {
    const versions = articles.get(version.slug) ?? []
    return versions.slice(versions.indexOf(version) + 1)
  }

  /** The instant at which the site has certainly saved a later version. */
  const replaced = (version: Version): number =>
    Math.min(Infinity, ...later(version).flatMap(({ acknowledged }) => acknowledged ?? []))

  return {
    nextNumber: () => ++highest,
    add(version) {
      articles.set(version.slug, [...(articles.get(version.slug) ?? []), version])
      if (version.number > 0) byNumber.set(version.number, version)
    },
    remove(version) {
      const others = (articles.get(version.slug) ?? []).filter((one) => one !== version)
      articles.set(version.slug, others)
      byNumber.delete(version.number)
    },
    last: (slug) => articles.get(slug)?.at(-1),
    slugs: () => [...articles.keys()],
    version: (number) => byNumber.get(number),
    mayShow(version, { begun, ended, stale }) {
      const until = stale ? Infinity : replaced(version) + memoryMilliseconds + roundingMilliseconds
      return (
        version.status === 'published' &&
        Math.max(version.begun, version.embargo) <= ended + roundingMilliseconds &&
        Math.min(until, version.expires + roundingMilliseconds) > begun
      )
    },
    mustShow({ begun, ended, stale }) {
      if (stale) return []
      const known = begun - memoryMilliseconds - roundingMilliseconds
      return [...articles.values()].flatMap((versions) => {
        const version = versions.at(-1)
        const isSure =
          version?.status === 'published' &&
          (version.acknowledged ?? Infinity) <= known &&
          version.embargo <= begun - roundingMilliseconds &&
          version.expires > ended + roundingMilliseconds
        return isSure && version ? [version] : []
      })
    },
    changes: (from, to) =>
      [...byNumber.values()].some(({ embargo, expires }) =>
        [embargo, expires].some((at) => from <= at && at <= to),
      ),
    allowed(slug) {
      let states: Found[] = [undefined]
      for (const { number, status, acknowledged } of articles.get(slug) ?? []) {
        const made =
          number > 0
            ? [{ number, status }]
            : states.flatMap((state): Found[] =>
                // An article that was never public is deleted rather than withdrawn.
                state ? [{ ...state, status: 'withdrawn' }, undefined] : [undefined],
              )
        states = acknowledged === undefined ? [...states, ...made] : made
      }
      return states
    },
  }
}

/** The numbers of the versions whose titles, and whose texts, a body shows. */
export interface Shown {
  titles: readonly number[]
  texts: readonly number[]
}

const numbersBy = (pattern: RegExp, body: string): number[] => [
  ...new Set([...body.matchAll(pattern)].map(([, number]) => Number(number))),
]

export const shownIn = (body: string): Shown => ({
  titles: numbersBy(/Titre (\d+)\./g, body),
  texts: numbersBy(/Corps (\d+)\./g, body),
})

/** The fields of the API for a version. */
export function fieldsOf(version: Version): object {
  const { number, slug, section, tags, author, status, syndicate, published, embargo, expires } = version
  return {
    id: `urn:chaos:${slug}`,
    title: `Titre ${number}.`,
    summary: `Titre ${number}.`,
    text: `Corps ${number}.`,
    section,
    tags,
    authors: [author],
    published: rfc3339(published),
    status,
    rights: { syndicate },
    ...(embargo > 0 && { embargo: rfc3339(embargo) }),
    ...(expires < Infinity && { expires: rfc3339(expires) }),
  }
}
