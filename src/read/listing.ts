// I/O: reads the store; writes nothing.
import type { Article } from '../domain/article.ts'
import type { From } from '../domain/cursor.ts'
import { pageLength } from '../domain/paging.ts'
import { failure, type Result, success } from '../domain/problem.ts'
import { narrow, titleTogether } from '../domain/selection.ts'
import type { Head, Page } from '../domain/store.ts'
import { elsewhere } from './article.ts'
import { currencyOf, freshnessOf, memoryFor } from './freshness.ts'
import type { Listing, ReadPorts } from './ports.ts'
import { keepTeasers, recallTeasers, teasersKey } from './teasers.ts'

/** Reads the newest articles of a selection that has, or had, public articles. */
export async function readListing(ports: ReadPorts, path: string): Promise<Result<Listing>> {
  const [head] = (await ports.store.heads([path], ports.digest)) ?? []
  if (!head) return elsewhere(ports, path, `"${path}"`)
  return success(listingOf(ports, [head]))
}

/** Reads the newest articles that are in every one of several selections. */
export async function readIntersection(ports: ReadPorts, paths: readonly string[]): Promise<Result<Listing>> {
  const heads = await ports.store.heads(paths, ports.digest)
  return heads ? success(listingOf(ports, heads)) : intersectionElsewhere(ports, paths)
}

/**
 * The failure for an intersection that cannot be found: `moved`, with the new paths, if a selection of the
 * intersection was renamed, else `not-found`.
 */
async function intersectionElsewhere(ports: ReadPorts, paths: readonly string[]): Promise<Result<never>> {
  const moves = await ports.store.movedAmong(paths)
  if (moves.size === 0)
    return failure({ kind: 'not-found', what: `the intersection of "${paths.join('" and "')}"` })
  return failure({ kind: 'moved', path: '', facets: paths.map((path) => moves.get(path) ?? path) })
}

const bySize = (one: Head, other: Head): number => one.size - other.size

/** Bytes of a value that only says that its key is there. */
const flagBytes = 16

function listingOf(ports: ReadPorts, heads: readonly Head[]): Listing {
  const { store, feedLength } = ports
  const paths = heads.map(({ path }) => path)
  const sorted = heads.toSorted(bySize)
  const rarestFirst = sorted.map(({ path }) => path)
  const { read, isCurrent } = currencyOf(ports, sorted)
  const head = heads[0] && heads.length === 1 ? heads[0] : intersectionOf(heads)
  const memory = memoryFor(ports, head)
  const keyOf = (from?: From) => teasersKey(head, from)
  const page = async (from?: From) => {
    const { content: found, isOfHeads } = await read((at) =>
      from
        ? store.page(rarestFirst, from, pageLength(feedLength), at)
        : store.newest(rarestFirst, feedLength, at),
    )
    // Memory would keep the content under the revision of the head, so newer content is not kept.
    if (isOfHeads) keepTeasers(memory, keyOf(from), { title: head.title, articles: articlesIn(found) })
    return found
  }
  const canonical = async (from: From): Promise<From> => {
    const key = `cursor ${keyOf(from)}`
    if (memory?.get(key)) return from
    const found = await store.canonical(rarestFirst[0] ?? '', from)
    // Memory keeps only canonical cursors, because clients can invent others.
    const isCanonical = keyOf(found) === keyOf(from)
    if (isCanonical) memory?.set(key, true, flagBytes)
    return found
  }
  const articles = async (from?: From) => articlesIn(await page(from))
  const teased = async (from?: From) => ({ title: head.title, articles: await articles(from) })
  return {
    head,
    paths,
    page,
    canonical,
    articles,
    teasers: async (from) => (await recallTeasers(memory, keyOf(from), () => teased(from))).articles,
    withdrawn: () => store.withdrawn(paths, head.overdue),
    isCurrent,
  }
}

/** The articles of a page, without the revision of each article. */
export const articlesIn = ({ articles }: Page): Article[] => articles.map(({ article }) => article)

/**
 * The head of an intersection, computed from the heads of its selections. A save of an article that is or was
 * in all these selections gives all of them the new revision, which is greater than every earlier revision. So
 * the greatest revision of the selections changes whenever the intersection changes.
 */
function intersectionOf(heads: readonly Head[]): Head {
  const [rarest, ...others] = heads.toSorted(bySize) as [Head, ...Head[]]
  return {
    ...narrow(
      rarest.path,
      others.map(({ path }) => path),
    ),
    ...freshnessOf(heads),
    title: titleTogether(heads),
    size: rarest.size,
    departed: Math.max(...heads.map(({ departed }) => departed)),
    ...(rarest.latest !== undefined && { latest: rarest.latest }),
  }
}
