import { env } from 'cloudflare:workers'
import { lineOf } from '../../src/domain/event.ts'
import { cacheTag } from '../../src/http/respond.ts'
import { effectStore } from '../../src/store/effects.ts'
import type { InvalidatePorts, PurgeCall } from '../../src/write/invalidate.ts'
import { createPurgeBudget } from '../../src/write/purge-budget.ts'
import { addLine } from './logged.ts'

export type Call = Parameters<PurgeCall>[0]

/** The edge and the queue of a test: they record the calls and messages, and the test decides what the edge answers. */
export interface TestEdge {
  ports: InvalidatePorts
  /** The accepted purge calls. */
  calls: { at: number; what: Call }[]
  /** The instants at which the messages on the queue arrive. */
  messages: number[]
  logged: string[]
}

/** Makes the ports of one isolate for marking copies stale, with the test's D1 database. */
export function openEdge(
  clock: () => number,
  answer: (what: Call) => Promise<boolean> = async () => true,
  database: D1Database = env.DB,
): TestEdge {
  const calls: TestEdge['calls'] = []
  const messages: number[] = []
  const logged: string[] = []
  const ports: InvalidatePorts = {
    effects: effectStore(database, clock),
    purge: async (what) => {
      const isAccepted = await answer(what)
      if (isAccepted) calls.push({ at: clock(), what })
      return isAccepted
    },
    wake: async (delaySeconds) => void messages.push(clock() + delaySeconds * 1000),
    purgeBudget: createPurgeBudget(clock),
    log: (event, fields) => {
      addLine(lineOf(event, fields))
      logged.push(event)
    },
  }
  return { ports, calls, messages, logged }
}

/** Whether a purge call marks the copies of a path stale. */
export const covers = (what: Call, path: string): boolean =>
  'purgeEverything' in what || what.tags.includes(cacheTag(path))

/** Stores the purge of a save directly, without an article. */
export async function addPurge(
  revision: number,
  paths: readonly string[] | 'all',
  urgent = false,
): Promise<void> {
  await env.DB.prepare("INSERT INTO effect (effect, revision, paths, urgent) VALUES ('purge', ?1, ?2, ?3)")
    .bind(revision, paths === 'all' ? null : JSON.stringify(paths), urgent ? 1 : 0)
    .run()
}

/** The rows of the effect `purge`. */
export async function waitingPurges(): Promise<
  { revision: number; paths: string[] | null; urgent: number }[]
> {
  const { results } = await env.DB.prepare(
    "SELECT revision, paths, urgent FROM effect WHERE effect = 'purge' ORDER BY revision",
  ).all<{ revision: number; paths: string | null; urgent: number }>()
  return results.map((row) => ({ ...row, paths: row.paths === null ? null : JSON.parse(row.paths) }))
}

/**
 * The Worker's environment, with a queue that loses the messages which make the Worker take up purges. The queue of
 * the test's runtime would pass them to the Worker seconds later, during another test.
 */
export const withoutMessages = (): Env => ({ ...env, INVALIDATE: { send: async () => {} } }) as unknown as Env
