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
  /** The memory that has the answer's rendered bytes, and the key of the bytes there. */
  renderings: Memory
  rendering: string
}

/** The memories for answers, and for the rendered bytes of their bodies. */
interface AnswerMemories {
  answers: Memory
  renderings: Memory
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
 * its bytes are kept, because the content is newer than the entity-tag; the next request reads the heads again, or each one would
 * make its own answer until they are not fresh any more.
 *
 * Addresses with a query have the memories `queried`, and all other addresses the memories `plain`. Clients can
 * invent any number of queries, such as cursors and texts to share, so these must not evict what feed readers poll.
 */
export function holdAnswers(
  heads: Heads,
  plain: AnswerMemories,
  queried: AnswerMemories,
  clock: Clock,
): Answers {
  const memoriesOf = (address: string): AnswerMemories => (address.includes('?') ? queried : plain)

  const hold = (request: Request, representation: Representation, headers: Headers): void => {
    const { validators, selections, vary, links } = representation
    if (!validators || !isPlain(request.headers) || !isCanonical(request.url, links) || !variesWithin(vary))
      return
    const fresh = heads.fresh(selections)
    if (!fresh || !isOfRevision(validators, Math.max(...fresh.heads.map(({ revision }) => revision)))) return
    const until = Math.min(fresh.until, endOf(representation))
    if (clock() >= until) return
    const address = addressOf(request, representation)
    const held: HeldAnswer = {
      until,
      validators,
      headers: new Headers(headers),
      renderings: memoriesOf(address).renderings,
      rendering: renderingKey(address, representation),
    }
    memoriesOf(request.url).answers.set(request.url, held, bytesOf(held))
  }

  return {
    find(request) {
      const { method, headers } = request
      if (method !== 'GET' && method !== 'HEAD') return undefined
      const held = plain.answers.get<HeldAnswer>(request.url) ?? queried.answers.get<HeldAnswer>(request.url)
      if (!held || clock() >= held.until || !isPlain(headers)) return undefined
      if (isNotModified(headers, held.validators)) {
        return new Response(null, { status: 304, headers: held.headers })
      }
      if (method === 'HEAD') return new Response(null, { headers: held.headers })
      const bytes = held.renderings.get<Bytes>(held.rendering)
      return bytes && new Response(bytes, { headers: held.headers })
    },

    async answer(request, representation) {
      if (!representation.validators) return respond(request, representation)
      const address = addressOf(request, representation)
      const { renderings } = memoriesOf(address)
      const key = renderingKey(address, representation)
      // The body of a delta (RFC 3229 §4) is not kept: it has the entity-tag of the whole feed but a different content.
      let isKept = false
      const isCurrent = () => isKept || representation.isCurrent?.() !== false
      const body = async () => {
        const held = renderings.get<Bytes>(key)
        isKept = held !== undefined
        if (held) return held
        const made = await representation.body()
        const bytes = new TextEncoder().encode(made) as Bytes
        if (isCurrent()) renderings.set(key, bytes, bytes.byteLength + arrayBytes)
        return bytes
      }
      const response = await respond(request, { ...representation, isCurrent, body })
      if (isCurrent()) hold(request, representation, response.headers)
      else if (representation.stale === undefined) heads.forget(representation.selections)
      return response
    },

    drop() {
      plain.answers.clear()
      queried.answers.clear()
    },
  }
}

/** Bytes of the objects around rendered bytes. */
const arrayBytes = 300

/** Bytes of the objects of a kept answer, and bytes that each of its headers costs in addition to its text. */
const answerBytes = 1000
const headerBytes = 150

/** The size of a kept answer in memory, without its key and its rendered bytes. */
function bytesOf({ headers, validators, rendering }: HeldAnswer): number {
  const lengths = [...headers].map(([name, value]) => headerBytes + 2 * (name.length + value.length))
  const texts = 2 * (rendering.length + validators.etag.length)
  return lengths.reduce((sum, length) => sum + length, answerBytes + texts)
}

/**
 * The instant at which the headers of an answer that depend on the clock change, and at the latest its `due`, at which its
 * content may change too.
 */
const endOf = ({ validators, now, due }: Representation): number =>
  Math.min(
    ...(due === undefined ? [] : [due, due - Math.floor((due - now) / 1000) * 1000 + 1]),
    validators?.datedFrom ?? Number.POSITIVE_INFINITY,
  )

/** The address that identifies a representation: its own address, or that of the request. */
function addressOf(request: Request, { links, address }: Representation): string {
  const own = address ?? links.find(({ rel }) => rel === 'self')?.href
  if (own !== undefined) return own
  const { pathname, search } = new URL(request.url)
  return pathname + search
}

/** The key of rendered bytes in memory. Address, media type and entity-tag together name one content. */
const renderingKey = (address: string, { type, validators }: Representation): string =>
  ['bytes', address, type, validators?.etag].join(' ')

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
