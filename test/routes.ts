/**
 * Tells whether an address matches a route in Hono's notation: `:name` is a segment, `{…}` is the segment's
 * pattern.
 */
export const isOf = (route: string, address: string): boolean =>
  new RegExp(`^${route.replace(/\/:\w+\{([^}]+)\}/g, '/$1').replace(/\/:\w+/g, '/[^/]+')}$`).test(
    address.replace(/\?.*/, ''),
  )
