import type { Hono } from 'hono'
import type { Issue } from '../../domain/issue.ts'
import { failure } from '../../domain/problem.ts'
import { type Count, maxTopArticles, type Period } from '../../domain/short-link.ts'
import { articleIn } from '../../domain/store.ts'
import { readJson } from '../../http/body.ts'
import { negotiate } from '../../http/negotiate.ts'
import { uncached } from '../../http/problem.ts'
import { parsePages, type SharedPage } from '../../ingest/pages.ts'
import { choose, maxNetworks } from '../../share/choice.ts'
import { codeOf } from '../../share/code.ts'
import { isShareable } from '../../share/hosts.ts'
import { shareData } from '../../share/links.ts'
import { parsePeriod } from '../../share/period.ts'
import { renderCsv, tallyOf, topArticles } from '../../share/tally.ts'
import { answerProblem, type Edge, type Exchange, resource } from '../answer.ts'
import { param } from '../reading.ts'
import { allowed, maxBodyBytes } from './allowed.ts'

/**
 * Registers the API that makes share links for pages of the newsroom that are not articles of this site, and
 * the API that reports how often short links were visited.
 */
export function shareApi(app: Hono<Edge>): void {
  resource(app, '/api/share', { POST: allowed('read', makeLinks) })
  for (const end of ['', '.csv']) {
    resource(app, `/api/shares${end}`, { GET: allowed('read', countSite) })
    resource(app, `/api/articles/:slug/shares${end}`, { GET: allowed('read', countArticle) })
  }
}

/**
 * Makes share links for pages that are not articles of this site. The links are made only from the request's
 * content, and nothing is stored.
 */
async function makeLinks(exchange: Exchange): Promise<Response> {
  const { site, shareHosts, shareNetworks, facebookApp } = exchange.env.config
  const body = await readJson(exchange.req.raw, maxBodyBytes)
  if (!body.ok) return answerProblem(exchange, body.problem)
  const parsed = parsePages(body.value, (url) => isShareable(url, site.url, shareHosts))
  if (!parsed.ok) return answerProblem(exchange, parsed.problem)
  const { language = site.language, networks, pages } = parsed.value
  const choice = choose([...new Set(networks ?? shareNetworks)])
  if (!choice.ok) return answerProblem(exchange, choice.problem)
  const { ids, refused } = choice.value
  const issues = networks ? pages.flatMap((page, at) => tooMany(page, at, ids.length)) : []
  if (issues.length > 0) {
    return answerProblem(exchange, { kind: 'invalid-request', task: 'make share links', issues })
  }
  const app = facebookApp && { facebookApp }
  const answers = pages.map((page) => ({ ...shareData({ ...page, ...app }, language, ids), refused }))
  return Response.json({ pages: answers }, { headers: uncached })
}

function tooMany({ title, text, quote }: SharedPage, at: number, count: number): Issue[] {
  const max = maxNetworks([title, text, quote])
  return count > max
    ? [
        {
          field: `pages.${at}`,
          reason: `has texts that, percent-encoded, are too long for more than ${max} networks`,
        },
      ]
    : []
}

async function countArticle(exchange: Exchange): Promise<Response> {
  const period = periodIn(exchange)
  if (!period.ok) return answerProblem(exchange, period.problem)
  const slug = param(exchange, 'slug')
  const stored = await exchange.env.store.find(slug)
  if (!stored) return answerProblem(exchange, { kind: 'not-found', what: `article "${slug}"` })
  const code = await codeOf(articleIn(stored).id)
  const counts = await exchange.env.counts.ofArticle(code, slug, period.value)
  return counted(exchange, counts, period.value, { slug })
}

/** The largest number of counts that one answer may have. */
const maxRows = 50_000

async function countSite(exchange: Exchange): Promise<Response> {
  const period = periodIn(exchange)
  if (!period.ok) return answerProblem(exchange, period.problem)
  const counts = await exchange.env.counts.ofSite(period.value, maxRows + 1)
  if (counts.length > maxRows) {
    const reason = `must be later: the period has more than ${maxRows} counts`
    const problem = failure({ kind: 'invalid-query', task: 'count', field: 'since', reason })
    return answerProblem(exchange, problem.problem)
  }
  return counted(exchange, counts, period.value, {}, { articles: topArticles(counts, maxTopArticles) })
}

const periodIn = ({ env, req }: Exchange) =>
  parsePeriod({ since: req.query('since'), until: req.query('until') }, env.day(env.clock()))

const offers = [{ type: 'application/json' }, { type: 'text/csv' }] as const

/**
 * Answers with the counts of visits. The answer is CSV if the address or the Accept header asks for CSV;
 * otherwise it is JSON with sums of the counts.
 */
function counted(
  { req }: Exchange,
  counts: readonly Count[],
  period: Period,
  before: object,
  after: object = {},
): Response {
  const isTable = req.path.endsWith('.csv') || negotiate(req.header('Accept'), offers)?.type === 'text/csv'
  const headers = { ...uncached, Vary: 'Accept' }
  if (!isTable) return Response.json({ ...before, ...tallyOf(counts, period), ...after }, { headers })
  const name = `shares-${period.since}-${period.until}.csv`
  return new Response(renderCsv(counts), {
    headers: {
      ...headers,
      'Content-Type': 'text/csv; charset=utf-8; header=present',
      'Content-Disposition': `attachment; filename="${name}"`,
    },
  })
}
