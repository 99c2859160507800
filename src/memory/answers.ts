import type { Clock, Memory } from '../domain/ports.ts'
import { isNotModified } from '../http/conditional.ts'
import type { Bytes, Representation } from '../http/representation.ts'
import { respond } from '../http/respond.ts'
import { isOfRevision, type Validators } from '../http/validators.ts'
import type { Heads } from './heads.ts'

/** An answer that was given, ready to be given again. */
interface HeldAnswer {
  /** From here on it is not used; epoch milliseconds. */
  until: number
  validators: Validators
  headers: Headers
  /** Where the memory holds its bytes. */
  rendering: string
}

/** The answers that this isolate can give again without a route, a store or a renderer. */
export interface Answers {
  /** The answer to a request where it is held; undefined: it goes through the routes. */
  find(request: Request): Response | undefined
  /** Answers with a representation, and holds what can be held of it. */
  answer(request: Request, representation: Representation): Promise<Response>
  /** Forgets every held answer; a save through this isolate does. Renderings stay: their tag names their content. */
  drop(): void
}

/** What `Vary` may name of an answer that is held: requests with any of these are not answered from here. */
const choosing = ['Sec-Fetch-Dest', 'A-IM'] as const

/**
 * A cache of answers in the sense of RFC 9111, for the length of a second. It is right because
 *
 * - an answer is held only while every head that it was made of is fresh, unchanged since, and before `due`;
 * - its headers depend on the clock in two ways only, the whole seconds left until `due` and whether its date
 *   has come: it is held until the next of them changes, so it is what the routes would answer now;
 * - it is held for the very URL, and only for one without a query or with the canonical one;
 * - requests that carry what else chooses an answer (`Vary`) go the long way;
 * - 304 or 200 is decided by the same rules as there (`isNotModified`).
 *
 * Bytes are held apart, by address, type and tag: one tag is one content (RFC 9110 §8.8.3).
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
      // A delta (RFC 3229 §4) has the whole feed's tag and other bytes; it is never the body of a representation.
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

/** One content: what an address, a media type and an entity-tag name together. */
function renderingKey(request: Request, { links, address, type, validators }: Representation): string {
  const own = address ?? links.find(({ rel }) => rel === 'self')?.href
  const { pathname, search } = new URL(request.url)
  return ['bytes', own ?? pathname + search, type, validators.etag].join(' ')
}

/** Whether nothing but its URL and its conditions chooses what the request is answered with. */
const isPlain = (request: Headers): boolean => choosing.every((name) => request.get(name) === null)

/** Whether the URL has no query, or the one that the representation gives itself. */
function isCanonical(url: string, links: Representation['links']): boolean {
  const at = url.indexOf('?')
  if (at === -1) return true
  return links.some(({ rel, href }) => rel === 'self' && href.endsWith(url.slice(at)))
}

const variesWithin = (vary = ''): boolean =>
  vary.split(',').every((name) => name.trim() === '' || choosing.some((one) => one === name.trim()))
