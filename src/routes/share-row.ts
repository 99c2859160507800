import type { Article } from '../domain/article.ts'
import { menuAt } from '../domain/site.ts'
import type { Share } from '../pages/parts/share-row.tsx'
import { sharedOf } from '../share/addresses.ts'
import { shareLinks } from '../share/links.ts'
import type { Exchange } from './answer.ts'

/** The share links and texts of an article, for its own page and for the share element on other pages. */
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
