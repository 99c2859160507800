// I/O: reads the store; writes nothing.
import { type Article, isPublicAt } from '../domain/article.ts'
import { failure, type Result, success } from '../domain/problem.ts'
import { type Found, type Head, isBad } from '../domain/store.ts'
import { memoryFor } from './freshness.ts'
import type { Listing, ReadPorts } from './ports.ts'

/**
 * Reads a public article. If a save came between the read of the head and the read of the article, the head is
 * `outdated`. The failure is `bad-row` for a public article whose row is bad, `gone` for an article that was
 * public once, and `not-found` for any other article that is not public.
 */
export async function readArticle(
  ports: ReadPorts,
  slug: string,
): Promise<Result<{ head: Head; article: Article }>> {
  const [head] = (await ports.store.heads([`articles/${slug}`], ports.digest)) ?? []
  const found = head && (await findAt(ports, head, slug))
  if (!found) return elsewhere(ports, `articles/${slug}`, `article "${slug}"`)
  if (isBad(found)) {
    if (!found.shown) return failure({ kind: 'not-found', what: `article "${slug}"` })
    return failure({ kind: 'bad-row', slug, issue: found.issue })
  }
  const { article } = found
  const now = ports.clock()
  const isOutdated = found.revision > head.revision
  if (isPublicAt(article, now))
    return success({ head: isOutdated ? { ...head, outdated: true } : head, article })
  const wasPublic = article.status === 'withdrawn' || Date.parse(article.expires ?? '') <= now
  const what = `article "${slug}"`
  return failure(wasPublic ? { kind: 'gone', what: `Article "${slug}"` } : { kind: 'not-found', what })
}

/**
 * Reads an article whose head was just read. A public article is kept in memory after the first read. Its key
 * in memory contains the revision in the head, because every change of a public article raises this revision.
 * An article whose own revision is higher was saved after the read of the head, and is not kept. An article that is
 * not public is read from the store each time.
 */
async function findAt(ports: ReadPorts, head: Head, slug: string): Promise<Found | undefined> {
  const key = `article ${head.path} ${head.revision}`
  const memory = memoryFor(ports, head)
  const kept = memory?.get<Article>(key)
  if (kept) return { article: kept, revision: head.revision }
  const found = await ports.store.find(slug)
  if (!found || found.revision > head.revision) return found
  if (!isBad(found) && isPublicAt(found.article, ports.clock())) {
    memory?.set(key, found.article, 2 * JSON.stringify(found.article).length)
  }
  return found
}

/**
 * The failure for a path that has no public content: `moved`, with the new path, if the path was renamed, else
 * `not-found`. If the article at the new path is not public, the failure is `not-found` too, because the new
 * path is secret.
 */
export async function elsewhere(ports: ReadPorts, path: string, what: string): Promise<Result<never>> {
  const moved = await ports.store.moved(path)
  if (moved === undefined || (await isUnheardOf(ports, moved))) return failure({ kind: 'not-found', what })
  return failure({ kind: 'moved', path: moved })
}

/** Whether the path names an article whose existence is secret: a draft, or an article under embargo. */
async function isUnheardOf(ports: ReadPorts, path: string): Promise<boolean> {
  if (!path.startsWith('articles/')) return false
  const read = await readArticle(ports, path.slice('articles/'.length))
  return !read.ok && read.problem.kind === 'not-found'
}

/**
 * Reads an article, and returns the listing of a feed that contains only this article. Returns the failure
 * `not-found` if the article's rights forbid a feed of the article.
 */
export async function readArticleListing(ports: ReadPorts, slug: string): Promise<Result<Listing>> {
  const read = await readArticle(ports, slug)
  if (!read.ok) return read
  const { head, article } = read.value
  if (article.rights.syndicate === 'none') {
    return failure({ kind: 'not-found', what: `a feed of article "${slug}"` })
  }
  return success({
    head: { ...head, title: article.title },
    paths: [head.path],
    articles: async () => [article],
    teasers: async () => [article],
    withdrawn: async () => [],
    isCurrent: () => !head.outdated,
  })
}
