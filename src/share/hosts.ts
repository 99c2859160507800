/**
 * Tells whether share links may be made for a page. The page must be on the site's own host, or on the default
 * port of a host that the setting lists. A name in the list that begins with a dot (`.example.org`) stands for
 * the host `example.org` and all its subdomains.
 */
export function isShareable(url: string, siteUrl: string, hosts: readonly string[]): boolean {
  const { host, hostname, port } = new URL(url)
  if (host === new URL(siteUrl).host) return true
  return port === '' && hosts.some((name) => isNamed(hostname, name))
}

const isNamed = (hostname: string, name: string): boolean =>
  hostname === name || (name.startsWith('.') && (hostname.endsWith(name) || hostname === name.slice(1)))
