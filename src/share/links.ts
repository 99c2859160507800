import { withPassage } from './fragment.ts'
import { labelIn, textOf, type WordedLabel } from './labels.ts'
import { fitFor, messageOf } from './message.ts'
import type { LinkKind, Network, Shared } from './network.ts'
import { defaultNetworks, networkOf } from './networks.ts'
import { openParameters, type RenderParameters } from './parameters.ts'
import { openSegmentation, type Segmentation } from './segmentation.ts'
import { cleanTitle } from './title.ts'

/** A link with which a reader shares an article. */
export interface ShareLink {
  id: string
  label: WordedLabel
  href: string
  kind: LinkKind
  /** The size of the popup window in pixels; absent if the link does not open a popup window. */
  popup?: { width: number; height: number }
  /**
   * The length of the text, counted as the network counts it. `limit` is the largest length that the network
   * accepts.
   */
  length?: number
  limit?: number
  truncated: boolean
}

/**
 * A share link in the API's answers. Its label is one string, whereas the label of a `ShareLink` is an
 * object.
 */
type ShareLinkData = Omit<ShareLink, 'label'> & { label: string }

/** The share data of an article in the API's answers. If a passage is quoted, `url` leads to the passage. */
interface ShareData {
  url: string
  title: string
  text: string
  networks: ShareLinkData[]
}

/** The size in pixels of a popup window that shows a network's share form. */
const popup = { width: 640, height: 640 }

/**
 * Returns the share links in the order of `ids`. Unknown ids are ignored, and so are networks for which a
 * required value, such as a picture, is missing.
 */
export const shareLinks = (
  shared: Shared,
  language: string,
  ids: readonly string[] = defaultNetworks,
): ShareLink[] => linksOf(cleanShared(shared), language, ids)

/** Returns an article's share data: the normalized texts and address, and the share links. */
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

/** Converts a share link to its form in the API's answers. */
export const dataOf = (link: ShareLink): ShareLinkData => ({ ...link, label: textOf(link.label) })

function linksOf(clean: Shared, language: string, ids: readonly string[]): ShareLink[] {
  const tools = { segmentation: openSegmentation(), render: openParameters() }
  return [...new Set(ids)]
    .flatMap((id) => networkOf(id) ?? [])
    .filter(({ needs }) => needs === undefined || clean[needs] !== undefined)
    .map((network) => linkOf(network, givenTo(network, clean), language, tools))
}

/**
 * Returns what a reader shares through the given network. If the settings ask for short links, the URL becomes
 * the short link with the network's id, so that visits are counted by network. The text fragment of a quoted
 * passage is kept, because browsers apply it after the redirect. For networks of the group `take`, such as
 * copying the address, the URL stays the ordinary one.
 */
function givenTo({ id, group }: Network, shared: Shared): Shared {
  if (shared.short === undefined || group === 'take') return shared
  const [, passage = ''] = /(#.*)$/s.exec(shared.url) ?? []
  return { ...shared, url: `${shared.short}.${id}${passage}` }
}

/** What all links of one request use, so that each text is segmented and encoded once. */
interface Tools {
  segmentation: Segmentation
  render: RenderParameters
}

function linkOf(network: Network, shared: Shared, language: string, tools: Tools): ShareLink {
  const { id, kind, limit } = network
  const { text, length, truncated } = fitFor(network, shared, language, tools.segmentation)
  return {
    id,
    label: labelIn(network.label, language),
    href: network.href({ ...shared, text }, tools.render),
    kind,
    ...(kind === 'popup' && { popup }),
    ...(limit && { length, limit: limit.max }),
    truncated,
  }
}

/**
 * Normalizes what a reader shares: each text becomes one line, and the URL gets a text fragment if a passage is
 * quoted.
 */
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
