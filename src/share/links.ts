import { labelOf } from './labels.ts'
import { networks, type Shared } from './networks.ts'
import { cleanTitle } from './title.ts'

/** One link with which a reader shares an article. */
export interface ShareLink {
  id: string
  label: string
  href: string
}

/** An article's share links as data: the body of `/articles/{slug}/share.json`. */
export interface ShareData {
  url: string
  title: string
  networks: ShareLink[]
}

/** The share links of an article, in the order of `ids`: an unknown id is ignored, a repeated one is one link. */
export function shareLinks(
  shared: Shared,
  language: string,
  ids: readonly string[] = networks.map(({ id }) => id),
): ShareLink[] {
  const clean = cleanShared(shared)
  return [...new Set(ids)]
    .flatMap((id) => networks.find((network) => network.id === id) ?? [])
    .map((network) => ({ id: network.id, label: labelOf(network, language), href: network.href(clean) }))
}

/** An article's title, clean URL and share links as data. */
export function shareData(shared: Shared, language: string, ids?: readonly string[]): ShareData {
  const { url, title } = cleanShared(shared)
  return { url, title, networks: shareLinks(shared, language, ids) }
}

const cleanShared = ({ title, url }: Shared): Shared => ({
  title: cleanTitle(title),
  url: url.toWellFormed(),
})
