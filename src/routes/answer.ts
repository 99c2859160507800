import type { Context, Handler, Hono } from 'hono'
import { matchedRoutes } from 'hono/route'
import { isImportOpen, isStoreFault } from '../domain/fault.ts'
import { type Moved, presentAddress } from '../domain/moved.ts'
import { type Problem, type Result, retrySeconds } from '../domain/problem.ts'
import { detailsOf, problemResponse, uncached } from '../http/problem.ts'
import type { Representation } from '../http/representation.ts'
import { conditionalHeaders, corsHeaders, respond } from '../http/respond.ts'
import { styles } from '../pages/bundle.ts'
import { policyOf } from '../pages/parts/policy.ts'
import { renderProblemPage } from '../pages/problem/page.tsx'
import type { Ports } from '../ports.ts'

export type Edge = {
  Bindings: Ports
  /** `query`: the known parameters of the request's query (`src/routes/query.ts`), once they were searched for. */
  Variables: { query?: string }
}
export type Exchange = Context<Edge>

/** Answers a request with a representation, or with the problem that prevents the representation. */
export async function answer(exchange: Exchange, result: Result<Representation>): Promise<Response> {
  if (!result.ok) return answerProblem(exchange, result.problem)
  const { env, req } = exchange
  return env.answers ? env.answers.answer(req.raw, result.value) : respond(req.raw, result.value)
}

/**
 * The problem that is answered if the store fails. The wait that it asks for (Retry-After) is short, because
 * some feed readers then send no request to the whole host for that time.
 */
const storeProblem: Problem = { kind: 'unavailable', seconds: retrySeconds }

/** The problem that is answered for a fault of the store. */
export const problemOf = (fault: unknown): Problem =>
  isImportOpen(fault) ? { kind: 'unavailable', seconds: retrySeconds, importing: true } : storeProblem

/** Answers a request with a problem: as problem+json, or as an HTML page if a browser opens the address. */
export async function answerProblem(exchange: Exchange, problem: Problem): Promise<Response> {
  if (problem.kind === 'moved') return redirect(exchange, problem)
  const response = problemResponse(problem)
  if (!isForPerson(exchange)) return response
  const { status, title, detail, headers } = detailsOf(problem)
  const page = renderProblemPage({ site: exchange.env.config.site, status, title, detail })
  return new Response(page, { status, headers: { ...pageHeaders(), ...uncached, ...headers } })
}

/**
 * Whether a browser opens the address as a page. Such a request has the header `Sec-Fetch-Dest: document`,
 * or, if the browser does not send Sec-Fetch-Dest, an Accept header that begins with text/html.
 */
export function isForPerson({ req }: Exchange): boolean {
  const destination = req.header('Sec-Fetch-Dest')
  return (
    destination === 'document' ||
    (destination === undefined && /^text\/html\b/i.test(req.header('Accept') ?? ''))
  )
}

/**
 * Redirects a request for a former address to the present address. If the address contains several former
 * names, the redirect replaces all of them at once.
 */
function redirect({ env, req }: Exchange, moved: Moved): Response {
  const { search } = new URL(req.url)
  const location = presentAddress(env.config.site, { path: req.path, search }, moved)
  return new Response(null, { status: 301, headers: { ...uncached, Location: location } })
}

/** Answers 404 for an address that matches no route. */
export const answerMissing = (exchange: Exchange): Promise<Response> =>
  answerProblem(exchange, { kind: 'not-found', what: exchange.req.path })

/**
 * Answers a request whose handler threw an unexpected error. The error is logged with its stack; the answer
 * does not contain the stack. If the store failed, the answer is a 503.
 */
export function answerFault(fault: Error, exchange: Exchange): Response | Promise<Response> {
  exchange.env.log('fault', { ...routeOf(exchange), fault })
  if (isStoreFault(fault)) return answerProblem(exchange, problemOf(fault))
  const body = { type: 'about:blank', title: 'Internal error', status: 500 }
  return Response.json(body, {
    status: 500,
    headers: { 'Content-Type': 'application/problem+json', ...uncached },
  })
}

/** The headers that every HTML page has. */
export const pageHeaders = (policy = policyOf([styles])) => ({
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': policy,
  'Referrer-Policy': 'strict-origin-when-cross-origin',
})

type Method = 'GET' | 'PUT' | 'POST' | 'DELETE'

const loggedMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'OPTIONS'])

/** The pattern of the functions that run before every route. */
const everyPath = '/*'

/**
 * What the log says about the address of a request: the pattern of the route, such as `/articles/:slug`, or `none` if no
 * route matches; and the method, or `other`. Both are names from the source, because a client chooses the rest.
 */
export const routeOf = (exchange: Exchange): { method: string; route: string } => ({
  method: loggedMethods.has(exchange.req.method) ? exchange.req.method : 'other',
  route: matchedRoutes(exchange).find(({ path }) => path !== everyPath)?.path ?? 'none',
})

/**
 * Registers an address with a handler for each of its methods. An address with GET also gets HEAD, and every
 * address gets OPTIONS. All other methods are answered with 405 and an Allow header (RFC 9110 §15.5.6).
 */
export function resource(
  app: Hono<Edge>,
  path: string,
  methods: Partial<Record<Method, (exchange: Exchange) => Response | Promise<Response>>>,
): void {
  const allow = ['OPTIONS', ...Object.keys(methods), ...(methods.GET ? ['HEAD'] : [])].sort()
  for (const [method, handler] of Object.entries(methods)) app.on(method, path, handler as Handler<Edge>)
  app.options(path, () => optionsResponse(allow))
  app.all(path, (exchange) =>
    answerProblem(exchange, { kind: 'method-not-allowed', method: exchange.req.method, allow }),
  )
}

/**
 * Answers OPTIONS with the methods of the address and with the request headers that scripts of other sites may
 * send (a CORS preflight).
 */
function optionsResponse(allow: readonly string[]): Response {
  return new Response(null, {
    status: 204,
    headers: {
      ...uncached,
      ...corsHeaders,
      Allow: allow.join(', '),
      'Access-Control-Allow-Methods': 'GET, HEAD',
      'Access-Control-Allow-Headers': conditionalHeaders,
      'Access-Control-Max-Age': '86400',
    },
  })
}
