import type { Article, Author } from '../../domain/article.ts'
import { webAddressOf } from '../../domain/credits.ts'
import type { Site } from '../../domain/site.ts'
import { shortened } from '../../domain/text.ts'
import { selectionAddress } from './selections.ts'

/**
 * The maximum lengths of texts in the `<head>` of a page. The limits keep all metadata within the first 16 kB
 * of the page, because some services that make link previews read no more.
 */
export const maxInHead = { title: 200, description: 300, names: 6, name: 90, address: 240 }

/** Returns the address of an author's own page, otherwise of the page with the author's articles. */
export const authorAddress = (site: Site, article: Article, author: Author): string | undefined =>
  inHead(webAddressOf(author) ?? selectionAddress(site, article, 'authors', author.name))

/**
 * Returns an optional address for the `<head>` of a page. Returns undefined if the address is so long that it
 * would push other metadata beyond the first 16 kB of the page.
 */
export const inHead = (address: string | undefined): string | undefined =>
  address !== undefined && address.length <= maxInHead.address ? address : undefined

/** Returns the names at the start of a list, with long names shortened, for the metadata of a page. */
export const namesInHead = (names: readonly string[]): string[] =>
  names.slice(0, maxInHead.names).map((name) => shortened(name, maxInHead.name))
