/**
 * Whether links may be made for a page: one of the site's own host, or on the usual port of a host that the
 * setting names. A name with a dot before it stands for all that ends so.
 */
export function isShareable(url: string, siteUrl: string, hosts: readonly string[]): boolean {
  const { host, hostname, port } = new URL(url)
  if (host === new URL(siteUrl).host) return true
  return port === '' && hosts.some((name) => isNamed(hostname, name))
}

const isNamed = (hostname: string, name: string): boolean =>
  hostname === name || (name.startsWith('.') && (hostname.endsWith(name) || hostname === name.slice(1)))
