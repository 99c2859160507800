import type { Hono } from 'hono'
import { parseArchive } from '../domain/archive.ts'
import { parseCursor } from '../domain/paging.ts'
import { failure, type Result, success } from '../domain/problem.ts'
import { facetsOf, folders } from '../domain/selection.ts'
import type { From } from '../domain/store.ts'
import { archiveOf, readArchive } from '../read/archive.ts'
import { answer, answerProblem, type Edge, type Exchange, resource } from './answer.ts'
import { answerView, isViewed } from './feed-view.ts'
import { feedFile, formatOf, param, reading } from './reading.ts'

/** The pattern of an archive's address, after the address of its selection. */
const archiveFile = `archive/:year/:month/:place/${feedFile}`

/** Registers the archives of every selection (RFC 5005 §4). A query narrows an archive to an intersection. */
export function archives(app: Hono<Edge>): void {
  resource(app, `/${archiveFile}`, { GET: (exchange) => archive(exchange, '') })
  for (const folder of folders) {
    resource(app, `/${folder}/:key/${archiveFile}`, {
      GET: (exchange) => archive(exchange, `${folder}/${param(exchange, 'key')}`),
    })
  }
}

async function archive(exchange: Exchange, path: string): Promise<Response> {
  const part = parseArchive(param(exchange, 'year'), param(exchange, 'month'), param(exchange, 'place'))
  if (part === undefined) return answerProblem(exchange, { kind: 'not-found', what: exchange.req.path })
  const ports = reading(exchange)
  const format = formatOf(exchange)
  const facets = facetsOf((key) => exchange.req.query(key))
  const read = await readArchive(ports, path, part, facets)
  if (!read.ok) return answerProblem(exchange, read.problem)
  if (!isViewed(exchange)) return answer(exchange, success(archiveOf(ports, read.value, format)))
  const { selection, freshness } = read.value
  const { title, articles } = await read.value.teasers()
  const viewed = { selection: { ...selection, title }, articles, newest: false, stale: freshness.stale }
  return answerView(exchange, viewed, format)
}

/** The place where the query wants a page to begin (RFC 5005 §3); undefined if it wants the newest articles. */
export function fromIn({ req }: Exchange): Result<From | undefined> {
  for (const side of ['before', 'after'] as const) {
    const text = req.query(side)
    if (text === undefined) continue
    const cursor = parseCursor(text)
    if (cursor) return success(side === 'before' ? { before: cursor } : { after: cursor })
    return failure({ kind: 'invalid-query', field: side, reason: 'must be taken from a link of the feed' })
  }
  return success(undefined)
}
