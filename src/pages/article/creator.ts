import type { Author } from '../../domain/article.ts'
import { foldName } from '../../domain/name.ts'
import type { Site } from '../../domain/site.ts'

/**
 * Websites whose profile addresses have the form of a fediverse profile, although they do not belong to the
 * fediverse.
 */
const others = /(?:^|\.)(?:medium|substack|tiktok|youtube)\.com$/

/**
 * Returns the fediverse handle for the meta tag `fediverse:creator`. It is the handle of the first author who
 * has a handle in the settings or whose address is a fediverse profile. Mastodon shows only one handle, and
 * only if the author has listed this site in the Mastodon profile.
 */
export function creatorOf(site: Site, authors: readonly Author[]): string | undefined {
  for (const { name, url } of authors) {
    const folded = foldName(name)
    const handle = Object.hasOwn(site.creators, folded) ? site.creators[folded] : handleIn(url)
    if (handle !== undefined) return handle
  }
  return undefined
}

/**
 * Returns the handle in the address of a fediverse profile: `@nom@serveur.example` for
 * `https://serveur.example/@nom`. Also accepts an address such as `https://autre.example/@nom@serveur.example`,
 * at which one server shows the profile of a person on another server.
 */
function handleIn(url: string | undefined): string | undefined {
  // The address of a stored author may be any text, because only the check of input demands an address.
  if (url === undefined || !URL.canParse(url)) return undefined
  const { host, pathname } = new URL(url)
  const [, name, elsewhere = host] = /^\/@([\w.-]+)(?:@([\w.-]+))?\/?$/.exec(pathname) ?? []
  return name === undefined || others.test(host) ? undefined : `@${name}@${elsewhere}`
}
