import { env } from 'cloudflare:workers'
import { withCalls } from './faulty.ts'
import { isolateOf } from './isolate.ts'
import type { TestSite } from './site.ts'

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
  const get = isolateOf(site, { database })
  return {
    async ask(path, headers, method) {
      const response = await get(path, headers, method)
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
