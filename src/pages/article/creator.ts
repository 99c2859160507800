import type { Author } from '../../domain/article.ts'
import type { Site } from '../../domain/site.ts'
import { slugOf } from '../../domain/slug.ts'

/** Platforms whose profile addresses look like a fediverse profile and are none. */
const others = /(?:^|\.)(?:medium|substack|tiktok|youtube)\.com$/

/**
 * The fediverse handle for the tag `fediverse:creator`, of the first author who has one: out of the settings, else
 * out of an author's address that is a profile. Mastodon shows one, and only where that author names this site.
 */
export function creatorOf(site: Site, authors: readonly Author[]): string | undefined {
  for (const { name, url } of authors) {
    const key = slugOf(name)
    const handle = Object.hasOwn(site.creators, key) ? site.creators[key] : handleIn(url)
    if (handle !== undefined) return handle
  }
  return undefined
}

/** `@nom@serveur.example` for `https://serveur.example/@nom`, and for the page there of somebody elsewhere. */
function handleIn(url: string | undefined): string | undefined {
  if (url === undefined) return undefined
  const { host, pathname } = new URL(url)
  const [, name, elsewhere = host] = /^\/@([\w.-]+)(?:@([\w.-]+))?\/?$/.exec(pathname) ?? []
  return name === undefined || others.test(host) ? undefined : `@${name}@${elsewhere}`
}
