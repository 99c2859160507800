/**
 * Returns the server that a typed text names. The text is a server's name (`mastodon.quebec`), an address on
 * the server, or a handle such as `@nom@mastodon.quebec`. A path is kept, because a reader's own server may run
 * in a folder. Returns an empty text if no server is named.
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

/**
 * Returns the server that the reader typed earlier for a network in this browser; empty if there is none or if
 * the browser forbids storage.
 */
export function recall(id: string): string {
  try {
    return localStorage.getItem(keyOf(id)) ?? ''
  } catch {
    return ''
  }
}

/**
 * Stores the reader's server for a network in this browser. If the browser forbids storage, the reader must
 * type the server again next time.
 */
export function remember(id: string, host: string): void {
  try {
    localStorage.setItem(keyOf(id), host)
  } catch {}
}
