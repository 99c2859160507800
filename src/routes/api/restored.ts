import type { Hono } from 'hono'
import { uncached } from '../../http/problem.ts'
import { moveOn } from '../../write/restored.ts'
import { type Edge, type Exchange, resource } from '../answer.ts'
import { allowed } from './allowed.ts'

/** Registers the call that follows each restore of the database to an earlier point in time. */
export function restoring(app: Hono<Edge>): void {
  resource(app, '/api/restored', { POST: allowed('admin', post) })
}

async function post({ env }: Exchange): Promise<Response> {
  const revision = await moveOn(env.publishing, env.backups)
  return Response.json({ revision }, { headers: uncached })
}
