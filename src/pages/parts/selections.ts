import type { Article } from '../../domain/article.ts'
import { type Folder, pathOf, selectionsOf } from '../../domain/selection.ts'
import { address, type Site } from '../../domain/site.ts'

/**
 * Returns the address of the page that lists a section, tag or author of an article. Returns undefined if the
 * page does not list the article, because then the page might not exist. An article that may not be syndicated
 * is not on the page of any section, tag or author.
 */
export function selectionAddress(
  site: Site,
  article: Article,
  folder: Folder,
  name: string,
): string | undefined {
  const path = pathOf(article, folder, name)
  return selectionsOf(article).some((selection) => selection.path === path) ? address(site, path) : undefined
}
