import type { Article } from '../domain/article.ts'
import { absolute, address, readAt, type Site } from '../domain/site.ts'
import { codeOf } from './code.ts'
import type { Shared } from './network.ts'

/** Where an article's short link and its QR code are. */
export interface ShortAddresses {
  short: string
  qr: string
}

/** The addresses that an article's id gives it. */
export async function shortAddresses(site: Site, id: string): Promise<ShortAddresses> {
  const code = await codeOf(id)
  return { short: address(site, `s/${code}`), qr: address(site, `qr/${code}.svg`) }
}

/** What the settings say of what readers share. */
export interface SharedSettings {
  facebookApp: string
  shareShort: boolean
}

/**
 * What a reader shares of an article: its clean address, so that a network takes every share for one of the same
 * page, unless the site would rather count short links.
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
