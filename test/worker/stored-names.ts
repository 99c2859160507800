import type { Article } from '../../src/domain/article.ts'
import { type folders, namesIn, pathOf } from '../../src/domain/selection.ts'
import { hashOf } from '../../src/http/token.ts'
import { openSite, type TestSite, token } from './site.ts'

/** Opens a test site whose token may do everything. */
export const open = async () => openSite({ API_TOKENS: `tests:admin:${await hashOf(token)}` })

/** The articles of the store, as a backup has them. */
export async function storedIn(site: TestSite): Promise<Article[]> {
  const list = await site.call('GET', '/api/articles?form=stored')
  return ((await list.json()) as { articles: Article[] }).articles
}

/** The paths of an article's names in one folder, in the order of the names. */
export const pathsIn = (article: Article | undefined, folder: (typeof folders)[number]): string[] =>
  article === undefined
    ? []
    : namesIn(article)
        .filter((one) => one.folder === folder)
        .map(({ name }) => pathOf(article, folder, name))

/** The paths of the tags of a stored article, in the order of the tags. */
export const tagsOf = async (site: TestSite, slug: string) =>
  pathsIn(
    (await storedIn(site)).find((one) => one.slug === slug),
    'tags',
  )
