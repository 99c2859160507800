import type { Article, Author } from '../../domain/article.ts'
import type { Site } from '../../domain/site.ts'
import { shortened } from '../../domain/text.ts'
import { selectionAddress } from './selections.ts'

/**
 * The maximum lengths of texts in a page's head. They keep all metadata within the first 16 kB, because some
 * services that make previews read no more.
 */
export const maxInHead = { title: 200, description: 300, names: 6, name: 100, address: 300 }

/** Returns the address of an author's own page, or of the page with the author's articles. */
export const authorAddress = (site: Site, article: Article, { name, url }: Author): string | undefined =>
  inHead(url ?? selectionAddress(site, article, 'authors', name))

/**
 * Returns an optional address for the head of a page; undefined if it is so long that it would push other
 * metadata beyond the limit.
 */
export const inHead = (address: string | undefined): string | undefined =>
  address !== undefined && address.length <= maxInHead.address ? address : undefined

/** Returns the names at the start of a list, with long names shortened, for the metadata of a page. */
export const namesInHead = (names: readonly string[]): string[] =>
  names.slice(0, maxInHead.names).map((name) => shortened(name, maxInHead.name))
