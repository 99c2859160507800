import type { Article } from '../../domain/article.ts'
import { type Folder, selectionsOf } from '../../domain/selection.ts'
import { address, type Site } from '../../domain/site.ts'
import { slugOf } from '../../domain/slug.ts'

/**
 * Returns the address of the page for an article's section, tag or author. Returns undefined if the article is
 * not in that selection; articles that may not be syndicated are in no such selection, so the page might not
 * exist.
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
