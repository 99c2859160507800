import { app } from './app.ts'
import { type Config, parseConfig, shownSettings } from './config/settings.ts'
import { dayIn } from './domain/day.ts'
import type { EffectStore } from './domain/effect.ts'
import { events, lineOf } from './domain/event.ts'
import { hubEffects } from './domain/hub-store.ts'
import type { Enqueue, Log, Within } from './domain/ports.ts'
import type { Result } from './domain/problem.ts'
import type { Job } from './domain/subscription.ts'
import { withoutEdge } from './http/origin.ts'
import { problemResponse } from './http/problem.ts'
import { hashOf } from './http/token.ts'
import { sweep, work } from './hub/deliver.ts'
import { sendJobs, workOnEach } from './hub/messages.ts'
import { type Isolate, openIsolate } from './memory/isolate.ts'
import { createRateLimit, type MayAsk } from './memory/rate.ts'
import { createSample } from './memory/sample.ts'
import { steadyStore, withoutTimeout } from './memory/steady.ts'
import { gatherVisits } from './memory/visits.ts'
import { cacheOf, purgeWith } from './platform/cache.ts'
import { commentPorts } from './platform/comments.ts'
import { erasedBucket, keepErasedIn, keepingErased } from './platform/erased.ts'
import { hubPorts, jobPorts, mayCall } from './platform/hub.ts'
import { isNotifyJob, jobsAfterSave, notifyPorts, sweepNotify, workOnNotify } from './platform/notify.ts'
import type { Ports } from './ports.ts'
import { fillCodes } from './read/short-link.ts'
import { rendererDigest } from './render/digest.ts'
import { mediaIn } from './routes/media.ts'
import { offering } from './routes/reading.ts'
import { requestsPerLine } from './routes/requests.ts'
import { d1Backups } from './store/backup.ts'
import { tellOnce } from './store/bad-row.ts'
import { lateCommentStore } from './store/comments/late.ts'
import { d1Counts } from './store/counts.ts'
import { d1Store } from './store/d1.ts'
import { examineIn } from './store/doctor.ts'
import { effectStore } from './store/effects.ts'
import { hubStore } from './store/hub/store.ts'
import { lateNotifyStore } from './store/notify/late.ts'
import { d1Paths } from './store/paths.ts'
import { shortLinks } from './store/short-link.ts'
import { runDuties } from './write/duties.ts'
import { type InvalidatePorts, invalidate, recover, takeUp } from './write/invalidate.ts'
import { createPurgeBudget, type PurgeBudget } from './write/purge-budget.ts'

const clock = Date.now

const log: Log = (event, fields) => console[events[event].level](lineOf(event, fields))

const within: Within = (milliseconds, work) =>
  new Promise((resolve, reject) => {
    const late = () => reject(new Error(`no answer within ${milliseconds} ms`))
    const timer = setTimeout(late, milliseconds)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })

const bytes = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length))

const send = (request: Request): Promise<Response> => fetch(request)

const wait = (milliseconds: number): Promise<void> => scheduler.wait(milliseconds)

interface Settled
  extends Isolate,
    Pick<Ports, 'subscribers' | 'commenting' | 'erasedBucket' | 'notify' | 'hub' | 'paths' | 'backups'>,
    Pick<Ports, 'shorts' | 'digest' | 'day' | 'counts' | 'gather'> {
  /**
   * Whether selections changed during a read, because an embargo ended or an article expired, and the effects of the
   * change are not yet taken up.
   */
  released: { pending: boolean }
  effects: EffectStore
  config: Result<Config>
  purgeBudget: PurgeBudget
  mayAsk: MayAsk
  isSampled: () => boolean
}

/**
 * What each isolate sets up once for its environment. An environment never changes, so its settings are parsed
 * only once.
 */
const isolates = new WeakMap<Env, Settled>()

/**
 * Sets up an isolate. If several requests arrive before the first set-up is done, each of them does the set-up
 * itself, because no request may await the work of another request.
 */
async function settle(env: Env): Promise<Settled> {
  const known = isolates.get(env)
  if (known) return known
  const made = await read(env)
  const settled = isolates.get(env) ?? made
  isolates.set(env, settled)
  return settled
}

async function read(env: Env): Promise<Settled> {
  const config = parseConfig(env)
  const shown = config.ok ? [shownSettings(config.value), mayCall(config.value)] : [{}, false]
  const digest = (await hashOf(JSON.stringify([rendererDigest, ...shown]))).slice(0, 8)
  const purgeBudget = createPurgeBudget(clock)
  const released = { pending: false }
  const shared = async (key: string) => (await env.READERS.limit({ key })).success
  const mayAsk = createRateLimit(clock, shared, Math.floor(Math.random() * 2 ** 32))
  const counts = steadyStore(d1Counts(env.DB), within)
  const store = d1Store(env.DB, clock, log, { within, released: () => (released.pending = true) })
  const enqueue: Enqueue = (jobs) => sendJobs(env, jobs, log)
  const subscriptions = steadyStore(hubStore(env.DB, clock, tellOnce(log)), withoutTimeout)
  const comments = steadyStore(lateCommentStore(env.DB, clock), within)
  const outside = { store: steadyStore(store, within), clock, log, send, enqueue, bytes, random: Math.random }
  const hub =
    config.ok &&
    hubPorts(env, config.value, { ...outside, ...offering(config.value), comments, digest, subscriptions })
  const bucket = erasedBucket(env.ERASED, within)
  const people = steadyStore(lateNotifyStore(env.DB, clock, tellOnce(log)), withoutTimeout)
  const subscribers = keepingErased(people, bucket, log)
  const notify = config.ok && notifyPorts(env, config.value, { ...outside, subscribers, within })
  const isolate = openIsolate(store, { clock, within, log })
  return {
    config,
    digest,
    day: dayIn(config.ok ? config.value.site.timeZone : 'UTC'),
    purgeBudget,
    mayAsk,
    isSampled: createSample(requestsPerLine, Math.random),
    released,
    ...(hub && { hub }),
    subscribers,
    commenting: commentPorts(env, config.ok ? config.value : undefined, {
      ...outside,
      comments: isolate.rememberingComments(comments),
    }),
    ...(bucket && { erasedBucket: bucket }),
    ...(notify && { notify }),
    shorts: steadyStore(shortLinks(env.DB), within),
    effects: effectStore(env.DB, clock),
    counts,
    gather: gatherVisits({ counts, wait, clock, log }),
    paths: isolate.remembering(steadyStore(d1Paths(env.DB, clock), withoutTimeout)),
    backups: isolate.rememberingBackups(steadyStore(d1Backups(env.DB, clock), withoutTimeout)),
    ...isolate,
  }
}

