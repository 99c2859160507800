import { AsyncLocalStorage } from 'node:async_hooks'
import { limits, type Measure, type Plan } from '../../src/domain/limits.ts'

/**
 * What one invocation of the Worker used. Measures of single things, such as the bytes of a row, are the largest one seen.
 * `rowsRead` and `rowsWritten` are what D1 bills.
 */
export interface Invocation extends Record<Measure | 'rowsRead' | 'rowsWritten', number> {
  /** The method and path of a request, the name of a queue with the kinds of its jobs, or `cron`. */
  name: string
}

const running = new AsyncLocalStorage<Invocation>()
let ended: Invocation[] = []

const fresh = (name: string): Invocation => ({
  name,
  ...{ statements: 0, services: 0, fetches: 0, rowsRead: 0, rowsWritten: 0 },
  ...{ parameters: 0, sqlBytes: 0, valueBytes: 0, rowBytes: 0 },
  ...{ headerBytes: 0, fieldBytes: 0, tagCharacters: 0, purgedTags: 0 },
  ...{ messagesPerCall: 0, messageBytes: 0, callBytes: 0, delaySeconds: 0 },
})

/**
 * Runs work as an invocation of the Worker, and measures what it uses, also after `work` has returned. Inside an invocation
 * with the same name, the work is a part of that one, because the Worker has called its router. Inside another one, for
 * example if a test saves an article while a subscriber answers, the work is an invocation of its own.
 */
export function metered<T>(name: string, work: () => T): T {
  if (running.getStore()?.name === name) return work()
  const invocation = fresh(name)
  ended.push(invocation)
  return running.run(invocation, work)
}

/** Returns the invocations since the last call. */
export function takeInvocations(): Invocation[] {
  const taken = ended
  ended = []
  return taken
}

/** The limits of a plan that an invocation exceeds: for each, the number, the limit and the invocation. */
export function exceeded(invocation: Invocation, plan: Plan = 'paid'): string[] {
  return (Object.keys(limits) as Measure[])
    .filter((measure) => invocation[measure] > limits[measure][plan])
    .map(
      (measure) =>
        `${invocation.name}: ${measure} ${invocation[measure]} is more than ${limits[measure][plan]}, the limit of Workers ${plan} on ${limits[measure].of}`,
    )
}

type Counter = Exclude<keyof Invocation, 'name'>

function add(measure: Counter, number: number): void {
  const invocation = running.getStore()
  if (invocation) invocation[measure] += number
}

function raise(measure: Counter, number: number): void {
  const invocation = running.getStore()
  if (invocation) invocation[measure] = Math.max(invocation[measure], number)
}

const bytesOf = (value: unknown): number =>
  typeof value === 'string' ? Buffer.byteLength(value) : value instanceof ArrayBuffer ? value.byteLength : 8

/** A prepared statement's SQL and bound values. */
interface Prepared {
  sql: string
  values: readonly unknown[]
}

const prepared = new WeakMap<object, Prepared>()

/** Whether a metered method has called this method, so that the call is counted already. */
let isInside = false

function once<T>(count: () => void, call: () => T): T {
  if (isInside) return call()
  count()
  isInside = true
  try {
    return call()
  } finally {
    isInside = false
  }
}

function countStatements(statements: readonly object[]): void {
  noteWrites(statements)
  add('services', 1)
  add('statements', statements.length)
  for (const statement of statements) {
    const { sql, values } = prepared.get(statement) ?? { sql: '', values: [] }
    raise('sqlBytes', Buffer.byteLength(sql))
    raise('parameters', values.length)
    for (const value of values) raise('valueBytes', bytesOf(value))
  }
}

function countRows(results: readonly D1Result[]): void {
  if (!running.getStore()) return
  for (const { meta, results: rows } of results) {
    add('rowsRead', meta?.rows_read ?? 0)
    add('rowsWritten', meta?.rows_written ?? 0)
    for (const row of rows ?? []) measureRow(Object.values(row as object))
  }
}

const measureRow = (values: readonly unknown[]): void =>
  raise(
    'rowBytes',
    values.reduce((sum: number, value) => sum + bytesOf(value), 0),
  )

type Methods = Record<string, (...values: never[]) => unknown>

/** Replaces methods of an object. Replacing them again has no effect. */
function replaceMethods(object: object, replacements: (original: Methods) => Methods): void {
  const marked = object as { [mark]?: true } & Methods
  if (Object.hasOwn(object, mark)) return
  Object.defineProperty(object, mark, { value: true })
  for (const [name, method] of Object.entries(replacements(object as Methods))) marked[name] = method
}

