// The clock comes first, because `src/index.ts` takes `Date.now` when it is loaded.
import './clock.ts'
import worker from '../../src/index.ts'
import { machineNow, setAhead } from './clock.ts'
import { failingDatabase, slowMilliseconds, type Trouble } from './database.ts'
import { randomOf } from './random.ts'
import { calm, chaosHeaders, type Orders } from './weather.ts'

/** The bindings of the Worker of the run, in addition to those of Kiosque. */
interface ChaosEnv extends Env {
  /** The address of the process that makes the run. */
  CHAOS_RUN: string
  /** The first `Orders`, as JSON. */
  CHAOS_ORDERS: string
}

/** Milliseconds for which a failed call to the database can be the reason of an answer. */
const troubleMilliseconds = 1500

const trouble: Trouble = {
  weather: calm,
  random: randomOf(0),
  reads: 0,
  writes: 0,
  pending: new Set(),
  failed: 0,
  die: () => new Promise(() => {}),
}
let wrapped: Env | undefined

function obey({ weather, aheadMilliseconds, seed }: Orders): void {
  setAhead(aheadMilliseconds)
  Object.assign(trouble, { weather, random: randomOf(seed) })
}

/** The bindings of Kiosque, with a database that fails. It is the same object for every call. */
function open(env: ChaosEnv): Env {
  if (wrapped) return wrapped
  obey(JSON.parse(env.CHAOS_ORDERS) as Orders)
  trouble.die = async () => {
    await fetch(`${env.CHAOS_RUN}/kill`, { method: 'POST' }).catch(() => {})
    return new Promise(() => {})
  }
  wrapped = { ...env, DB: failingDatabase(env.DB, trouble) }
  return wrapped
}

/** A context with a cache at the edge, whose calls the run answers. A local run has no such cache. */
const withCache = (context: ExecutionContext, { CHAOS_RUN }: ChaosEnv): ExecutionContext =>
  ({
    waitUntil: (work: Promise<unknown>) => context.waitUntil(work),
    passThroughOnException: () => context.passThroughOnException(),
    props: {},
    cache: {
      purge: async (what: object) => {
        const answer = await fetch(`${CHAOS_RUN}/purge`, { method: 'POST', body: JSON.stringify(what) })
        return answer.json()
      },
    },
  }) as unknown as ExecutionContext

async function command(path: string, request: Request, env: ChaosEnv, context: ExecutionContext) {
  switch (path) {
    case '/chaos/orders':
      obey(await request.json())
      return new Response(null, { status: 204 })
    case '/chaos/cron':
      await worker.scheduled({} as ScheduledController, open(env), withCache(context, env))
      return new Response(null, { status: 204 })
    case '/chaos/site':
      return Response.json(await env.DB.prepare('SELECT * FROM site').first())
    default:
      return new Response(null, { status: 404 })
  }
}

/** The kinds of calls to the database that may be the reason of an answer to a request that began at `begun`. */
function troubles(begun: number): string {
  const since = begun - troubleMilliseconds
  const isSlow = [...trouble.pending].some((start) => machineNow() - start > slowMilliseconds)
  return [
    ...(isSlow || trouble.reads >= since ? ['reads'] : []),
    ...(trouble.writes >= since ? ['writes'] : []),
  ].join(' ')
}

/**
 * Kiosque with a database that fails at random, a cache at the edge whose calls are recorded, a clock that can be
 * set, and addresses that control all this.
 */
export default {
  async fetch(request, env, context): Promise<Response> {
    const begun = machineNow()
    const environment = open(env)
    const { pathname } = new URL(request.url)
    const answer = await (pathname.startsWith('/chaos/')
      ? command(pathname, request, env, context)
      : worker.fetch(request, environment, withCache(context, env)))
    const response = new Response(answer.body, answer)
    response.headers.set(chaosHeaders.trouble, troubles(begun))
    response.headers.set(chaosHeaders.failed, String(trouble.failed))
    trouble.failed = 0
    return response
  },

  async queue(batch, env, context): Promise<void> {
    await worker.queue(batch, open(env), withCache(context, env))
  },
} satisfies ExportedHandler<ChaosEnv>
