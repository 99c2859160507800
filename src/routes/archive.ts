import type { Hono } from 'hono'
import { parseArchive } from '../domain/archive.ts'
import { type From, parseCursor } from '../domain/cursor.ts'
import { failure, type Result, success } from '../domain/problem.ts'
import { facetsOf, folders } from '../domain/selection.ts'
import { archiveOf, readArchive } from '../read/archive.ts'
import { answer, answerProblem, type Edge, type Exchange, resource } from './answer.ts'
import { answerView, isViewed } from './feed-view.ts'
import { queryParameter } from './query.ts'
import { feedFile, formatOf, param, reading } from './reading.ts'

/** The last part of an archive's address, which follows the address of the archive's selection. */
const archiveFile = `archive/:year/:month/:place/${feedFile}`

/**
 * Registers the archives of every selection (RFC 5005 §4). If the query of an archive's address names
 * selections, the answer has only those articles of the archive that are also in these selections.
 */
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
  const facets = facetsOf((key) => queryParameter(exchange, key))
  const read = await readArchive(ports, path, part, facets)
  if (!read.ok) return answerProblem(exchange, read.problem)
  if (!isViewed(exchange)) return answer(exchange, success(archiveOf(ports, read.value, format)))
  const { selection, freshness } = read.value
  const { title, articles } = await read.value.teasers()
  const viewed = { selection: { ...selection, title }, articles, newest: false, faults: freshness }
  return answerView(exchange, viewed, format)
}

/**
 * The cursor from the query: the article before or after which the requested page lies (RFC 5005 §3).
 * Undefined if the newest articles were requested.
 */
export function fromIn(exchange: Exchange): Result<From | undefined> {
  for (const side of ['before', 'after'] as const) {
    const text = queryParameter(exchange, side)
    if (text === undefined) continue
    const cursor = parseCursor(text)
    if (cursor) return success(side === 'before' ? { before: cursor } : { after: cursor })
    return failure({ kind: 'invalid-query', field: side, reason: 'must be taken from a link of the feed' })
  }
  return success(undefined)
}
