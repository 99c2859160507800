import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DatabaseSync } from 'node:sqlite'

/** The part of Cloudflare's API that `npx wrangler` calls during a deployment, for one account on this machine. */
export interface Cloudflare {
  address: string
  /** The database of the Worker; undefined if it does not exist. */
  database: DatabaseSync | undefined
  /** Whether the Worker exists. */
  uploaded: boolean
  /** The names of the queues that exist. */
  queues: string[]
  /** The requests that changed something, in order: `database`, `upload`, or an SQL statement that is no SELECT. */
  changes: string[]
  close: () => void
}

interface Answer {
  status?: number
  result?: unknown
  error?: { code: number; message: string }
}

const id = '11111111-1111-1111-1111-111111111111'
const noWorker = {
  status: 404,
  error: { code: 10007, message: 'This Worker does not exist on your account.' },
}
const noService = { status: 404, error: { code: 10090, message: 'workers.api.error.service_not_found' } }
const noDatabase = { status: 404, error: { code: 7404, message: 'The database could not be found' } }
const version = { id: 'v1', startup_time_ms: 1, resources: { script: { etag: 'e' }, bindings: [] } }

/** Starts the API for an account that has neither the Worker nor its database. */
export async function startCloudflare(): Promise<Cloudflare> {
  const account: Cloudflare = {
    address: '',
    database: undefined,
    uploaded: false,
    queues: [],
    changes: [],
    close: () => server.close(),
  }

  const upload = (result: unknown): Answer => {
    account.uploaded = true
    account.changes.push('upload')
    return { result }
  }
  const query = (sql: string): Answer => {
    try {
      const reads = /^\s*SELECT\b/.test(sql)
      if (!reads) account.changes.push(sql)
      const results = reads ? account.database?.prepare(sql).all() : []
      if (!reads) account.database?.exec(sql)
      return { result: [{ results, success: true, meta: { duration: 1 } }] }
    } catch (fault) {
      return { status: 400, error: { code: 7500, message: `${(fault as Error).message}: SQLITE_ERROR` } }
    }
  }
  const createQueue = (name: string): Answer => {
    account.queues.push(name)
    return { result: queueOf(name) }
  }
  const create = (): Answer => {
    account.database = new DatabaseSync(':memory:')
    account.changes.push('database')
    return { result: { uuid: id, name: 'kiosque-db' } }
  }

  /** The answers, by the method and path of the request. The first line that matches answers. */
  const routes: readonly [request: RegExp, answer: (body: string) => Answer][] = [
    [/^POST \/d1\/database$/, create],
    [/^POST \/d1\/database\/[^/]+\/query$/, (body) => query(JSON.parse(body).sql)],
    [/^GET \/d1\/database$/, () => ({ result: account.database ? [{ uuid: id, name: 'kiosque-db' }] : [] })],
    [
      /^GET \/d1\/database\/(?:kiosque-db|1{8}-.*)$/,
      () => (account.database ? { result: { uuid: id, name: 'kiosque-db' } } : noDatabase),
    ],
    [/^GET \/queues$/, () => ({ result: account.queues.map(queueOf) })],
    [/^POST \/queues$/, (body) => createQueue(JSON.parse(body).queue_name)],
    [/\/(?:secrets|schedules|consumers|routes)$/, () => ({ result: [] })],
    [/^GET .*\/subdomain$/, () => ({ result: { subdomain: 'x', enabled: true, previews_enabled: false } })],
    [
      /^GET \/workers\/workers\/kiosque$/,
      () => ({ result: { subdomain: { enabled: true, previews_enabled: false } } }),
    ],
    [/^PUT \/workers\/scripts\/kiosque$/, () => upload({ ...version, deployment_id: 'd1' })],
    [/^POST \/workers\/scripts\/kiosque\/versions$/, () => upload(version)],
    [
      /^GET \/workers\/services\/kiosque$/,
      () =>
        account.uploaded
          ? { result: { default_environment: { script: { last_deployed_from: 'wrangler', tags: [] } } } }
          : noService,
    ],
    [
      /^GET \/workers\/scripts\/kiosque\/(?:deployments|settings)$/,
      () =>
        account.uploaded
          ? { result: { deployments: [{ versions: [] }], bindings: [{ type: 'd1', name: 'DB', id }] } }
          : noWorker,
    ],
    [/./, () => ({ result: {} })],
  ]

  const server = createServer(async (request, response) => {
    const path = `${request.method} ${(request.url ?? '').replace(/^\/accounts\/a|\?.*/g, '')}`
    const body = await bodyOf(request)
    const {
      status = 200,
      result = null,
      error,
    } = routes.find(([wanted]) => wanted.test(path))?.[1](body) ?? {}
    response.writeHead(status, { 'Content-Type': 'application/json' })
    response.end(
      JSON.stringify({
        success: !error,
        errors: error ? [error] : [],
        messages: [],
        result,
        result_info: {},
      }),
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  account.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return account
}

const queueOf = (name: string) => ({ queue_name: name, queue_id: name, consumers: [], producers: [] })

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  request.setEncoding('utf8')
  for await (const part of request) body += part
  return body
}
