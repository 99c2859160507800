import type { Article } from '../../domain/article.ts'
import { type Folder, selectionsOf } from '../../domain/selection.ts'
import { address, type Site } from '../../domain/site.ts'
import { slugOf } from '../../domain/slug.ts'

/**
 * The page of a section, tag or author of the article; undefined where the article is in no such selection,
 * as one that may not be syndicated is in none: the page might not exist.
 */
export function selectionAddress(
  site: Site,
  article: Article,
  folder: Folder,
  name: string,
): string | undefined {
  const path = `${folder}/${slugOf(name)}`
  return selectionsOf(article).some((selection) => selection.path === path) ? address(site, path) : undefined
}
