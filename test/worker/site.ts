import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { inject } from 'vitest'
import { app } from '../../src/app.ts'
import { mailOf } from '../../src/config/mail.ts'
import { pushOf } from '../../src/config/push.ts'
import { parseConfig } from '../../src/config/settings.ts'
import { dayIn } from '../../src/domain/day.ts'
import { lineOf } from '../../src/domain/event.ts'
import type { Invalidate, Log, Within } from '../../src/domain/ports.ts'
import { hashOf } from '../../src/http/token.ts'
import type { HubPorts } from '../../src/hub/ports.ts'
import { openIsolate } from '../../src/memory/isolate.ts'
import { steadyStore } from '../../src/memory/steady.ts'
import { gatherVisits } from '../../src/memory/visits.ts'
import type { NotifyPorts } from '../../src/notify/ports.ts'
import { makeVapidKeys } from '../../src/notify/push/vapid.ts'
import type { Ports } from '../../src/ports.ts'
import { mediaIn } from '../../src/routes/media.ts'
import { d1Backups } from '../../src/store/backup.ts'
import { tellOnce } from '../../src/store/bad-row.ts'
import { commentStore } from '../../src/store/comments/store.ts'
import { d1Counts } from '../../src/store/counts.ts'
import { d1Store } from '../../src/store/d1.ts'
import { examineIn } from '../../src/store/doctor.ts'
import { hubStore } from '../../src/store/hub/store.ts'
import { notifyStore } from '../../src/store/notify/store.ts'
import { d1Paths } from '../../src/store/paths.ts'
import { shortLinks } from '../../src/store/short-link.ts'
import { addLine } from './logged.ts'
import { requestMilliseconds, soon } from './soon.ts'

export const token = 'a-token-of-the-tests'
export const start = Date.parse('2024-06-19T16:00:00.400Z')

/** The settings of a test site that sends mail. */
export const mailSettings = {
  SMTP_URL: 'smtps://user:password@smtp.example:465',
  MAIL_FROM: 'Le Kiosque <infolettre@kiosque.example>',
  SITE_POSTAL: '12, rue du Marché, Montréal',
  SUBSCRIPTION_SECRET: 'a-secret-of-the-tests-of-32-characters',
}

const vapid = await makeVapidKeys()

/**
 * The settings of two kinds of test site: `bare` has no optional part, `full` has all optional parts and a hub
 * without subscribers.
 */
const editions: Record<'bare' | 'full', Record<string, string>> = {
  bare: {},
  full: {
    FEED_SHARE_ROW: 'true',
    FEED_SHARE_DATA: 'true',
    SHARE_SHORT_LINKS: 'true',
    PUBLIC_HUBS: 'https://hub.example/',
    FEDIVERSE_CREATORS: 'Kim=@kim@social.example',
    FACEBOOK_APP_ID: '12345',
    SITE_ICON: '/media/icone.png 512x512 #9a2318',
    SITE_CONTACT: 'flux@kiosque.example',
    ...mailSettings,
    VAPID_KEYS: `${vapid.publicKey}.${vapid.privateKey}`,
  },
}

/** The hub of the test site `full`; this hub never sends a request. */
const quietHub = ({ config, store, clock, digest, log }: Ports, database: D1Database): HubPorts => ({
  site: config.site,
  ...{ store, clock, digest, log, feedLength: config.feedLength, publicHubs: config.publicHubs },
  sha1Hosts: config.hubSha1Hosts,
  hub: `${config.site.url}/hub`,
  subscriptions: hubStore(database, clock),
  comments: commentStore(database, clock),
  enqueue: async () => {},
  call: async () => ({ fault: 'nobody is called' }),
  random: () => 0,
  bytes: (length) => new Uint8Array(length),
  mayAsk: async () => true,
  mayCall: async () => true,
  mayMakeCall: async () => true,
  loopback: false,
})

