/**
 * Tells whether a list of hosts names a host. A name in the list that begins with a dot (`.example.org`) stands for the
 * host `example.org` and all its subdomains.
 */
export const isHostNamed = (hostname: string, names: readonly string[]): boolean =>
  names.some(
    (name) =>
      hostname === name || (name.startsWith('.') && (hostname.endsWith(name) || hostname === name.slice(1))),
  )
