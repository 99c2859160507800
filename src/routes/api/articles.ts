import type { Hono } from 'hono'
import { mailOf } from '../../config/mail.ts'
import { pushOf } from '../../config/push.ts'
import { type Article, states } from '../../domain/article.ts'
import { type Cursor, parseCursor, renderCursor } from '../../domain/cursor.ts'
import type { ArticleInput } from '../../domain/input.ts'
import { shownArticle, storedArticle } from '../../domain/own-addresses.ts'
import { failure, type Result, success } from '../../domain/problem.ts'
import { type Folder, facetsOf, folders } from '../../domain/selection.ts'
import type { Site } from '../../domain/site.ts'
import { type BadArticle, isBad, maxListed, type Query } from '../../domain/store.ts'
import { readJson } from '../../http/body.ts'
import { isNotModified } from '../../http/conditional.ts'
import { respondFixed } from '../../http/fixed.ts'
import { isMatch } from '../../http/precondition.ts'
import { uncached } from '../../http/problem.ts'
import { hashOf } from '../../http/token.ts'
import { parseInstant, refusalOf } from '../../ingest/date.ts'
import { parseArticle, parseName } from '../../ingest/json.ts'
import { withinBudget } from '../../write/budget.ts'
import { dryRunPorts } from '../../write/dry-run.ts'
import { type Precondition, publish, publishNew, type Saved, withdraw } from '../../write/publish.ts'
import { rename } from '../../write/rename.ts'
import { answerProblem, type Edge, type Exchange, resource } from '../answer.ts'
import { allowed, maxBodyBytes } from './allowed.ts'
import { bulk } from './bulk.ts'

/**
 * Registers the publishing API. Every request needs a token, even a request that only reads (scope `read`);
 * only the API's description needs none.
 */
export function publishing(app: Hono<Edge>): void {
  resource(app, '/api/articles', { GET: allowed('read', list), POST: allowed('publish', post) })
  resource(app, '/api/articles/:slug', {
    GET: allowed('read', get),
    PUT: allowed('publish', put),
    DELETE: allowed('publish', remove),
  })
  resource(app, '/api/dry-run', {
    POST: allowed('publish', (exchange) => bulk(exchange, dryRunPorts)),
  })
  for (const folder of folders) {
    resource(app, `/api/${folder}/:key`, {
      PUT: allowed('admin', (exchange) => renameSelection(exchange, folder)),
    })
  }
  resource(app, '/api/openapi.json', { GET: description })
}

/**
 * Answers with the OpenAPI document. The document depends only on the code and the settings, so the store is
 * not read. The document has no date, because the digest of the version in charge does not include its source code.
 */
async function description({ env, req }: Exchange): Promise<Response> {
  const { openApiDocument } = await import('../../openapi/document.ts')
  const { config } = env
  const tellsPeople = mailOf(config).kind !== 'off' || pushOf(config).kind !== 'off'
  const body = JSON.stringify(
    openApiDocument(config.site, { tellsPeople, hasComments: config.site.comments !== undefined }),
  )
  const tag = `openapi-${(await hashOf(body)).slice(0, 16)}`
  return respondFixed(req.raw, { type: 'application/json', tag, body }, { now: env.clock() })
}

async function get(exchange: Exchange): Promise<Response> {
  const slug = slugIn(exchange)
  const stored = await exchange.env.store.find(slug)
  if (!stored) return answerProblem(exchange, { kind: 'not-found', what: `article "${slug}"` })
  if (isBad(stored)) return answerProblem(exchange, { kind: 'bad-row', slug, issue: stored.issue })
  const etag = etagOf(exchange.env.config.site, stored.revision)
  if (isNotModified(exchange.req.raw.headers, { etag }))
    return new Response(null, { status: 304, headers: { ...uncached, ETag: etag } })
  return articleResponse(exchange, 200, stored.article, stored.revision)
}

async function put(exchange: Exchange): Promise<Response> {
  const slug = slugIn(exchange)
  const input = await inputIn(exchange)
  if (!input.ok) return answerProblem(exchange, input.problem)
  if (input.value.slug !== undefined && input.value.slug !== slug) {
    const issues = [{ field: 'slug', reason: `must be "${slug}", as in the address, or be left out` }]
    return answerProblem(exchange, { kind: 'invalid-article', slug, issues })
  }
  const checked = parseArticle({ title: 'x', slug })
  if (!checked.ok) return answerProblem(exchange, checked.problem)
  return savedResponse(
    exchange,
    await publish(exchange.env.publishing, { ...input.value, slug }, precondition(exchange)),
  )
}

async function post(exchange: Exchange): Promise<Response> {
  if (/^application\/x-ndjson\b/i.test(exchange.req.header('Content-Type') ?? ''))
    return bulk(exchange, (ports) => ports)
  const input = await inputIn(exchange)
  if (!input.ok) return answerProblem(exchange, input.problem)
  const saved = await publishNew(exchange.env.publishing, input.value)
  const response = await savedResponse(exchange, saved)
  if (saved.ok) response.headers.set('Location', `/api/articles/${encodeURI(saved.value.article.slug)}`)
  return response
}

