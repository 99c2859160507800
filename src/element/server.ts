/**
 * The server that a reader typed: `mastodon.quebec`, an address on it, or a handle such as
 * `@nom@mastodon.quebec`. A path is kept, because a reader's own server may run in a folder. Empty if the text
 * names no server.
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

/** The server that the reader typed before in this browser; empty if there is none or storage is forbidden. */
export function recall(id: string): string {
  try {
    return localStorage.getItem(keyOf(id)) ?? ''
  } catch {
    return ''
  }
}

/** Stores the reader's server in this browser. If storage is forbidden, the reader must type it again. */
export function remember(id: string, host: string): void {
  try {
    localStorage.setItem(keyOf(id), host)
  } catch {}
}
