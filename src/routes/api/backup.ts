import type { Hono } from 'hono'
import { type BackupState, listedKinds } from '../../domain/backup.ts'
import { commentKinds } from '../../domain/comment-backup.ts'
import { articlesPerSave, bytesPerSave, maxLines, maxLinesBytes } from '../../domain/limits.ts'
import { failure, type Result } from '../../domain/problem.ts'
import { parseJson, readJson } from '../../http/body.ts'
import { readLines } from '../../http/lines.ts'
import { detailsOf, uncached } from '../../http/problem.ts'
import { parseState } from '../../ingest/backup.ts'
import { completeRestore, type Restored, restoreLines } from '../../write/restore.ts'
import { answerProblem, type Edge, type Exchange, resource } from '../answer.ts'
import { allowed, hasScope, maxBodyBytes, maxLineBytes } from './allowed.ts'

/** Registers the calls that read a backup, and those that restore it into an empty store. */
export function backups(app: Hono<Edge>): void {
  resource(app, '/api/backup', { GET: allowed('read', state) })
  resource(app, '/api/backup/:kind', { GET: allowed('read', list) })
  resource(app, '/api/restore', { POST: allowed('admin', restore) })
  resource(app, '/api/restore/complete', { POST: allowed('admin', complete) })
}

/** Answers with the state of the store, and with the site's time zone, which the command line needs for dates without a zone. */
async function state({ env }: Exchange): Promise<Response> {
  const { timeZone } = env.config.site
  return Response.json({ ...(await env.backups.state()), timeZone }, { headers: uncached })
}

async function list(exchange: Exchange): Promise<Response> {
  const { env, req } = exchange
  const name = req.param('kind') ?? ''
  const kind = listedKinds.find((one) => one === name)
  if (!kind) return answerProblem(exchange, { kind: 'not-found', what: `lines of the kind "${name}"` })
  const since = req.query('since')
  if (since !== undefined && !/^\d{1,15}$/.test(since)) {
    const reason = 'must be the member "revision" of a backup'
    return answerProblem(exchange, { kind: 'invalid-query', field: 'since', reason })
  }
  const after = req.query('after')
  // Comments that are not public are in the list too, which only an administrator may read.
  if (commentKinds.some((one) => one === kind) && !(await hasScope(exchange, 'admin'))) {
    const { lines } = await env.backups.list('comments', undefined, undefined)
    if (lines.length > 0) return answerProblem(exchange, { kind: 'forbidden', scope: 'admin' })
  }
  const { lines, next } = await env.backups.list(kind, after, since === undefined ? undefined : Number(since))
  return Response.json(
    { lines, ...(next !== undefined && { next: nextAddress(req.url, next) }) },
    { headers: uncached },
  )
}

function nextAddress(from: string, next: string): string {
  const url = new URL(from)
  url.searchParams.set('after', next)
  return `${url.pathname}${url.search}`
}

/**
 * Restores lines of a backup. The first line of the request is the first line of the backup, and the answer has one
 * line for each further line.
 */
async function restore(exchange: Exchange): Promise<Response> {
  const { env, req } = exchange
  const ports = { ...env.publishing, backups: env.backups }
  const limits = { bytesPerLine: maxLineBytes, maxLines, maxBytes: maxLinesBytes }
  const lines = await readLines(req.raw.body, limits)
  if (!lines.ok) return answerProblem(exchange, lines.problem)
  const answers: object[] = []
  let state: BackupState | undefined
  let chunk: Result<unknown>[] = []
  let bytes = 0
  const flush = async () => {
    const good = chunk.flatMap((one) => (one.ok ? [one.value] : []))
    const results = (await restoreLines(ports, state?.revision ?? 0, good)).values()
    for (const one of chunk) answers.push(answerTo(one.ok ? (results.next().value as Result<Restored>) : one))
    chunk = []
    bytes = 0
  }
  for (const line of lines.value) {
    const value =
      'length' in line
        ? failure({ kind: 'too-large', bytes: line.length, maxBytes: maxLineBytes })
        : parseJson(line.bytes)
    if (state) {
      chunk.push(value)
      bytes += 'bytes' in line ? line.bytes.length : 0
      if (chunk.length === articlesPerSave || bytes >= bytesPerSave) await flush()
      continue
    }
    const parsed = value.ok ? parseState(value.value) : value
    if (!parsed.ok) return answerProblem(exchange, parsed.problem)
    state = parsed.value
    if (!(await env.backups.open(state))) return answerProblem(exchange, { kind: 'not-empty' })
  }
  await flush()
  const body = answers.map((one) => `${JSON.stringify(one)}\n`).join('')
  return new Response(body, { headers: { ...uncached, 'Content-Type': 'application/x-ndjson' } })
}

const answerTo = (result: Result<Restored>): object =>
  result.ok ? { saved: result.value } : { detail: detailsOf(result.problem).detail }

/** Completes a restore: makes all selections visible with the revisions of the backup. */
async function complete(exchange: Exchange): Promise<Response> {
  const { env, req } = exchange
  const body = await readJson(req.raw, maxBodyBytes)
  if (!body.ok) return answerProblem(exchange, body.problem)
  const { exact, ...given } = (body.value ?? {}) as { exact?: unknown }
  const state = parseState({ ...given, kind: 'backup' })
  if (!state.ok) return answerProblem(exchange, state.problem)
  if (!(await env.backups.open(state.value))) return answerProblem(exchange, { kind: 'not-empty' })
  const ports = { ...env.publishing, backups: env.backups }
  const isExact = await completeRestore(ports, state.value, exact === true)
  return Response.json({ exact: isExact }, { headers: uncached })
}
