import type { Hono } from 'hono'
import { canonicalTag, wordsIn } from '../domain/language.ts'
import { success } from '../domain/problem.ts'
import { readAt } from '../domain/site.ts'
import { elementScript, elementStyles } from '../element/bundle.ts'
import { renderShareList } from '../pages/parts/share-row.tsx'
import { readArticle } from '../read/article.ts'
import { describeFreshness } from '../read/freshness.ts'
import { parseShareQuery } from '../share/query.ts'
import { answer, answerProblem, type Edge, type Exchange, pageHeaders, resource } from './answer.ts'
import { answerFixed } from './fixed.ts'
import { queryParameter } from './query.ts'
import { param, reading } from './reading.ts'
import { shareRowOf } from './share-row.ts'

/**
 * Registers what the share element for other websites loads: its script, its styles, and the list of an
 * article's share links.
 */
export function element(app: Hono<Edge>): void {
  resource(app, '/e/v1.js', {
    GET: (exchange) =>
      answerFixed(exchange, {
        type: 'text/javascript; charset=utf-8',
        tag: elementScript.tag,
        body: elementScript.text,
      }),
  })
  resource(app, '/e/v1.css', {
    GET: (exchange) =>
      answerFixed(exchange, {
        type: 'text/css; charset=utf-8',
        tag: elementStyles.tag,
        body: elementStyles.text,
      }),
  })
  resource(app, '/e/:file{[^/]+\\.html}', { GET: shareList })
}

/**
 * Answers with the share links of an article as a list, for the share element. The article's own page shows the
 * same links.
 */
async function shareList(exchange: Exchange): Promise<Response> {
  const ports = reading(exchange)
  const slug = param(exchange, 'file').slice(0, -'.html'.length)
  const read = await readArticle(ports, slug)
  if (!read.ok) return answerProblem(exchange, read.problem)
  const query = parseShareQuery(askedOf(exchange))
  if (!query.ok) return answerProblem(exchange, query.problem)
  const { head, article } = read.value
  // If the site has the same texts for several language tags, one of these tags stands for all of them in the
  // ETag. Requests with any of these tags then get the same representation.
  const language = wordsIn(query.value.language ?? article.language).tag
  const headers = pageHeaders()
  return answer(
    exchange,
    success({
      ...describeFreshness(ports, head, `row.${language}`),
      type: headers['Content-Type'],
      headers: { ...headers, 'X-Robots-Tag': 'noindex' },
      links: [{ rel: 'canonical', href: readAt(ports.site, article) }],
      body: async () => {
        const row = await shareRowOf(exchange, article, language, query.value.choice?.ids)
        return renderShareList({ ...row, language })
      },
    }),
  )
}

/**
 * The query parameters that a page passes to the share element. An invalid language is ignored, so that the
 * links are shown in the article's language.
 */
const askedOf =
  (exchange: Exchange) =>
  (key: string): string | undefined => {
    if (key === 'lang') return canonicalTag(queryParameter(exchange, key) ?? '')
    return key === 'networks' ? queryParameter(exchange, key) : undefined
  }