const mark = Symbol.for('metered')

let mayHaveWritten = false

/** Whether a statement that may write was run since the last call, except those that `unnoted` names. */
export function takeWrites(): boolean {
  const written = mayHaveWritten
  mayHaveWritten = false
  return written
}

const exempt = new WeakSet<object>()

/** Names statements that are not noted as writes: those that empty the store. Returns the statements. */
export function unnoted<T extends object>(statements: readonly T[]): readonly T[] {
  for (const statement of statements) exempt.add(statement)
  return statements
}

const isRead = (sql: string): boolean => /^\s*(?:SELECT|PRAGMA)\b/i.test(sql)

function noteWrites(statements: readonly object[]): void {
  const writes = statements.filter((one) => !exempt.has(one) && !isRead(prepared.get(one)?.sql ?? ''))
  if (writes.length > 0) mayHaveWritten = true
}

/** Measures every statement that any database of the tests runs, whichever wrapper a test puts around the database. */
export function meterDatabases(database: D1Database): void {
  const statement = Object.getPrototypeOf(database.prepare('SELECT 1')) as object
  for (const sessions of [database, database.withSession()]) {
    replaceMethods(Object.getPrototypeOf(sessions), ({ prepare, batch, exec, withSession }) => ({
      prepare(this: unknown, sql: string) {
        const made = prepare?.call(this, sql as never) as object
        prepared.set(made, { sql, values: [] })
        return made
      },
      async batch(this: unknown, statements: D1PreparedStatement[]) {
        const isCounted = isInside
        const results = (await once(
          () => countStatements(statements),
          () => batch?.call(this, statements as never),
        )) as D1Result[]
        if (!isCounted) countRows(results)
        return results
      },
      ...(exec && {
        exec(this: unknown, sql: string) {
          mayHaveWritten = true
          for (const line of sql.split('\n').filter(Boolean)) countStatements([{ line }])
          return exec.call(this, sql as never)
        },
      }),
      ...(withSession && { withSession }),
    }))
  }
  replaceMethods(statement, ({ bind, all, run, raw }) => {
    const running =
      (method: Methods[string] | undefined) =>
      async (...[self]: [self: object]): Promise<D1Result> => {
        const isCounted = isInside
        const result = (await once(
          () => countStatements([self]),
          () => method?.call(self),
        )) as D1Result
        if (!isCounted) countRows([result])
        return result
      }
    return {
      bind(this: object, ...values: unknown[]) {
        const made = bind?.apply(this, values as never) as object
        prepared.set(made, { sql: prepared.get(this)?.sql ?? '', values })
        return made
      },
      all(this: object) {
        return running(all)(this)
      },
      run(this: object) {
        return running(run)(this)
      },
      // D1 gives the number of rows read only to `all`.
      async first(this: object, column?: string) {
        const row = ((await running(all)(this)).results[0] ?? null) as Record<string, unknown> | null
        return column === undefined || row === null ? row : row[column]
      },
      async raw(this: object, ...options: unknown[]) {
        const rows = (await once(
          () => countStatements([this]),
          () => raw?.apply(this, options as never),
        )) as unknown[][]
        for (const row of rows) measureRow(row)
        return rows
      },
    } as Methods
  })
}

/** Counts the messages of one call to a queue. */
export function countMessages(bodies: readonly unknown[], delaySeconds = 0): void {
  const sizes = bodies.map((body) => Buffer.byteLength(JSON.stringify(body) ?? ''))
  add('services', 1)
  raise('messagesPerCall', bodies.length)
  raise('messageBytes', Math.max(0, ...sizes))
  raise(
    'callBytes',
    sizes.reduce((sum, size) => sum + size, 0),
  )
  raise('delaySeconds', delaySeconds)
}

/** Counts a request to another host. */
export const countFetch = (): void => add('fetches', 1)

/** Measures the headers of an answer. */
export function measureHeaders({ headers, status }: Response): void {
  if (status === 101) return
  let bytes = 0
  for (const [name, value] of headers) {
    // The platform counts a line: the name, a colon, a space, the value and a line break.
    const line = Buffer.byteLength(name) + Buffer.byteLength(value) + 4
    raise('fieldBytes', line)
    bytes += line
  }
  raise('headerBytes', bytes)
  for (const tag of (headers.get('Cache-Tag') ?? '').split(',')) raise('tagCharacters', tag.length)
}

