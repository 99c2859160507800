import { type Answer, versionOf } from './site.ts'

/** A copy of an answer that the edge would have kept. */
export interface Copy {
  worker: string
  address: string
  /** The headers of the request, without those of a conditional request. */
  asked: Record<string, string>
  hash: string
  tags: readonly string[]
  /** When the copy was kept, and until when the edge would answer with it. */
  kept: number
  until: number
}

/**
 * The copies that Cloudflare's edge would keep. A copy ends when its lifetime is over, or when the Worker has its
 * cache tag purged. The two versions of the site have separate copies, so that a copy can be compared with the
 * present answer of its version.
 */
export interface Edge {
  keep: (answer: Answer, hash: string) => void
  /** Ends the copies with one of these cache tags, or all; returns how many it has ended. */
  purge: (what: { tags: readonly string[] } | { purgeEverything: true }) => number
  /** The copies with which the edge would answer at this instant. */
  copies: (now: number) => Copy[]
  drop: (copy: Copy) => void
}

export function openEdge(): Edge {
  const copies = new Map<string, Copy>()
  const keyOf = ({ worker, address, asked }: Pick<Copy, 'worker' | 'address' | 'asked'>) =>
    JSON.stringify([versionOf(worker), address, asked['Sec-Fetch-Dest'] ?? ''])

  return {
    keep(answer, hash) {
      const control = answer.headers.get('Cloudflare-CDN-Cache-Control') ?? ''
      const lifetime = Number(/max-age=(\d+)/.exec(control)?.[1] ?? 0)
      if (answer.status !== 200 || answer.method !== 'GET' || lifetime === 0) return
      const { 'Sec-Fetch-Dest': destination } = answer.asked
      const copy: Copy = {
        worker: answer.worker,
        address: answer.address,
        asked: destination === undefined ? {} : { 'Sec-Fetch-Dest': destination },
        hash,
        tags: (answer.headers.get('Cache-Tag') ?? '').split(','),
        kept: answer.ended,
        until: answer.begun + lifetime * 1000,
      }
      // The edge asks the Worker only if it has no copy, so an older copy stays.
      const known = copies.get(keyOf(copy))
      if (known === undefined || known.until <= answer.ended) copies.set(keyOf(copy), copy)
    },
    purge(what) {
      const before = copies.size
      for (const [key, { tags }] of copies)
        if ('purgeEverything' in what || tags.some((tag) => what.tags.includes(tag))) copies.delete(key)
      return before - copies.size
    },
    copies: (now) => [...copies.values()].filter(({ until }) => until > now),
    drop: (copy) => copies.delete(keyOf(copy)),
  }
}
