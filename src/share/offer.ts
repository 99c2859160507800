import type { Article } from '../domain/article.ts'
import type { ShareOffer } from '../domain/feed.ts'
import type { Site } from '../domain/site.ts'
import { type SharedSettings, sharedOf, shortAddresses } from './addresses.ts'
import { groupLabel, textIn, verb } from './labels.ts'
import { type ShareLink, shareData } from './links.ts'

/** What the settings say of share links in feeds. */
interface OfferSettings extends SharedSettings {
  shareNetworks: readonly string[]
  feedShareData: boolean
  feedShareRow: boolean
}

/** What a feed carries of an article's share links, or undefined where the settings want none. */
export function offers(
  site: Site,
  settings: OfferSettings,
): ((article: Article) => Promise<ShareOffer>) | undefined {
  const { shareNetworks, feedShareData, feedShareRow } = settings
  if (!feedShareData && !feedShareRow) return undefined
  return async (article) => {
    const addresses = await shortAddresses(site, article.id)
    const shared = await sharedOf(site, article, settings)
    const { url, networks } = shareData(shared, article.language, shareNetworks)
    return {
      ...(feedShareData && { data: { url, ...addresses, networks: networks.map(briefly) } }),
      ...(feedShareRow && { row: renderRow(networks, article.language) }),
    }
  }
}

const briefly = ({ id, label, href, kind }: ShareLink) => ({ id, label, href, kind })

/** A line of plain links: of those that need no script, no server of the reader's and no other line. */
function renderRow(links: readonly ShareLink[], language: string): string {
  const plain = links.filter(({ kind, id }) => kind !== 'server' && kind !== 'js' && id !== 'qr')
  if (plain.length === 0) return ''
  const heading = textIn(groupLabel, language) + (language.startsWith('fr') ? '\u00a0:' : ':')
  const row = plain.map(({ href, label }) => {
    return `<a href="${href.replaceAll('&', '&amp;')}" rel="nofollow noopener">${label.replace(verb, '')}</a>`
  })
  return `<p>${heading} ${row.join(' · ')}</p>\n`
}
