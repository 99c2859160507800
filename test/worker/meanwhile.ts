import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { app } from '../../src/app.ts'
import { openIsolate } from '../../src/memory/isolate.ts'
import { d1Store } from '../../src/store/d1.ts'
import { shortLinks } from '../../src/store/short-link.ts'
import type { TestSite } from './site.ts'

/** Wraps a database: before each statement or batch runs, `told` is called and awaited. */
function withCalls(database: D1Database, told: () => Promise<void>): D1Database {
  const originals = new WeakMap<D1PreparedStatement, D1PreparedStatement>()
  const wrap = (original: D1PreparedStatement): D1PreparedStatement => {
    const calling =
      (method: 'all' | 'run' | 'first' | 'raw') =>
      async (...values: never[]) => {
        await told()
        return (original[method] as (...values: never[]) => unknown)(...values)
      }
    const statement = {
      bind: (...values: unknown[]) => wrap(original.bind(...values)),
      ...{ all: calling('all'), run: calling('run'), first: calling('first'), raw: calling('raw') },
    } as unknown as D1PreparedStatement
    originals.set(statement, original)
    return statement
  }
  return {
    prepare: (sql: string) => wrap(database.prepare(sql)),
    batch: async (statements: D1PreparedStatement[]) => {
      await told()
      return database.batch(statements.map((statement) => originals.get(statement) ?? statement))
    },
  } as unknown as D1Database
}

/** What one answer gave to a client. */
export interface Seen {
  status: number
  etag: string | null
  headers: Headers
  body: string
}

/** An isolate with a memory of its own, in whose reads of the database a save can be inserted. */
export interface Interrupted {
  ask: (path: string, headers?: Record<string, string>, method?: string) => Promise<Seen>
  /** Runs `save` before the next read number `call` of the database, counted from 1. Without a save, none is run. */
  interrupt: (call: number, save?: () => Promise<unknown>) => void
  /** Whether the inserted save has run. */
  isDone: () => boolean
}

/** Opens an isolate of a test site. It shares the database with all isolates of the site. */
export function openInterrupted(site: TestSite): Interrupted {
  const { clock, log, publishing } = site.ports
  let left = 0
  let save: (() => Promise<unknown>) | undefined
  let failed: unknown
  const database = withCalls(env.DB, async () => {
    if (--left !== 0) return
    const run = save
    save = undefined
    try {
      await run?.()
    } catch (fault) {
      failed = fault
    }
  })
  const opened = openIsolate(d1Store(database, clock, log), { clock, log, within: (_, work) => work })
  const ports = {
    ...{ ...site.ports, ...opened, shorts: shortLinks(database) },
    publishing: { ...publishing, store: opened.store },
  }
  return {
    async ask(path, headers = {}, method = 'GET') {
      const request = new Request(`https://kiosque.example${path}`, { headers, method })
      const kept = opened.answers.find(request)
      const response = kept ?? (await app.fetch(request, ports, createExecutionContext()))
      const body = new TextDecoder().decode(await response.arrayBuffer())
      // A save that failed must fail the test, and not become an answer with status 503.
      if (failed) throw failed
      return { status: response.status, etag: response.headers.get('ETag'), headers: response.headers, body }
    },
    interrupt(call, inserted) {
      left = call
      save = inserted
    },
    isDone: () => save === undefined,
  }
}
