// I/O: calls the function that the caller passes for reading articles; writes nothing.
import type { Revisions } from '../domain/revisions.ts'
import type { Head } from '../domain/store.ts'
import { validatorsOf } from '../http/validators.ts'
import type { ReadPorts } from './ports.ts'

/** The part of a head from which validators and cache lifetimes are computed. */
export type Freshness = Pick<
  Head,
  'revision' | 'revised' | 'since' | 'readAt' | 'due' | 'siteDue' | 'stale' | 'overdue' | 'outdated'
>

/**
 * The instant of the last change of a document: the date of its last save, or the instant of the scheduled change that
 * could not be saved. If the date is bad, the revision replaces it, because it is the time of the save too.
 */
export function changedAt({ revision, revised, due, overdue }: Freshness): number {
  const saved = revised > 0 ? revised : revision
  return overdue === undefined ? saved : Math.max(saved, due ?? 0)
}

/** The instant at which the first read of several heads began. */
export function firstRead(heads: readonly Pick<Head, 'readAt'>[]): Pick<Head, 'readAt'> {
  const instants = heads.flatMap(({ readAt }) => readAt ?? [])
  return instants.length > 0 ? { readAt: Math.min(...instants) } : {}
}

/** The freshness of a document that depends on several heads. A change of any of the heads changes the document. */
export function freshnessOf(heads: readonly Freshness[]): Freshness {
  const dues = heads.flatMap(({ due }) => due ?? [])
  const siteDues = heads.flatMap(({ siteDue }) => siteDue ?? [])
  const sinces = heads.flatMap(({ since }) => since ?? [])
  const stale = heads.flatMap((head) => head.stale ?? [])
  const overdues = heads.flatMap(({ overdue }) => overdue ?? [])
  return {
    revision: Math.max(...heads.map(({ revision }) => revision)),
    revised: Math.max(...heads.map(({ revised }) => revised)),
    ...(sinces.length === heads.length && { since: Math.max(...sinces) }),
    ...firstRead(heads),
    ...(dues.length > 0 && { due: Math.min(...dues) }),
    ...(siteDues.length > 0 && { siteDue: Math.min(...siteDues) }),
    ...(stale.length > 0 && { stale: Math.max(...stale) }),
    ...(overdues.length > 0 && { overdue: Math.max(...overdues) }),
  }
}

/**
 * The instant at which every cache lifetime ends: the site's next `due`, which is the same for all answers. The `due` of
 * the selection cannot come before it, except where it is no change of an article: the news sitemap changes each hour.
 */
export function lifetimeEnd({ due, siteDue }: Pick<Freshness, 'due' | 'siteDue'>): { due?: number } {
  const end = Math.min(due ?? Number.POSITIVE_INFINITY, siteDue ?? Number.POSITIVE_INFINITY)
  return end === Number.POSITIVE_INFINITY ? {} : { due: end }
}

/**
 * The validators and cache lifetime of a representation of a selection. `format` becomes part of the ETag, so
 * that each format of a selection has its own ETag. There are no validators while scheduled changes of the
 * selection are overdue.
 */
export function describeFreshness(ports: ReadPorts, head: Freshness & Pick<Head, 'path'>, format: string) {
  const now = ports.clock()
  return {
    ...(head.overdue === undefined && { validators: validatorsOf(head, format, ports.digest, now) }),
    now,
    ...lifetimeEnd(head),
    ...(head.stale !== undefined && { stale: head.stale }),
    ...(head.outdated && { isCurrent: () => false }),
    selections: [head.path],
  }
}

/**
 * The memory in which values may be kept under the revision of this head. While scheduled changes are overdue, there
 * is none, because the content then differs from the content of the revision.
 */
export const memoryFor = (
  { memory }: ReadPorts,
  { overdue }: Pick<Freshness, 'overdue'>,
): ReadPorts['memory'] => (overdue === undefined ? memory : undefined)

/** Tells whether content is what the heads that were read before it stand for. */
export interface Currency {
  /**
   * Each read of content reports here the revisions at which it was read, in the order of the heads. The result
   * tells whether they are the revisions of the heads, so that memory may keep the content under them.
   */
  report: (revisions: Revisions) => boolean
  /**
   * Reads articles and reports their revisions. The heads do not tell what is public now if a save has come since, or
   * if the `due` of a head has come. Then the articles are read again, as they are public now. `at` is undefined, or the
   * instant whose public articles must be read.
   */
  read: <T extends { revisions: Revisions }>(
    read: (at: number | undefined) => Promise<T>,
  ) => Promise<{ content: T; isOfHeads: boolean }>
  /** Whether the heads stand for all content that was read. */
  isCurrent: () => boolean
}

/** Compares the content that is read with the heads that were read before. */
export function currencyOf(
  { clock }: Pick<ReadPorts, 'clock'>,
  heads: readonly Pick<Head, 'revision' | 'due' | 'overdue'>[],
): Currency {
  const isOverdue = heads.some(({ overdue }) => overdue !== undefined)
  const due = Math.min(...heads.map((head) => head.due ?? Number.POSITIVE_INFINITY))
  let isCurrent = true
  const report = (revisions: Revisions): boolean => {
    const isSame = heads.every(({ revision }, at) => revision === revisions[at])
    isCurrent &&= isSame
    return isSame
  }
  return {
    report,
    async read(read) {
      if (isOverdue) {
        const content = await read(clock())
        return { content, isOfHeads: report(content.revisions) }
      }
      const content = await read(undefined)
      const isOfHeads = report(content.revisions) && clock() < due
      isCurrent &&= isOfHeads
      return { content: isOfHeads ? content : await read(clock()), isOfHeads }
    },
    isCurrent: () => isCurrent,
  }
}
