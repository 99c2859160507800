import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { inject } from 'vitest'
import { app } from '../../src/app.ts'
import { parseConfig } from '../../src/config/settings.ts'
import { hashOf } from '../../src/http/token.ts'
import type { HubPorts } from '../../src/hub/ports.ts'
import { openIsolate } from '../../src/memory/isolate.ts'
import { gatherVisits } from '../../src/memory/visits.ts'
import type { Ports } from '../../src/ports.ts'
import { dayIn } from '../../src/share/day.ts'
import { d1Counts } from '../../src/store/counts.ts'
import { d1Store } from '../../src/store/d1.ts'
import { hubStore } from '../../src/store/hub/store.ts'
import { d1Paths } from '../../src/store/paths.ts'
import { shortLinks } from '../../src/store/short-link.ts'

export const token = 'a-token-of-the-tests'
export const start = Date.parse('2024-06-19T16:00:00.400Z')

/** What a site has: no optional part, or all of them, with a hub that nobody has subscribed to. */
const editions: Record<'bare' | 'full', Record<string, string>> = {
  bare: {},
  full: {
    FEED_SHARE_ROW: 'true',
    FEED_SHARE_DATA: 'true',
    SHARE_SHORT_LINKS: 'true',
    PUBLIC_HUBS: 'https://hub.example/',
    FEDIVERSE_CREATORS: 'Kim=@kim@social.example',
    FACEBOOK_APP_ID: '12345',
  },
}

/** The hub of a full site, which calls nobody. */
const quietHub = ({ config, store, clock, digest, log }: Ports, database: D1Database): HubPorts => ({
  site: config.site,
  ...{ store, clock, digest, log, feedLength: config.feedLength, publicHubs: config.publicHubs },
  hub: `${config.site.url}/hub`,
  subscriptions: hubStore(database, clock),
  enqueue: async () => {},
  call: async () => ({ fault: 'nobody is called' }),
  random: () => 0,
  bytes: (length) => new Uint8Array(length),
  mayAsk: async () => true,
  mayCall: async () => true,
  loopback: false,
})

/** A house of its own: the Worker's routes on the test's D1, with a clock that only the test moves. */
export interface House {
  ports: Ports
  /** Paths whose edge copies were invalidated, in order. */
  invalidated: string[]
  logged: string[]
  get: (path: string, headers?: Record<string, string>, method?: string) => Promise<Response>
  /** Saves an article under its slug, as an authorized caller. */
  put: (slug: string, article?: Record<string, unknown>) => Promise<Response>
  /** Calls the API as an authorized caller; text is sent as it is, everything else as JSON. */
  call: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Response>
  /** Sets the clock. */
  at: (instant: number | string) => void
  /** Moves the clock, in milliseconds. */
  wait: (duration: number) => void
}

export async function openHouse(
  settings: Record<string, string> = {},
  digest = 'd1d1d1d1',
  opened = start,
  database: D1Database = env.DB,
): Promise<House> {
  let now = opened
  const edition = inject('edition')
  const invalidated: string[] = []
  const logged: string[] = []
  const config = parseConfig({
    SITE_URL: 'https://kiosque.example',
    API_TOKENS: `tests:publish:${await hashOf(token)}`,
    ...editions[edition],
    ...settings,
  })
  if (!config.ok) throw new Error(JSON.stringify(config.problem))
  const log = (event: string) => logged.push(event)
  const clock = () => now
  const { store, answers, memory, remembering } = openIsolate(d1Store(database, clock, log), {
    clock,
    within: (_, work) => work,
    log,
  })
  const { site } = config.value
  const invalidate = async (paths: readonly string[]) => {
    invalidated.push(...paths)
  }
  const counts = d1Counts(database)
  const ports: Ports = {
    config: config.value,
    store,
    paths: remembering(d1Paths(database, clock)),
    shorts: shortLinks(database),
    counts,
    gather: gatherVisits({ counts, wait: async () => {}, clock, log }),
    clock,
    day: dayIn(site.timeZone),
    digest,
    publishing: { site, store, clock, invalidate },
    mayFail: async () => true,
    log,
    answers,
    memory,
  }
  if (edition === 'full') ports.hub = quietHub(ports, database)
  await ports.store.heads([''], digest) // from here on the digest holds, as in a house that is open for long
  const send = async (path: string, init: RequestInit) => {
    const context = createExecutionContext()
    const request = new Request(`https://kiosque.example${path}`, init)
    return answers.find(request) ?? app.fetch(request, ports, context)
  }
  const authorized = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
  return {
    ports,
    invalidated,
    logged,
    get: async (path, headers = {}, method = 'GET') => send(path, { headers, method }),
    put: async (slug, article = {}) =>
      send(`/api/articles/${slug}`, {
        method: 'PUT',
        headers: authorized,
        body: JSON.stringify({ title: `Titre de ${slug}`, text: 'Un paragraphe.', ...article }),
      }),
    call: (method, path, body, headers = {}) =>
      send(path, {
        method,
        headers: { ...authorized, ...headers },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    at: (instant) => {
      now = typeof instant === 'string' ? Date.parse(instant) : instant
    },
    wait: (duration) => {
      now += duration
    },
  }
}

/** The slugs of a JSON feed's articles, in order. */
export async function slugsIn(response: Response): Promise<string[]> {
  const { items } = (await response.json()) as { items: { url: string }[] }
  return items.map(({ url }) => url.split('/').at(-1) ?? '')
}
