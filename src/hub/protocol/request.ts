import { failure, type Problem, type Result, success } from '../../domain/problem.ts'
import type { Site } from '../../domain/site.ts'
import type { Intent } from '../../domain/subscription.ts'
import { parseCallback } from './callback.ts'
import { grantLease } from './limits.ts'
import { findTopic } from './topic.ts'

/** A secret must have fewer bytes than this limit (WebSub §5.1). */
export const secretBytesLimit = 200

/**
 * Parses a subscription request from a form. Unknown parameters are ignored (WebSub §5.1). If the topic is not written
 * exactly as the feed's `rel=self` address, the result contains that address as `self`.
 */
export function parseRequest(
  form: URLSearchParams,
  { site, loopback }: { site: Site; loopback: boolean },
): Result<Intent> {
  const mode = form.get('hub.mode')
  if (mode !== 'subscribe' && mode !== 'unsubscribe') {
    return wrong('hub.mode', 'must be subscribe or unsubscribe; publish is not needed at this hub')
  }
  const asked = form.get('hub.topic') ?? ''
  const found = findTopic(asked, site)
  if (!found) return wrong('hub.topic', `must be the rel=self address of a feed on ${site.url}`)
  const { topic, self } = found
  const callback = parseCallback(form.get('hub.callback') ?? '', { own: site.url, loopback })
  if (!callback.ok) return wrong('hub.callback', callback.reason)
  const lease = mode === 'subscribe' ? form.get('hub.lease_seconds') || '0' : '0' // The lease of an unsubscription request is ignored (WebSub §5.1).
  if (!/^\d{1,15}$/.test(lease)) return wrong('hub.lease_seconds', 'must be a whole number of seconds')
  const secret = form.get('hub.secret') ?? ''
  if (new TextEncoder().encode(secret).length >= secretBytesLimit) {
    return wrong('hub.secret', `must have less than ${secretBytesLimit} bytes`)
  }
  return success({
    mode,
    topic,
    asked,
    ...(asked !== self && { self }),
    callback: callback.url.href,
    host: callback.url.host,
    ...(secret && { secret }),
    leaseSeconds: grantLease(Number(lease)),
  })
}

const wrong = (field: string, reason: string): { ok: false; problem: Problem } =>
  failure({ kind: 'invalid-subscription', field, reason })
