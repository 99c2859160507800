import type { Article } from '../domain/article.ts'
import { absolute, address, readAt, type Site } from '../domain/site.ts'
import { codeOf } from './code.ts'
import type { Shared } from './network.ts'

/** The addresses of an article's short link and of the short link's QR code. */
export interface ShortAddresses {
  short: string
  qr: string
}

/** Returns the addresses that are computed from an article's id: its short link and the QR code. */
export async function shortAddresses(site: Site, id: string): Promise<ShortAddresses> {
  const code = await codeOf(id)
  return { short: address(site, `s/${code}`), qr: address(site, `qr/${code}.svg`) }
}

/** The settings that affect what readers share. */
export interface SharedSettings {
  facebookApp: string
  shareShort: boolean
}

/**
 * Returns what readers share of an article. The shared address has no tracking parameters, so that a social
 * network counts all shares for the same page. If the settings ask for short links, the short link is included.
 */
export async function sharedOf(
  site: Site,
  article: Article,
  { facebookApp, shareShort }: SharedSettings,
): Promise<Shared> {
  const { short, qr } = await shortAddresses(site, article.id)
  return {
    title: article.title,
    url: readAt(site, article),
    ...(article.image && { image: absolute(site, article.image.url) }),
    ...(facebookApp && { facebookApp }),
    qr,
    ...(shareShort && { short }),
  }
}
