// I/O: reads the store; writes nothing.
import type { Change, Store } from '../domain/store.ts'
import { articleIn } from '../domain/store.ts'
import type { PublishPorts } from './ports.ts'

/**
 * Returns ports with which a save of articles finds out what it would do, and writes nothing. Each chunk of articles
 * is compared with the store as it is now, so the articles of an earlier chunk count as not saved.
 */
export function dryRunPorts({ site, store, clock, isSpent = () => false }: PublishPorts): PublishPorts {
  return {
    site,
    clock,
    isSpent,
    invalidate: async () => {},
    store: {
      ...store,
      addOrigins: async () => {},
      async save(changes) {
        if (isSpent()) return { kind: 'unfinished' }
        if (await hasTakenSlug(store, changes)) return { kind: 'slug-taken' }
        return { kind: 'saved', revision: 0, touched: [] }
      },
    },
  }
}

/** Whether the store would refuse the changes, because another article has or had the slug of one of them. */
async function hasTakenSlug(store: Store, changes: readonly Change[]): Promise<boolean> {
  const articles = changes.map(({ article }) => article)
  const slugs = articles.map(({ slug }) => slug)
  const free = new Set(await store.freeSlugs(slugs))
  if (slugs.every((slug) => free.has(slug))) return false
  const stored = (
    await store.findMany(
      articles.map(({ id }) => id),
      slugs,
    )
  ).map(articleIn)
  for (const { id, slug } of articles.filter((article) => !free.has(article.slug))) {
    const owner = stored.find((one) => one.slug === slug)
    if (owner?.id === id) continue
    const own = stored.find((one) => one.id === id)
    // An article may take back a slug that it had before.
    if (owner || !own || (await store.moved(`articles/${slug}`)) !== `articles/${own.slug}`) return true
  }
  return false
}
