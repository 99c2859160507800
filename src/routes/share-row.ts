import type { Article } from '../domain/article.ts'
import { menuAt } from '../domain/site.ts'
import type { Share } from '../pages/parts/share-row.tsx'
import { sharedOf } from '../share/addresses.ts'
import { shareLinks } from '../share/links.ts'
import type { Exchange } from './answer.ts'

/**
 * The share links and texts of an article. Both the article's own page and the share element on other websites
 * use them.
 */
export async function shareRowOf(
  { env }: Exchange,
  article: Article,
  language = article.language,
  ids: readonly string[] = env.config.shareNetworks,
): Promise<{ share: Share[]; title: string; url: string; menu: string }> {
  const { site } = env.config
  const shared = await sharedOf(site, article, env.config)
  return {
    share: shareLinks(shared, language, ids),
    title: shared.title,
    url: shared.url,
    menu: menuAt(site, article),
  }
}
