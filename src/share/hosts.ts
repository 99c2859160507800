import { isHostNamed } from '../domain/hosts.ts'

/**
 * Tells whether share links may be made for a page. The page must be on the site's own host, or on the default
 * port of a host that the setting lists.
 */
export function isShareable(url: string, siteUrl: string, hosts: readonly string[]): boolean {
  const { host, hostname, port } = new URL(url)
  if (host === new URL(siteUrl).host) return true
  return port === '' && isHostNamed(hostname, hosts)
}
