import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { app } from '../../src/app.ts'
import { openIsolate } from '../../src/memory/isolate.ts'
import { d1Store } from '../../src/store/d1.ts'
import { shortLinks } from '../../src/store/short-link.ts'
import type { TestSite } from './site.ts'

/**
 * Opens another isolate of a test site, with a memory of its own, and returns a function that sends requests to it.
 * All isolates of a site share its database and its clock.
 */
export function isolateOf(
  site: TestSite,
  { digest = site.ports.digest, database = env.DB }: { digest?: string; database?: D1Database } = {},
): TestSite['get'] {
  const { clock, log, publishing } = site.ports
  const opened = openIsolate(d1Store(database, clock, log), { clock, log, within: (_, work) => work })
  const ports = {
    ...{ ...site.ports, ...opened, digest, shorts: shortLinks(database) },
    publishing: { ...publishing, store: opened.store },
  }
  return async (path, headers = {}, method = 'GET') => {
    const request = new Request(`https://kiosque.example${path}`, { headers, method })
    return opened.answers.find(request) ?? app.fetch(request, ports, createExecutionContext())
  }
}
