import type { Article, Author } from '../../domain/article.ts'
import type { Site } from '../../domain/site.ts'
import { shortened } from '../../domain/text.ts'
import { selectionAddress } from './selections.ts'

/** What the head may hold, so that previews find all of it in the first 16 kB that some of them read. */
export const maxInHead = { title: 200, description: 300, names: 6, name: 100, address: 300 }

/** An author's own page, else the one with their articles. */
export const authorAddress = (site: Site, article: Article, { name, url }: Author): string | undefined =>
  inHead(url ?? selectionAddress(site, article, 'authors', name))

/** An address that a preview can do without, unless it is so long that it would crowd out another. */
export const inHead = (address: string | undefined): string | undefined =>
  address !== undefined && address.length <= maxInHead.address ? address : undefined

/** The first few of these names, none of them long. */
export const namesInHead = (names: readonly string[]): string[] =>
  names.slice(0, maxInHead.names).map((name) => shortened(name, maxInHead.name))
