import type { Hono } from 'hono'
import { opaque } from '../http/entity-tag.ts'
import { respondFixed } from '../http/fixed.ts'
import { answerMissing, type Edge, type Exchange, resource } from './answer.ts'

/** The port that fetches static files from the binding ASSETS. */
export const mediaIn =
  (assets: Pick<Fetcher, 'fetch'>) =>
  (path: string): Promise<Response> =>
    assets.fetch(`https://assets.invalid${path}`)

/** Registers the static files of the binding ASSETS, such as the pictures of articles. Without the binding, there are none. */
export function media(app: Hono<Edge>): void {
  resource(app, '/media/:file{.*[^/]}', { GET: mediaFile })
}

/**
 * Answers with a static file. The binding itself compares only one ETag and knows neither lists nor `*`, so it is asked
 * without the conditions of the request. A static file has no date: the binding names none, and a deployment can bring back
 * the content of a former one.
 */
async function mediaFile(exchange: Exchange): Promise<Response> {
  const { env, req } = exchange
  const found = await env.mediaFile?.(new URL(req.url).pathname)
  const tag = opaque(found?.headers.get('ETag') ?? '')
  if (found?.status !== 200 || tag === '') {
    await found?.body?.cancel()
    return answerMissing(exchange)
  }
  const type = found.headers.get('Content-Type') ?? 'application/octet-stream'
  const response = respondFixed(req.raw, { type, tag, body: found.body }, { now: env.clock() })
  if (response.body === null) await found.body?.cancel()
  return response
}
