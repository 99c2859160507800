/** A comment that was written in this browser, with the token by which its author can change it until an instant. */
export interface Own {
  id: string
  token: string
  text: string
  /** The instant after which the token has no effect, in milliseconds. */
  until: number
}

const keyOf = (article: string): string => `kiosque-comments-${article}`

/** The comments on an article that its author can still change in this browser; none if the browser forbids storage. */
export function ownOf(article: string, now: number): Own[] {
  try {
    const kept: Own[] = JSON.parse(localStorage.getItem(keyOf(article)) ?? '[]')
    return kept.filter(({ until }) => until > now)
  } catch {
    return []
  }
}

/** Keeps the comments on an article that can still be changed. If the browser forbids storage, they are known until the page closes. */
export function keepOwn(article: string, own: readonly Own[]): void {
  try {
    if (own.length > 0) localStorage.setItem(keyOf(article), JSON.stringify(own))
    else localStorage.removeItem(keyOf(article))
  } catch {}
}