/** Takes up the effects of changes during reads without waiting for the cron run. */
function follow({ publishing }: Ports, env: Env): void {
  const released = isolates.get(env)?.released
  if (!released?.pending) return
  released.pending = false
  publishing.takeUp?.()
  publishing.push?.()
}

/**
 * Makes the ports from the Worker's bindings. If a setting is wrong, returns an error answer that names the
 * setting.
 */
async function portsOf(env: Env, context: ExecutionContext): Promise<Ports | Response> {
  const { config, released: _, ...isolate } = await settle(env)
  if (!config.ok) return problemResponse(config.problem)
  const { site } = config.value
  return {
    config: config.value,
    // Made at each call, because only the command `doctor` needs it.
    examine: (after, fix) =>
      steadyStore({ examine: examineIn(env.DB, site, clock) }, withoutTimeout).examine(after, fix),
    clock,
    publishing: {
      site,
      store: isolate.store,
      clock,
      invalidate: async (purge) => invalidate(await edgePorts(env, context), purge),
      ...((isolate.hub || isolate.notify) && {
        push: () => context.waitUntil(sendJobs(env, jobsAfterSave(isolate), log)),
      }),
      takeUp: () => context.waitUntil(edgePorts(env, context).then(recover)),
    },
    ...(env.ASSETS && { mediaFile: mediaIn(env.ASSETS) }),
    mayFail: async (client) => (await env.FAILURES.limit({ key: client })).success,
    log,
    ...isolate,
  }
}

/** The ports for marking copies at the edge stale. */
async function edgePorts(env: Env, context: ExecutionContext): Promise<InvalidatePorts> {
  const { effects, purgeBudget } = await settle(env)
  const wake = async (delaySeconds: number) => void (await env.INVALIDATE.send(null, { delaySeconds }))
  return { effects, purgeBudget, purge: purgeWith(context), wake, log }
}

/** Deletes the effects that a hub would carry out. */
async function dropAll(effects: EffectStore): Promise<void> {
  for (const effect of hubEffects) await effects.drop(effect)
}

type Consumer = (ports: Ports, batch: MessageBatch, context: ExecutionContext, env: Env) => Promise<void>

/** Does the jobs of the hub, and those of the flow that tells people. */
const workOnJobs: Consumer = ({ hub, notify }, batch, context) => {
  const ports = hub && jobPorts(hub, wait, context)
  const workOn = async (job: Job) =>
    isNotifyJob(job) ? workOnNotify(notify, job) : ports && work(ports, job)
  return workOnEach(batch, (body) => workOn(body as Job), log)
}

/** The function that handles the messages of each queue, by the queue's name in wrangler.toml. */
const queues: Record<string, Consumer> = {
  'kiosque-deliver': workOnJobs,
  'kiosque-verify': workOnJobs,
  'kiosque-slow': workOnJobs,
  'kiosque-dead': ({ hub }, batch) =>
    workOnEach(batch, async (body) => hub?.subscriptions.addDeadLetter(body as Job), log),
  'kiosque-invalidate': async (_, __, context, env) => takeUp(await edgePorts(env, context)),
}

async function serve(request: Request, env: Env, context: ExecutionContext): Promise<Response> {
  const ports = await portsOf(env, context)
  if (ports instanceof Response) return ports
  const response = await app.fetch(request, ports, context)
  follow(ports, env)
  return response
}

export default {
  fetch(request, env, context): Response | Promise<Response> {
    const response = isolates.get(env)?.answers.find(request) ?? serve(request, env, context)
    if (cacheOf(context)) return response
    if (response instanceof Response) return withoutEdge(response, clock())
    return response.then((made) => withoutEdge(made, clock()))
  },

  async scheduled(_controller, env, context): Promise<void> {
    const ports = await portsOf(env, context)
    if (ports instanceof Response) return
    const { store, hub, notify, digest } = ports
    const edge = await edgePorts(env, context)
    await runDuties({
      takeCharge: () => store.takeCharge(digest),
      release: () => store.release(),
      takeUp: () => takeUp(edge),
      sweep: () => (hub ? sweep(hub) : dropAll(edge.effects)),
      tell: () => sweepNotify(notify, { subscribers: ports.subscribers, clock }),
      keepErased: () => keepErasedIn(ports.erasedBucket, ports.subscribers),
      fillCodes: () => fillCodes(ports.shorts),
      log,
    })
    follow(ports, env)
  },

  async queue(batch, env, context): Promise<void> {
    const ports = await portsOf(env, context)
    if (ports instanceof Response) return batch.retryAll()
    try {
      await queues[batch.queue]?.(ports, batch, context, env)
      follow(ports, env)
    } catch (fault) {
      log('batch-failed', { queue: batch.queue, messages: batch.messages.length, fault })
      batch.retryAll()
    }
  },
} satisfies ExportedHandler<Env>
