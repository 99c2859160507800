/**
 * The server in what a reader types: `mastodon.quebec`, an address of it, a handle such as `@nom@mastodon.quebec`.
 * A folder stays, since one's own tool may live in one. Empty where there is none.
 */
export function hostOf(typed: string): string {
  const bare = typed
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/^@?[^/@]*@/, '')
  try {
    const { host, pathname } = new URL(`https://${bare}`)
    return host + pathname.replace(/\/(@.*)?$/, '')
  } catch {
    return ''
  }
}

const keyOf = (id: string): string => `kiosque-${id}`

/** The server that the reader named before, in this browser; empty where none is known or storage is forbidden. */
export function recall(id: string): string {
  try {
    return localStorage.getItem(keyOf(id)) ?? ''
  } catch {
    return ''
  }
}

/** Keeps the server in this browser; without storage it is asked for again. */
export function remember(id: string, host: string): void {
  try {
    localStorage.setItem(keyOf(id), host)
  } catch {}
}
