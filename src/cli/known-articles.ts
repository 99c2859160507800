import type { Article } from '../domain/article.ts'
import { isMove } from '../domain/path.ts'
import type { FoundThread } from './sources/found-comments.ts'
import type { Target } from './target.ts'

/** An article, as far as a search for it needs it. */
type Known = Pick<Article, 'slug' | 'language' | 'published'>

/** Finds the articles of a store for pages of other systems. */
export interface KnownArticles {
  /** Returns the article of a page; undefined if there is none, or if it is doubtful which one it is. */
  find: (thread: FoundThread) => Pick<Known, 'slug' | 'language'> | undefined
}

/**
 * Reads the articles of a store. The article of a page is the one with its id; otherwise the one that has its address, or had it as an
 * id; otherwise the one whose slug is the end of its address, unless the date of the page, or the one in its address, is another.
 */
export async function readKnownArticles({
  list,
  paths,
}: Pick<Target, 'list' | 'paths'>): Promise<KnownArticles> {
  const byId = new Map<string, Known>()
  const byAddress = new Map<string, Known>()
  const bySlug = new Map<string, Known>()
  for await (const { id, slug, url, language, published } of list({})) {
    const known = { slug, language, published }
    byId.set(id, known)
    bySlug.set(slug, known)
    for (const address of [url, id]) {
      const plain = plainAddress(address)
      if (plain !== undefined) byAddress.set(plain, known)
    }
  }
  for await (const path of paths()) {
    const [from, to] = isMove(path) ? [slugOfPath(path.path), slugOfPath(path.to)] : []
    const moved = to === undefined ? undefined : bySlug.get(to)
    if (from !== undefined && moved && !bySlug.has(from)) bySlug.set(from, moved)
  }
  return {
    find({ ids, addresses, slug, published }) {
      const found = ids.map((id) => byId.get(id)).find((one) => one !== undefined)
      const plain = [...addresses, ...ids].map(plainAddress).filter((one) => one !== undefined)
      const shorter = plain.map(withoutQuery).filter((one) => one !== undefined)
      const same = [...plain, ...shorter].map((one) => byAddress.get(one)).find((one) => one !== undefined)
      if (found ?? same) return found ?? same
      for (const end of [slug, ...addresses.map(endOf)]) {
        const known = end === undefined ? undefined : bySlug.get(end)
        if (known && isOfDay(known, published, addresses)) return known
      }
      return undefined
    },
  }
}

const slugOfPath = (path: string): string | undefined => /^articles\/([^/]+)$/.exec(path)?.[1]

/** An address without what may differ between two addresses of one page; undefined for a text that is no address. */
function plainAddress(address: string | undefined): string | undefined {
  if (address === undefined || !/^https?:/i.test(address) || !URL.canParse(address)) return undefined
  const { hostname, pathname, searchParams } = new URL(address)
  const query = [...searchParams]
    .filter(([name]) => !addedByOthers.test(name))
    .map(([name, value]) => `${name}=${value}`)
  const path = pathname.replace(index, '').replace(/\/amp$/, '')
  return `${hostname.replace(/^(?:www|m|amp)\./, '')}${path}?${query.sort().join('&')}`
}

/** The parameters that social networks and mails add to addresses. */
const addedByOthers = /^(?:utm_.*|fbclid|gclid|m|amp|ref|source)$/

/** The end of a path of a page that is the index of its folder. */
const index = /\/(?:index\.\w{1,5})?$/

/** The address of a page without its query; undefined if the page is the first one of a site, where the query may be all. */
const withoutQuery = (plain: string): string | undefined => /^[^/]+\/[^?]+\?/.exec(plain)?.[0]

/** The last part of the path of an address, without an ending; undefined if there is none. */
function endOf(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined
  const end = new URL(address).pathname.replace(index, '').split('/').at(-1) || undefined
  return end?.replace(/\.(?:html?|php|aspx?)$/i, '').toLowerCase()
}

const dayMilliseconds = 86_400_000

/** Whether an article may be the page of the same name: a date of the page, or in its address, is about that of the article. */
function isOfDay(known: Known, published: number | undefined, addresses: readonly string[]): boolean {
  const date = Date.parse(known.published)
  if (published !== undefined) return Math.abs(published - date) <= 2 * dayMilliseconds
  return addresses.every((address) => {
    const [, year = '', month, day] = /\/((?:19|20)\d\d)\/(\d{1,2})(?:\/(\d{1,2}))?\//.exec(address) ?? []
    if (year === '') return true
    const start = Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1))
    const end = day === undefined ? Date.UTC(Number(year), Number(month)) : start + dayMilliseconds
    return date >= start - dayMilliseconds && date < end + dayMilliseconds
  })
}
