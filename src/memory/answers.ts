import type { Clock, Memory } from '../domain/ports.ts'
import { isNotModified } from '../http/conditional.ts'
import type { Bytes, Representation } from '../http/representation.ts'
import { respond } from '../http/respond.ts'
import { isOfRevision, type Validators } from '../http/validators.ts'
import type { Heads } from './heads.ts'

/** A complete answer that is kept so that the same request can be answered again. */
interface HeldAnswer {
  /** The instant at which the kept answer expires, in epoch milliseconds. */
  until: number
  validators: Validators
  headers: Headers
  /** The key of the answer's bytes in the memory for rendered bytes. */
  rendering: string
}

/** The answers that this isolate can repeat without calling a route, the store or a renderer. */
export interface Answers {
  /** The kept answer to a request; undefined if none is kept, so that the routes must answer the request. */
  find(request: Request): Response | undefined
  /** Answers a request with a representation, and keeps the answer if the rules of `holdAnswers` allow it. */
  answer(request: Request, representation: Representation): Promise<Response>
  /**
   * Removes every kept answer; each save through this isolate calls this. Rendered bytes stay in memory,
   * because the entity-tag in their key names their content.
   */
  drop(): void
}

/**
 * The request headers that the `Vary` header of a kept answer may name. A request that sends one of these
 * headers is never answered with a kept answer.
 */
const choosing = ['Sec-Fetch-Dest', 'A-IM'] as const

/**
 * A cache of answers in the sense of RFC 9111, which keeps each answer for at most 0.6 seconds. A kept answer
 * equals the answer that the routes would give, because
 *
 * - an answer is kept only while every head from which it was made is fresh, unchanged and before its `due`;
 * - the answer's headers depend on the clock in two ways only: by the whole seconds left until `due`, and by
 *   whether the Last-Modified date has come; the answer expires as soon as one of the two changes;
 * - the key of an answer is its exact URL, and an answer is kept only if that URL has no query or the canonical
 *   query;
 * - a request that sends a header which the answer's `Vary` names goes to the routes;
 * - the routes and this cache choose between 304 and 200 by the same function (`isNotModified`).
 *
 * Rendered bytes are kept separately from answers, by address, media type and entity-tag, because one
 * entity-tag names one content (RFC 9110 §8.8.3). If a save came while the content was read, neither the answer nor
 * its bytes are kept, because the content is newer than the entity-tag.
 */
export function holdAnswers(heads: Heads, renderings: Memory, answers: Memory, clock: Clock): Answers {
  const hold = (request: Request, representation: Representation, headers: Headers): void => {
    const { validators, selections, vary, links, now, due } = representation
    if (!validators || !isPlain(request.headers) || !isCanonical(request.url, links) || !variesWithin(vary))
      return
    const fresh = heads.fresh(selections)
    if (!fresh || !isOfRevision(validators, Math.max(...fresh.heads.map(({ revision }) => revision)))) return
    const until = Math.min(
      fresh.until,
      due === undefined ? Number.POSITIVE_INFINITY : due - Math.floor((due - now) / 1000) * 1000 + 1,
      validators.datedFrom ?? Number.POSITIVE_INFINITY,
    )
    if (clock() >= until) return
    const held: HeldAnswer = {
      until,
      validators,
      headers: new Headers(headers),
      rendering: renderingKey(request, representation),
    }
    answers.set(request.url, held, 2 * [...headers].flat().join().length + held.rendering.length)
  }

  return {
    find(request) {
      const { method, headers } = request
      if (method !== 'GET' && method !== 'HEAD') return undefined
      const held = answers.get<HeldAnswer>(request.url)
      if (!held || clock() >= held.until || !isPlain(headers)) return undefined
      if (isNotModified(headers, held.validators)) {
        return new Response(null, { status: 304, headers: held.headers })
      }
      if (method === 'HEAD') return new Response(null, { headers: held.headers })
      const bytes = renderings.get<Bytes>(held.rendering)
      return bytes && new Response(bytes, { headers: held.headers })
    },

    async answer(request, representation) {
      if (!representation.validators) return respond(request, representation)
      const key = renderingKey(request, representation)
      // The body of a delta (RFC 3229 §4) is not kept, because it has the same entity-tag as the whole feed but
      // a different content.
      let isKept = false
      const isCurrent = () => isKept || representation.isCurrent?.() !== false
      const body = async () => {
        const held = renderings.get<Bytes>(key)
        isKept = held !== undefined
        if (held) return held
        const made = await representation.body()
        const bytes = new TextEncoder().encode(made) as Bytes
        if (isCurrent()) renderings.set(key, bytes, bytes.byteLength)
        return bytes
      }
      const response = await respond(request, { ...representation, isCurrent, body })
      if (isCurrent()) hold(request, representation, response.headers)
      return response
    },

    drop: () => answers.clear(),
  }
}

/** The key of rendered bytes in memory. Address, media type and entity-tag together name one content. */
function renderingKey(request: Request, { links, address, type, validators }: Representation): string {
  const own = address ?? links.find(({ rel }) => rel === 'self')?.href
  const { pathname, search } = new URL(request.url)
  return ['bytes', own ?? pathname + search, type, validators?.etag].join(' ')
}

/**
 * Whether the request sends none of the headers in `choosing`. If so, its URL and its conditional headers alone
 * determine the answer.
 */
const isPlain = (request: Headers): boolean => choosing.every((name) => request.get(name) === null)

/** Whether the URL has no query, or has the query of the representation's `self` link. */
function isCanonical(url: string, links: Representation['links']): boolean {
  const at = url.indexOf('?')
  if (at === -1) return true
  return links.some(({ rel, href }) => rel === 'self' && href.endsWith(url.slice(at)))
}

const variesWithin = (vary = ''): boolean =>
  vary.split(',').every((name) => name.trim() === '' || choosing.some((one) => one === name.trim()))
