import type { Article } from '../domain/article.ts'
import type { ShareOffer } from '../domain/feed.ts'
import { wordsIn } from '../domain/language.ts'
import type { Site } from '../domain/site.ts'
import { type SharedSettings, sharedOf, shortAddresses } from './addresses.ts'
import { cleanShared, dataOf, type ShareLink, shareLinks } from './links.ts'

/** The settings for share links in feeds. */
interface OfferSettings extends SharedSettings {
  shareNetworks: readonly string[]
  feedShareData: boolean
  feedShareRow: boolean
}

/**
 * Returns a function that makes the share links of an article for feeds; undefined if the settings want no
 * share links in feeds.
 */
export function offers(
  site: Site,
  settings: OfferSettings,
): ((article: Article) => Promise<ShareOffer>) | undefined {
  const { shareNetworks, feedShareData, feedShareRow } = settings
  if (!feedShareData && !feedShareRow) return undefined
  return async (article) => {
    const addresses = await shortAddresses(site, article.id)
    const shared = cleanShared(await sharedOf(site, article, settings))
    const links = shareLinks(shared, article.language, shareNetworks)
    const { url } = shared
    return {
      ...(feedShareData && { data: { href: url, ...addresses, networks: links.map(briefly) } }),
      ...(feedShareRow && { row: renderRow(links, article.language) }),
    }
  }
}

/** A share link in a feed. No member has the name of a member of an item (`extensionOf` in src/render/json.ts). */
function briefly(link: ShareLink) {
  const { id, label, href, kind } = dataOf(link)
  return { network: id, label, href, kind }
}

/**
 * Renders a line of share links as HTML. The line has no QR code, no link that needs a script, and no link to
 * a server that the reader must choose. The text of each link is only the network's name.
 */
function renderRow(links: readonly ShareLink[], language: string): string {
  const plain = links.filter(({ kind, id }) => kind !== 'server' && kind !== 'js' && id !== 'qr')
  if (plain.length === 0) return ''
  const { share, colon } = wordsIn(language)
  const row = plain.map(({ href, label }) => {
    return `<a href="${href.replaceAll('&', '&amp;')}" rel="nofollow noopener">${label.name}</a>`
  })
  return `<p>${share.group}${colon} ${row.join(' · ')}</p>\n`
}
