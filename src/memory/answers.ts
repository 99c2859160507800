import type { Clock, Memory } from '../domain/ports.ts'
import { isNotModified } from '../http/conditional.ts'
import type { Bytes, Representation } from '../http/representation.ts'
import { respond } from '../http/respond.ts'
import { isOfRevision, type Validators } from '../http/validators.ts'
import type { Heads } from './heads.ts'

/** A complete answer that is held so that the same request can be answered again. */
interface HeldAnswer {
  /** The instant at which the held answer expires, in epoch milliseconds. */
  until: number
  validators: Validators
  headers: Headers
  /** The key under which the memory holds the answer's bytes. */
  rendering: string
}

/** The answers that this isolate can give again without calling a route, the store or a renderer. */
export interface Answers {
  /** The held answer to a request; undefined if none is held, so that the routes must answer. */
  find(request: Request): Response | undefined
  /** Answers a request with a representation, and holds the answer if the rules of `holdAnswers` allow it. */
  answer(request: Request, representation: Representation): Promise<Response>
  /**
   * Forgets every held answer, as each save through this isolate requires. Rendered bytes stay, because the
   * entity-tag in their key names their content.
   */
  drop(): void
}

/**
 * Request headers that a held answer's `Vary` may name. A request that sends one of them is not given a held
 * answer.
 */
const choosing = ['Sec-Fetch-Dest', 'A-IM'] as const

/**
 * A cache of answers in the sense of RFC 9111, which holds each answer for at most 0.6 seconds. A held answer
 * is what the routes would answer, because
 *
 * - an answer is held only while every head that it was made of is fresh, unchanged and before its `due`;
 * - its headers depend on the clock in two ways only: by the whole seconds left until `due`, and by whether its
 *   Last-Modified date has come; the answer expires as soon as one of the two changes;
 * - it is held by its exact URL, and only if that URL has no query or the canonical one;
 * - a request that sends another header on which the answer depends (`Vary`) goes to the routes;
 * - the routes and this cache choose between 304 and 200 by the same function (`isNotModified`).
 *
 * Rendered bytes are held separately, by address, type and entity-tag: one entity-tag names one content
 * (RFC 9110 §8.8.3).
 */
export function holdAnswers(heads: Heads, renderings: Memory, answers: Memory, clock: Clock): Answers {
  const hold = (request: Request, representation: Representation, headers: Headers): void => {
    const { validators, selections, vary, links, now, due } = representation
    if (!isPlain(request.headers) || !isCanonical(request.url, links) || !variesWithin(vary)) return
    const fresh = heads.fresh(selections)
    if (!fresh || !isOfRevision(validators, Math.max(...fresh.heads.map(({ revision }) => revision)))) return
    const settles = Math.max(...fresh.heads.map(({ revised, since }) => Math.max(revised, since)))
    const until = Math.min(
      fresh.until,
      due === undefined ? Number.POSITIVE_INFINITY : due - Math.floor((due - now) / 1000) * 1000 + 1,
      validators.lastModified ? Number.POSITIVE_INFINITY : settles,
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
      const key = renderingKey(request, representation)
      // The body of a delta (RFC 3229 §4) is not held: it differs from the body of the whole feed under the
      // same entity-tag.
      const body = async () => {
        const held = renderings.get<Bytes>(key)
        if (held) return held
        const made = await representation.body()
        const bytes = new TextEncoder().encode(made) as Bytes
        renderings.set(key, bytes, bytes.byteLength)
        return bytes
      }
      const response = await respond(request, { ...representation, body })
      hold(request, representation, response.headers)
      return response
    },

    drop: () => answers.clear(),
  }
}

/** The memory's key for rendered bytes: address, media type and entity-tag together name one content. */
function renderingKey(request: Request, { links, address, type, validators }: Representation): string {
  const own = address ?? links.find(({ rel }) => rel === 'self')?.href
  const { pathname, search } = new URL(request.url)
  return ['bytes', own ?? pathname + search, type, validators.etag].join(' ')
}

/**
 * Whether the request lacks every header of `choosing`, so that its URL and its conditions alone determine the
 * answer.
 */
const isPlain = (request: Headers): boolean => choosing.every((name) => request.get(name) === null)

/** Whether the URL has no query, or the query that the representation's own `self` link has. */
function isCanonical(url: string, links: Representation['links']): boolean {
  const at = url.indexOf('?')
  if (at === -1) return true
  return links.some(({ rel, href }) => rel === 'self' && href.endsWith(url.slice(at)))
}

const variesWithin = (vary = ''): boolean =>
  vary.split(',').every((name) => name.trim() === '' || choosing.some((one) => one === name.trim()))
