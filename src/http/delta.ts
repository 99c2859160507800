import { readsDeltas } from './delta-agents.ts'
import { opaque, tagsIn } from './entity-tag.ts'
import type { Representation } from './representation.ts'
import { revisionIn } from './validators.ts'

/**
 * The answer 226 with the part of a feed that is new to a client (RFC 3229); undefined if the client must get
 * the whole feed. A client gets a delta only if it is known to read deltas, asks for the manipulation `feed`, and
 * sends an entity-tag that this feed once had. A stale copy has no deltas, nor has a feed that a save changed while
 * it was read. The answer has the directive `no-store`, because it is for one client alone; therefore `Vary` need not
 * name User-Agent, and a cache may give the whole feed to every client. The answer also has the directive `im`,
 * which only a cache that implements deltas may obey in place of `no-store` (§10.8.2).
 */
export async function deltaResponse(
  { headers: asked, method }: Request,
  feed: Pick<Representation, 'delta' | 'validators' | 'stale' | 'isCurrent'>,
  headers: Headers,
): Promise<Response | undefined> {
  const { delta, validators, stale } = feed
  if (!delta || !validators || stale !== undefined) return undefined
  if (!readsDeltas(asked.get('User-Agent')) || !accepts(asked.get('A-IM'))) return undefined
  const tags = tagsIn(asked.get('If-None-Match') ?? '')
  const base = newest(tags, validators.etag)
  if (!base) return undefined
  const body = await delta(base.revision)
  if (body === undefined || feed.isCurrent?.() === false) return undefined
  const answer = new Headers(headers)
  answer.set('IM', 'feed')
  answer.set('Cache-Control', 'no-store, im')
  answer.set('Cloudflare-CDN-Cache-Control', 'no-store')
  answer.delete('Cache-Tag')
  if (tags.length > 1) answer.set('Delta-Base', base.tag)
  return new Response(method === 'HEAD' ? null : body, {
    status: 226,
    statusText: 'IM Used',
    headers: answer,
  })
}

/** Whether an A-IM header lists `feed` with a weight above 0 (RFC 3229 §10.5.3). */
function accepts(field: string | null): boolean {
  const items = (field ?? '').match(/(?<![^,])\s*feed\s*(?![^,;])[^,]*/gi) ?? []
  return items.some((item) => {
    const [, ...parameters] = item.split(';').map((piece) => piece.trim().toLowerCase())
    const weight = parameters.find((parameter) => /^q\s*=/.test(parameter))
    return !(weight && Number(weight.split('=')[1]) === 0)
  })
}

/** The newest of the entity-tags in the request that this feed once had. The newest tag gives the smallest delta. */
function newest(tags: readonly string[], etag: string): { tag: string; revision: number } | undefined {
  // All entity-tags of one feed have the same end, so most tags are left out without parsing them.
  const end = opaque(etag).split('-').slice(1).join('-')
  const known = tags.flatMap((tag) => {
    const revision = tag.includes(end) ? revisionIn(tag, etag) : undefined
    return revision === undefined ? [] : [{ tag, revision }]
  })
  return known.sort((one, other) => other.revision - one.revision)[0]
}
