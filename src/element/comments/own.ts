/** A comment that was written in this browser, with the token by which its author can change it until an instant. */
export interface Own {
  id: string
  token: string
  text: string
  /** The instant after which the token has no effect, in milliseconds. */
  until: number
}

const keyOf = (place: string): string => `kiosque-comments-${place}`

/** The comments of a place that their author can still change in this browser; none if the browser forbids storage. */
export function ownOf(place: string, now: number): Own[] {
  try {
    const kept: Own[] = JSON.parse(localStorage.getItem(keyOf(place)) ?? '[]')
    return kept.filter(({ until }) => until > now)
  } catch {
    return []
  }
}

/** Keeps the comments of a place that can still be changed. If the browser forbids storage, they are known until the page closes. */
export function keepOwn(place: string, own: readonly Own[]): void {
  try {
    if (own.length > 0) localStorage.setItem(keyOf(place), JSON.stringify(own))
    else localStorage.removeItem(keyOf(place))
  } catch {}
}