type Options = { delaySeconds?: number } | undefined
type Purged = { tags?: readonly string[] }

/** Returns the queue, rate limit or cache with its calls measured. */
function meterBinding(binding: object): object {
  const { send, sendBatch, limit, purge } = binding as Methods
  if (!send && !sendBatch && !limit && !purge) return binding
  const call = (method: Methods[string], values: unknown[]) => method.apply(binding, values as never)
  return {
    ...(send && {
      send: (...values: [unknown, Options]) => {
        countMessages([values[0]], values[1]?.delaySeconds)
        return call(send, values)
      },
    }),
    ...(sendBatch && {
      sendBatch: (...values: [Iterable<{ body: unknown }>, Options]) => {
        const messages = [...values[0]]
        countMessages(
          messages.map(({ body }) => body),
          values[1]?.delaySeconds,
        )
        return call(sendBatch, [messages, values[1]])
      },
    }),
    ...(limit && {
      limit: (...values: unknown[]) => {
        add('services', 1)
        return call(limit, values)
      },
    }),
    ...(purge && {
      purge: (...values: [Purged]) => {
        add('services', 1)
        raise('purgedTags', values[0].tags?.length ?? 0)
        return call(purge, values)
      },
    }),
  }
}

const environments = new WeakMap<object, object>()

/** Returns an object whose queues, rate limits and cache are measured. For the same object, the same object is returned. */
export function meterBindings<T extends object>(bindings: T): T {
  const known = environments.get(bindings)
  if (known) return known as T
  const bound = new Map<unknown, object>()
  const made = new Proxy(bindings, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target)
      if (typeof value === 'function') return value.bind(target)
      if (typeof value !== 'object' || value === null) return value
      const metered = bound.get(value) ?? meterBinding(value)
      bound.set(value, metered)
      return metered
    },
  })
  environments.set(bindings, made)
  environments.set(made, made)
  return made
}

type App = { fetch: (request: Request, ...others: never[]) => Response | Promise<Response> }
type Worker = Record<'fetch' | 'scheduled' | 'queue', (what: never, env: never, context: never) => unknown>

/** Measures every invocation of the Worker, and every request that tests give to its router. */
export function meterWorker(app: App, worker: object): void {
  replaceMethods(app, ({ fetch }) => ({
    fetch: ((request: Request, ...others: unknown[]) =>
      metered(nameOf(request), () => measured(fetch?.(...([request, ...others] as never[]))))) as never,
  }))
  replaceMethods(worker, (original) => {
    const { fetch, scheduled, queue } = original as unknown as Worker
    const run =
      (handler: Worker['fetch'], nameOf: (what: never) => string) =>
      (what: unknown, env: object, context: object) =>
        metered(nameOf(what as never), () =>
          measured(
            handler.call(worker, what as never, meterBindings(env) as never, meterBindings(context) as never),
          ),
        )
    return {
      fetch: run(fetch, nameOf),
      scheduled: run(scheduled, () => 'cron'),
      queue: run(queue, batchNameOf),
    } as unknown as Methods
  })
  const fetchOutside = globalThis.fetch
  replaceMethods(globalThis, () => ({
    fetch: ((...values: Parameters<typeof fetch>) => {
      countFetch()
      return fetchOutside(...values)
    }) as never,
  }))
}

function measured(answer: unknown): unknown {
  if (answer instanceof Response) measureHeaders(answer)
  return answer instanceof Promise ? answer.then(measured) : answer
}

const nameOf = ({ method, url, headers }: Request): string => {
  const { pathname, search } = new URL(url)
  const lines = headers.get('Content-Type')?.includes('ndjson') ? ' with lines' : ''
  return `${method} ${`${pathname}${search}`.slice(0, 200)}${lines}`
}

const batchNameOf = ({ queue, messages }: MessageBatch): string => {
  const kinds = messages.map(({ body }) => (body ? jobNameOf(body as JobName) : 'message'))
  return `${queue}: ${[...new Set(kinds)].join(', ')}`
}

interface JobName {
  kind?: string
  channel?: string
}

/** The name of a job: its kind, and that it tells browsers, because such a job differs from one that sends mails. */
export const jobNameOf = ({ kind = 'message', channel }: JobName): string =>
  channel === 'webpush' ? `${kind} ${channel}` : kind
