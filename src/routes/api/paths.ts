import type { Hono } from 'hono'
import { invalidPath, type KnownPath, type PathReply } from '../../domain/path.ts'
import type { Result } from '../../domain/problem.ts'
import { maxListed } from '../../domain/store.ts'
import { readJson } from '../../http/body.ts'
import { detailsOf, uncached } from '../../http/problem.ts'
import { parsePath } from '../../ingest/path.ts'
import { attemptSave, spread } from '../../write/spread.ts'
import { answerProblem, type Edge, type Exchange, resource } from '../answer.ts'
import { allowed, maxBodyBytes } from './allowed.ts'

/**
 * Registers the API for known paths. A backup contains these paths in addition to the articles: names of
 * sections, tags and authors, former addresses, and addresses of withdrawn articles.
 */
export function knownPaths(app: Hono<Edge>): void {
  resource(app, '/api/paths', { GET: allowed('read', list), POST: allowed('admin', save) })
  resource(app, '/api/paths/dry-run', { POST: allowed('admin', check) })
}

async function list(exchange: Exchange): Promise<Response> {
  const found = await exchange.env.paths.list(exchange.req.query('after') ?? '', maxListed)
  const last = found.length === maxListed ? found.at(-1) : undefined
  const next = last && `/api/paths?after=${encodeURIComponent(last.path)}`
  return Response.json({ paths: found, ...(next && { next }) }, { headers: uncached })
}

async function save(exchange: Exchange): Promise<Response> {
  const { paths, publishing } = exchange.env
  return answersTo(exchange, async (good) => {
    const { replies, ...saved } = await attemptSave(publishing, () => paths.save(good))
    await spread(publishing, saved)
    if (saved.touched.length === 0) publishing.takeUp?.()
    return replies
  })
}

const check = (exchange: Exchange): Promise<Response> =>
  answersTo(exchange, (good) => exchange.env.paths.check(good))

/** Answers a request with known paths: `work` returns the replies to those that can be read. */
async function answersTo(
  exchange: Exchange,
  work: (good: KnownPath[]) => Promise<PathReply[]>,
): Promise<Response> {
  const body = await readJson(exchange.req.raw, maxBodyBytes)
  if (!body.ok) return answerProblem(exchange, body.problem)
  const given = (body.value as { paths?: unknown } | null)?.paths
  if (!Array.isArray(given) || given.length > maxListed)
    return answerProblem(exchange, invalidPath('', `paths: must be a list of at most ${maxListed}`).problem)
  const parsed = given.map(parsePath)
  const next = (await work(parsed.flatMap((one) => (one.ok ? [one.value] : [])))).values()
  const answers = parsed.map((one) => answerTo(one, () => next.next().value as PathReply))
  return Response.json({ paths: answers }, { headers: uncached })
}

function answerTo(parsed: Result<KnownPath>, next: () => PathReply): object {
  const reply = parsed.ok ? next() : parsed
  const path = parsed.ok ? { path: parsed.value.path } : {}
  return reply.ok ? { ...path, saved: reply.value } : { ...path, detail: detailsOf(reply.problem).detail }
}
