import { withPassage } from './fragment.ts'
import { labelIn, textOf, type WordedLabel } from './labels.ts'
import { fitFor, messageOf } from './message.ts'
import type { LinkKind, Network, Shared } from './network.ts'
import { defaultNetworks, networkOf } from './networks.ts'
import { cleanTitle } from './title.ts'

/** One link with which a reader shares an article. */
export interface ShareLink {
  id: string
  label: WordedLabel
  href: string
  kind: LinkKind
  /** The size of the small window, in pixels. */
  popup?: { width: number; height: number }
  /** What the text measures by the network's own count, and how much that may be. */
  length?: number
  limit?: number
  truncated: boolean
}

/** A share link as data, its label one text. */
type ShareLinkData = Omit<ShareLink, 'label'> & { label: string }

/** An article's share links as data. `url` leads to the passage where one is quoted. */
interface ShareData {
  url: string
  title: string
  text: string
  networks: ShareLinkData[]
}

/** The networks' own pages fit into this. */
const popup = { width: 640, height: 640 }

/** The share links in the order of `ids`: an unknown id is ignored, and so is a network that lacks what it needs. */
export const shareLinks = (
  shared: Shared,
  language: string,
  ids: readonly string[] = defaultNetworks,
): ShareLink[] => linksOf(cleanShared(shared), language, ids)

/** What is shared, as it is shared, and its links. */
export function shareData(shared: Shared, language: string, ids?: readonly string[]): ShareData {
  const clean = cleanShared(shared)
  const { url, title } = clean
  return {
    url,
    title,
    text: messageOf(clean, language),
    networks: linksOf(clean, language, ids ?? defaultNetworks).map(dataOf),
  }
}

/** A share link as data. */
export const dataOf = (link: ShareLink): ShareLinkData => ({ ...link, label: textOf(link.label) })

const linksOf = (clean: Shared, language: string, ids: readonly string[]): ShareLink[] =>
  [...new Set(ids)]
    .flatMap((id) => networkOf(id) ?? [])
    .filter(({ needs }) => needs === undefined || clean[needs] !== undefined)
    .map((network) => linkOf(network, givenTo(network, clean), language))

/**
 * What a network is given: the short link that is counted for it, where the site wants that, with the passage that
 * is quoted, which browsers carry through the redirect. Whoever takes the address itself takes the clean one.
 */
function givenTo({ id, group }: Network, shared: Shared): Shared {
  if (shared.short === undefined || group === 'take') return shared
  const [, passage = ''] = /(#.*)$/s.exec(shared.url) ?? []
  return { ...shared, url: `${shared.short}.${id}${passage}` }
}

function linkOf(network: Network, shared: Shared, language: string): ShareLink {
  const { id, kind, limit } = network
  const { text, length, truncated } = fitFor(network, shared, language)
  return {
    id,
    label: labelIn(network.label, language),
    href: network.href({ ...shared, text }),
    kind,
    ...(kind === 'popup' && { popup }),
    ...(limit && { length, limit: limit.max }),
    truncated,
  }
}

/** What is shared, as it is shared: texts on one line, and the address of the passage that is quoted. */
export function cleanShared({ title, url, text, quote, ...facts }: Shared): Shared {
  const passage = quote === undefined ? '' : cleanTitle(quote)
  const clean = url.toWellFormed()
  return {
    ...facts,
    title: cleanTitle(title),
    url: passage ? withPassage(clean, passage) : clean,
    ...(text !== undefined && { text: cleanTitle(text) }),
    ...(passage && { quote: passage }),
  }
}