/** The ports of the flow that tells people, which never sends a message. */
export function quietNotify({ config, clock, log, subscribers }: Ports, database: D1Database): NotifyPorts {
  const state = mailOf(config)
  if (state.kind !== 'on') throw new Error(`mail is ${state.kind}`)
  const { from, postal, secrets, digest, maxConfirmationsPerHour } = state.mail
  const push = pushOf(config)
  return {
    site: config.site,
    ...{ secrets, clock, log, subscribers },
    store: d1Store(database, clock, log),
    mail: {
      ...{ from, postal, maxConfirmationsPerHour },
      openMail: async () => ({ send: async () => ({ kind: 'accepted' }), close: async () => {} }),
    },
    ...(push.kind === 'on' && { push: { ...push.push, call: async () => ({ fault: 'nobody is called' }) } }),
    digestTime: { timeZone: config.site.timeZone, ...digest },
    enqueue: async () => {},
    bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    mayAsk: async () => true,
  }
}

/** A test site: the Worker's routes with the test's D1 database, and a clock that only the test moves. */
export interface TestSite {
  ports: Ports
  /** The paths whose edge copies the Worker has invalidated, in the order of the invalidations; `all` for all copies. */
  invalidated: string[]
  /** The events that were logged, except requests. */
  logged: string[]
  get: (path: string, headers?: Record<string, string>, method?: string) => Promise<Response>
  /** Saves an article under the given slug through the API, with a valid token. */
  put: (slug: string, article?: Record<string, unknown>) => Promise<Response>
  /** Calls the API with a valid token. A text body is sent unchanged, every other body as JSON. */
  call: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Response>
  /** Sets the test site's clock to the given instant. */
  at: (instant: number | string) => void
  /** Moves the test site's clock forward by the given number of milliseconds. */
  wait: (duration: number) => void
}

export async function openSite(
  settings: Record<string, string> = {},
  digest = 'd1d1d1d1',
  opened = start,
  database: D1Database = env.DB,
): Promise<TestSite> {
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
  const log: Log = (event, fields) => {
    addLine(lineOf(event, fields))
    if (event !== 'request') logged.push(event)
  }
  const clock = () => now
  const within: Within = (_, work) => work
  const { store, answers, memory, remembering, rememberingBackups, rememberingComments } = openIsolate(
    d1Store(database, clock, log),
    { clock, within, log },
  )
  const { site } = config.value
  const invalidate: Invalidate = async ({ paths }) => {
    invalidated.push(...(paths === 'all' ? ['all'] : paths))
  }
  const counts = d1Counts(database)
  const ports: Ports = {
    config: config.value,
    store,
    paths: remembering(steadyStore(d1Paths(database, clock), within)),
    backups: rememberingBackups(steadyStore(d1Backups(database, clock), within)),
    shorts: steadyStore(shortLinks(database), within),
    examine: examineIn(database, site, clock),
    counts,
    gather: gatherVisits({ counts, wait: async () => {}, clock, log }),
    clock,
    subscribers: notifyStore(database, clock, tellOnce(log)),
    commenting: {
      comments: rememberingComments(steadyStore(commentStore(database, clock), within)),
      bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
      mayAsk: async () => true,
    },
    day: dayIn(site.timeZone),
    digest,
    publishing: { site, store, clock, invalidate },
    mayFail: async () => true,
    ...(env.ASSETS && { mediaFile: mediaIn(env.ASSETS) }),
    log,
    answers,
    memory,
  }
  if (edition === 'full') {
    ports.hub = quietHub(ports, database)
    if (mailOf(config.value).kind === 'on') ports.notify = quietNotify(ports, database)
  }
  // On a new store, the first read of a head puts the version with this digest in charge. The test site reads a head
  // when it opens, so that no later read writes to the store, as on a site that has run for a long time.
  await ports.store.heads([''], digest)
  const send = async (path: string, init: RequestInit) => {
    const context = createExecutionContext()
    const request = new Request(`https://kiosque.example${path}`, init)
    const what = `${request.method} ${path}`
    return answers.find(request) ?? soon(requestMilliseconds, what, app.fetch(request, ports, context))
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

/** The slugs of the articles in a JSON feed, in the feed's order. */
export async function slugsIn(response: Response): Promise<string[]> {
  const { items } = (await response.json()) as { items: { url: string }[] }
  return items.map(({ url }) => url.split('/').at(-1) ?? '')
}

/** Sends lines to an address of the API, and returns what the answer says about each. */
export async function sendLines(site: TestSite, path: string, lines: object[]): Promise<unknown[]> {
  const body = lines.map((line) => JSON.stringify(line)).join('\n')
  const answer = await site.call('POST', path, body, { 'Content-Type': 'application/x-ndjson' })
  return (await answer.text())
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}