async function remove(exchange: Exchange): Promise<Response> {
  const done = await withdraw(exchange.env.publishing, slugIn(exchange), precondition(exchange))
  if (!done.ok) return answerProblem(exchange, done.problem)
  return new Response(null, { status: 204, headers: { ...uncached, 'Kiosque-Saved': done.value } })
}

/** Renames a section, tag or author. The request's body is `{ "name": "…" }`, with the new name. */
async function renameSelection(exchange: Exchange, folder: Folder): Promise<Response> {
  const body = await readJson(exchange.req.raw, maxBodyBytes)
  const name = body.ok ? parseName(body.value) : body
  if (!name.ok) return answerProblem(exchange, name.problem)
  const key = exchange.req.param('key') ?? ''
  const from = beforeIn(exchange)
  if (!from.ok) return answerProblem(exchange, from.problem)
  const path = await withinBudget(exchange.env.publishing, (ports) =>
    rename(ports, folder, key, name.value, from.value),
  )
  if (!path.ok) return answerProblem(exchange, path.problem)
  return Response.json({ path: path.value, name: name.value }, { headers: uncached })
}

/** Answers with one page of the list of articles, and with the address of the next page. */
async function list(exchange: Exchange): Promise<Response> {
  const query = queryIn(exchange)
  if (!query.ok) return answerProblem(exchange, query.problem)
  const form = formIn(exchange)
  if (!form.ok) return answerProblem(exchange, form.problem)
  const { articles, bad, next } = await exchange.env.store.list(query.value)
  const body = {
    articles: articles.map(({ article }) => form.value(exchange.env.config.site, article)),
    ...(bad.length > 0 && { bad: bad.map(reportOf) }),
    ...(next && { next: nextAddress(exchange, next) }),
  }
  return Response.json(body, { headers: uncached })
}

/** An article of the list whose row is bad, and the reason. */
const reportOf = ({ salvaged: { slug, id }, issue }: BadArticle) => ({ slug, id, ...issue })

async function inputIn(exchange: Exchange): Promise<Result<ArticleInput>> {
  const body = await readJson(exchange.req.raw, maxBodyBytes)
  return body.ok ? parseArticle(body.value, exchange.env.config.site.timeZone) : body
}

async function savedResponse(exchange: Exchange, saved: Result<Saved>): Promise<Response> {
  if (!saved.ok) return answerProblem(exchange, saved.problem)
  const { kind, article, revision } = saved.value
  const response = articleResponse(exchange, kind === 'created' ? 201 : 200, article, revision)
  response.headers.set('Kiosque-Saved', kind)
  return response
}

const articleResponse = (exchange: Exchange, status: number, article: Article, revision: number): Response =>
  Response.json(publicArticle(exchange.env.config.site, article), {
    status,
    headers: { ...uncached, ETag: etagOf(exchange.env.config.site, revision) },
  })

/**
 * The entity-tag of a stored article. It is strong, because each save gives the article another entity-tag, and so
 * does each change of the site's former addresses, which the answer shows as the present address (RFC 9110 §8.8.1).
 */
const etagOf = ({ formerUrls }: Site, revision: number): string =>
  `"${[revision.toString(36), ...formerUrls].join('+')}"`

const precondition =
  ({ req, env }: Exchange): Precondition =>
  (stored) =>
    isMatch(req.raw.headers, stored && etagOf(env.config.site, stored.revision))

const slugIn = (exchange: Exchange): string => exchange.req.param('slug') ?? ''

function queryIn({ env, req }: Exchange): Result<Query> {
  const query: Query = { limit: maxListed }
  const status = req.query('status')
  if (status !== undefined) {
    const state = states.find((one) => one === status)
    if (state === undefined) return invalid('status', `must be one of ${states.join(', ')}`)
    query.state = state
  }
  query.within = facetsOf((key) => req.query(key))
  const since = req.query('since')
  if (since !== undefined) {
    query.since = parseInstant(since)
    if (query.since === undefined) return invalid('since', refusalOf(since, env.config.site.timeZone))
  }
  const before = beforeIn({ req })
  if (!before.ok) return before
  return success({ ...query, ...(before.value && { before: before.value }) })
}

/** The position of the query parameter `before`; undefined if there is none. */
function beforeIn({ req }: Pick<Exchange, 'req'>): Result<Cursor | undefined> {
  const before = req.query('before')
  if (before === undefined) return success(undefined)
  const cursor = parseCursor(before)
  return cursor ? success(cursor) : invalid('before', 'must be taken from the member "next" of an answer')
}

/** An article as readers get it, without the paths of its names, which are the store's own. */
function publicArticle(site: Site, article: Article): Article {
  const { keys: _, ...shown } = shownArticle(site, article)
  return shown
}

/** The form in which a list shows articles: as readers get them, or as they are stored, with own addresses as paths. */
function formIn({ req }: Exchange): Result<typeof shownArticle> {
  const form = req.query('form')
  if (form === undefined) return success(publicArticle)
  return form === 'stored' ? success(storedArticle) : invalid('form', 'must be stored, or be left out')
}

const invalid = (field: string, reason: string) => failure({ kind: 'invalid-query', field, reason })

function nextAddress({ req }: Exchange, next: Cursor): string {
  const url = new URL(req.url)
  url.searchParams.set('before', renderCursor(next))
  return `${url.pathname}${url.search}`
}
