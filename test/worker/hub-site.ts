import { env } from 'cloudflare:workers'
import type { Call } from '../../src/domain/ports.ts'
import type { Job } from '../../src/domain/subscription.ts'
import { sweep, work } from '../../src/hub/deliver.ts'
import { callsOf } from '../../src/hub/messages.ts'
import type { HubPorts, JobPorts } from '../../src/hub/ports.ts'
import { commentStore } from '../../src/store/comments/store.ts'
import { hubStore } from '../../src/store/hub/store.ts'
import { countFetch, countMessages, metered } from './meter.ts'
import { openSite, start, type TestSite } from './site.ts'
import { jobMilliseconds, soon } from './soon.ts'

type Request = Parameters<Call>[0]
type Answer = Awaited<ReturnType<Call>>

/** A test site with a hub. The delivery queue is a list, and the test decides what subscribers answer. */
export interface HubSite extends TestSite {
  hub: HubPorts
  /** The jobs on the hub's queue. */
  queue: Job[]
  /** The requests that the hub sent to subscribers, in the order in which they were sent. */
  calls: Request[]
  /**
   * Sets what subscribers answer. By default subscribers confirm every request of the hub and accept every
   * delivery.
   */
  answer: (answer: (request: Request) => Answer | Promise<Answer>) => void
  /** Sends a form to the hub, without the fields whose value is undefined. */
  ask: (form: Record<string, string | undefined>, headers?: Record<string, string>) => Promise<Response>
  /** Subscribes to a feed by the feed's path, and runs the hub's verification of the subscription. */
  subscribe: (path: string, callback?: string, more?: Record<string, string>) => Promise<void>
  /**
   * Runs the jobs on the hub's queue until the queue is empty. Fails after `maxJobs` jobs, because jobs that
   * always add new jobs would never end.
   */
  drain: () => Promise<void>
  /** Runs the hub's part of the cron job, and then all jobs on the queue. */
  sweep: () => Promise<void>
  /** The deliveries that the hub has sent. */
  deliveries: () => Request[]
  /** Makes jobs hand on the calls that are not answered at once. Otherwise a job waits until every call is answered. */
  handOn: () => void
  /** Waits until the calls that jobs have handed on are answered and their results are stored. */
  settled: () => Promise<void>
}

/** Milliseconds after which a job hands on unanswered calls in a test that has called `handOn`. */
const shortMilliseconds = 20

/** The maximum number of jobs that one test may run; the largest tests run some hundred jobs. */
const maxJobs = 2000

export const callback = 'https://reader.example/callback?key=secret'

/**
 * Answers the hub as a subscriber does by default: the subscriber echoes the challenge of a verification and
 * accepts every delivery.
 */
export const obliging = ({ method, url }: Request): Answer =>
  method === 'GET'
    ? { status: 200, text: new URL(url).searchParams.get('hub.challenge') ?? '' }
    : { status: 204, text: '' }

export async function openHub(
  settings: Record<string, string> = {},
  differs: Partial<HubPorts> = {},
  opened = start,
  database: D1Database = env.DB,
  version = 'd1d1d1d1',
): Promise<HubSite> {
  const site = await openSite(settings, version, opened, database)
  const queue: Job[] = []
  const calls: Request[] = []
  let answer: (request: Request) => Answer | Promise<Answer> = obliging
  const { config, store, clock, digest } = site.ports
  const hub: HubPorts = {
    site: config.site,
    store,
    clock,
    digest,
    feedLength: config.feedLength,
    hub: `${config.site.url}/hub`,
    subscriptions: hubStore(database, clock),
    comments: commentStore(database, clock),
    enqueue: async (jobs) => {
      for (const call of callsOf(jobs)) countMessages(call)
      queue.push(...jobs)
    },
    call: async (request) => {
      countFetch()
      calls.push(request)
      return answer(request)
    },
    random: () => 0,
    bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    mayAsk: async () => true,
    mayCall: async () => true,
    mayMakeCall: async () => true,
    loopback: config.hubLoopback,
    publicHubs: config.publicHubs,
    sha1Hosts: config.hubSha1Hosts,
    log: site.ports.log,
    ...differs,
  }
  const handedOn: Promise<unknown>[] = []
  let isPatient = true
  const jobPorts: Omit<JobPorts, keyof HubPorts> = {
    wait: () => (isPatient ? new Promise<never>(() => {}) : scheduler.wait(shortMilliseconds)),
    later: (work) => handedOn.push(work),
  }
  site.ports.hub = hub
  site.ports.publishing.push = () => hub.enqueue([{ kind: 'push' }])
  const drain = async () => {
    for (let done = 0; queue.length > 0; done++) {
      if (done === maxJobs)
        throw new Error(
          `${done} jobs have not emptied the queue, which has ${JSON.stringify(queue.slice(0, 5))}`,
        )
      const job = queue.shift() as Job
      await soon(
        jobMilliseconds,
        `The job ${JSON.stringify(job)}`,
        metered(`kiosque-deliver: ${job.kind}`, () => work({ ...hub, ...jobPorts }, job)),
      )
    }
  }
  const ask: HubSite['ask'] = (form, headers = {}) => {
    const given = Object.entries(form).filter((field): field is [string, string] => field[1] !== undefined)
    const type = { 'Content-Type': 'application/x-www-form-urlencoded' }
    return site.call('POST', '/hub', new URLSearchParams(given).toString(), { ...type, ...headers })
  }
  return {
    ...site,
    hub,
    queue,
    calls,
    answer: (next) => {
      answer = next
    },
    ask,
    subscribe: async (path, to = callback, more = {}) => {
      const topic = `${config.site.url}${path}`
      const response = await ask({ 'hub.mode': 'subscribe', 'hub.topic': topic, 'hub.callback': to, ...more })
      if (response.status !== 202) throw new Error(`${response.status} ${await response.text()}`)
      await drain()
    },
    drain,
    sweep: async () => {
      await metered('cron', () => sweep(hub))
      await drain()
    },
    deliveries: () => calls.filter(({ method }) => method === 'POST'),
    handOn: () => {
      isPatient = false
    },
    settled: async () => {
      await soon(jobMilliseconds, 'The calls that were handed on', Promise.all(handedOn.splice(0)))
    },
  }
}

/** The body of a request as text. */
export const textOf = ({ body }: Request): string => new TextDecoder().decode(body)
