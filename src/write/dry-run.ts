// I/O: reads the store; writes nothing.
import type { Article } from '../domain/article.ts'
import type { ArticleOrigin, KnownArticle, WantedArticle } from '../domain/imports.ts'
import type { NamedPath } from '../domain/name.ts'
import { articleIn, type Change, type Found, type Store } from '../domain/store.ts'
import type { PublishPorts } from './ports.ts'

/**
 * Returns ports with which saves of articles find out what they would do, and write nothing. Each save is compared with the
 * store as it would be after the saves before it.
 */
export function dryRunPorts({ site, store, clock, isSpent = () => false }: PublishPorts): PublishPorts {
  const saved = savedIn(clock)
  const reading: Store = {
    ...store,
    findMany: async (ids, slugs) => [
      ...(await store.findMany(ids, slugs)).filter(saved.isUntouched),
      ...saved.articles(({ id, slug }) => ids.includes(id) || slugs.includes(slug)),
    ],
    async findImported(wanted) {
      const found = await store.findImported(wanted)
      saved.see(found)
      return [...found.filter((one) => saved.isUntouched(one.found)), ...saved.imported(wanted)]
    },
    freeSlugs: async (slugs) => (await store.freeSlugs(slugs)).filter(saved.isFree),
    names: async (wanted) => [...(await store.names(wanted)), ...saved.names],
  }
  return {
    site,
    clock,
    isSpent,
    invalidate: async () => {},
    store: {
      ...reading,
      addOrigins: async (origins) => saved.addOrigins(origins),
      async save(changes) {
        if (isSpent()) return { kind: 'unfinished' }
        if (await hasTakenSlug(reading, changes)) return { kind: 'slug-taken' }
        saved.add(changes)
        return { kind: 'saved', revision: 0, touched: [] }
      },
    },
  }
}

/** Remembers what saves would have written. */
function savedIn(clock: () => number) {
  const known = new Map<string, KnownArticle<Found>>()
  const seen = new Map<string, KnownArticle<Found>>()
  const names: NamedPath[] = []
  const idOf = (found: Found): string => articleIn(found).id
  return {
    names,
    see(found: readonly KnownArticle<Found>[]): void {
      for (const one of found) seen.set(idOf(one.found), one)
    },
    isUntouched: (found: Found): boolean => !known.has(idOf(found)),
    articles: (isWanted: (article: Article) => boolean): Found[] =>
      [...known.values()].map(({ found }) => found).filter((found) => isWanted(articleIn(found))),
    imported: (wanted: readonly WantedArticle[]): KnownArticle<Found>[] =>
      [...known.values()].filter((one) => wanted.some((asked) => isAskedFor(one, asked))),
    isFree: (slug: string): boolean =>
      [...known.values()].every(({ found }) => articleIn(found).slug !== slug),
    addOrigins(origins: readonly ArticleOrigin[]): void {
      for (const { id, path } of origins) {
        const one = known.get(id) ?? seen.get(id)
        if (one) known.set(id, { path, ...one })
      }
    },
    add(changes: readonly Change[]): void {
      for (const { article, from, claims = [] } of changes) {
        const path = from?.path ?? (known.get(article.id) ?? seen.get(article.id))?.path
        known.set(article.id, {
          found: { article, revision: clock() },
          ...(path !== undefined && { path }),
          ...(from && { run: from.run }),
        })
        names.push(...claims.map((claim) => ({ path: claim.path, name: claim.name })))
      }
    },
  }
}

/** Whether the store would return the article for the wanted one (`ImportStore.findImported`). */
function isAskedFor({ found, path }: KnownArticle<Found>, wanted: WantedArticle): boolean {
  const { id, slug } = articleIn(found)
  return (
    id === wanted.id ||
    (path !== undefined && path === wanted.path) ||
    slug === wanted.slug ||
    (wanted.published !== null && slug.startsWith(`${wanted.slug}-`))
  )
}

/** Whether the store would refuse the changes, because another article has or had the slug of one of them. */
async function hasTakenSlug(
  store: Pick<Store, 'freeSlugs' | 'findMany' | 'moved'>,
  changes: readonly Change[],
): Promise<boolean> {
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
