import type { Hono } from 'hono'
import { failure, type Result, success } from '../../domain/problem.ts'
import { readJson } from '../../http/body.ts'
import { detailsOf, uncached } from '../../http/problem.ts'
import { withinBudget } from '../../write/budget.ts'
import { undoPart } from '../../write/undo.ts'
import { answerProblem, type Edge, type Exchange, resource } from '../answer.ts'
import { allowed, maxBodyBytes } from './allowed.ts'

/** Registers the calls with which the command line begins, ends and takes back an import. */
export function imports(app: Hono<Edge>): void {
  resource(app, '/api/imports', { POST: allowed('publish', open) })
  resource(app, '/api/imports/undo', { POST: allowed('publish', undo) })
  resource(app, '/api/imports/complete', { POST: allowed('publish', complete) })
}

/** Begins an import of files, or goes on with the last one. The body is `{ "files": "…" }`, a hash of the names of the files. */
async function open(exchange: Exchange): Promise<Response> {
  const files = await memberIn(exchange, 'files', isHash, 'must be a SHA-256 in hexadecimal')
  if (!files.ok) return answerProblem(exchange, files.problem)
  return Response.json(await exchange.env.store.openImport(files.value), { headers: uncached })
}

/** Marks an import as complete, so that the next import of the same files is another one. The body is `{ "run": 1 }`. */
async function complete(exchange: Exchange): Promise<Response> {
  const run = await memberIn(exchange, 'run', isNumber, 'must be the number of an import')
  if (!run.ok) return answerProblem(exchange, run.problem)
  await exchange.env.store.completeImport(run.value)
  return Response.json({ run: run.value }, { headers: uncached })
}

/** Takes back a part of the last import. The body is `{ "after": "" }`; a further part begins after `next` of the answer. */
async function undo(exchange: Exchange): Promise<Response> {
  const after = await memberIn(exchange, 'after', isText, 'must be empty, or the member "next" of an answer')
  if (!after.ok) return answerProblem(exchange, after.problem)
  const { results, next } = await withinBudget(exchange.env.publishing, (ports) =>
    undoPart(ports, after.value),
  )
  const articles = results.map((result) => {
    if (result.ok) return { slug: result.value.slug, undone: result.value.kind }
    return { detail: detailsOf(result.problem).detail }
  })
  return Response.json({ articles, ...(next !== undefined && { next }) }, { headers: uncached })
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= 5000
const isHash = (value: unknown): value is string => typeof value === 'string' && /^[\da-f]{64}$/.test(value)
const isNumber = (value: unknown): value is number => Number.isSafeInteger(value)

/** Reads one member of the body of a request. */
async function memberIn<T>(
  { req }: Exchange,
  name: string,
  isRight: (value: unknown) => value is T,
  reason: string,
): Promise<Result<T>> {
  const body = await readJson(req.raw, maxBodyBytes)
  if (!body.ok) return body
  const value: unknown = (body.value as Record<string, unknown> | null)?.[name]
  if (isRight(value)) return success(value)
  return failure({ kind: 'invalid-request', task: 'import', issues: [{ field: name, reason }] })
}
