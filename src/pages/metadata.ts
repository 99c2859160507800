import type { Article, Author } from '../domain/article.ts'
import type { Site } from '../domain/site.ts'
import { selectionAddress } from './selections.ts'

/** What the head may hold, so that previews find all of it in the first 16 kB that some of them read. */
export const mostInHead = { title: 200, description: 300, names: 10 }

/** An author's own page, else the one with their articles. */
export const authorAddress = (site: Site, article: Article, { name, url }: Author): string | undefined =>
  url ?? selectionAddress(site, article, 'authors', name)
