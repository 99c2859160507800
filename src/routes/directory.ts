import type { Hono } from 'hono'
import { type Place, parsePlace, placePath } from '../domain/directory.ts'
import { wordsIn } from '../domain/language.ts'
import { success } from '../domain/problem.ts'
import { address } from '../domain/site.ts'
import { renderDirectoryPage } from '../pages/directory/page.tsx'
import { feedPolicy } from '../pages/parts/policy.ts'
import { readDirectory, withInitials } from '../read/directory.ts'
import { alternates } from '../read/feed.ts'
import { currencyOf, describeFreshness } from '../read/freshness.ts'
import { readListing } from '../read/listing.ts'
import { renderOpml } from '../render/opml.ts'
import { answer, answerProblem, type Edge, type Exchange, pageHeaders, resource } from './answer.ts'
import { queryParameter } from './query.ts'
import { feedLinks, reading } from './reading.ts'
import { waysOf } from './ways.ts'

/**
 * How many selections of each folder are listed: on one directory page, in the first OPML document, and in each
 * OPML document that continues the first. Few programs follow the link from one OPML document to the next, so
 * the first is as long as a Worker can write it (15,000 selections take 3.6 MB and about 70 ms).
 */
const maxShown = { page: 300, opml: 15_000, restOfOpml: 1000 }

/** Registers the directory of all feeds, as an HTML page and as OPML. */
export function directory(app: Hono<Edge>): void {
  resource(app, '/feeds', { GET: directoryPage })
  resource(app, '/feeds.opml', { GET: directoryOpml })
}

/**
 * Answers with the directory as an HTML page. The page's validators are computed from the head of the selection
 * of all articles, because each public change of any selection changes that head too.
 */
async function directoryPage(exchange: Exchange): Promise<Response> {
  const ports = reading(exchange)
  const all = await readListing(ports, '')
  if (!all.ok) return answerProblem(exchange, all.problem)
  const { report, isCurrent } = currencyOf(ports, [all.value.head])
  const read = { store: ports.store, report }
  const from = placeOf(exchange)
  return answer(
    exchange,
    success({
      ...describeFreshness(ports, all.value.head, 'feeds'),
      isCurrent,
      type: 'text/html; charset=utf-8',
      address: ownAddress(exchange, from),
      headers: pageHeaders(feedPolicy()),
      links: alternates(ports.site, { path: '' }),
      body: async () =>
        renderDirectoryPage({
          site: ports.site,
          parts: await withInitials(read, await readDirectory(read, maxShown.page, from), from),
          from,
          feeds: feedLinks(exchange, ''),
          notify: waysOf(exchange),
        }),
    }),
  )
}

async function directoryOpml(exchange: Exchange): Promise<Response> {
  const ports = reading(exchange)
  const all = await readListing(ports, '')
  if (!all.ok) return answerProblem(exchange, all.problem)
  const { report, isCurrent } = currencyOf(ports, [all.value.head])
  const read = { store: ports.store, report }
  const from = placeOf(exchange)
  const { site } = ports
  const names = wordsIn(site.language).feed.folders
  return answer(
    exchange,
    success({
      ...describeFreshness(ports, all.value.head, 'opml'),
      isCurrent,
      type: 'text/x-opml; charset=utf-8',
      address: ownAddress(exchange, from),
      links: [],
      body: async () => {
        const parts = await readDirectory(read, from ? maxShown.restOfOpml : maxShown.opml, from)
        const named = parts.map((part) => ({
          ...part,
          title: names[part.folder],
          ...(part.next !== undefined && {
            rest: `${address(site, 'feeds.opml')}?from=${encodeURIComponent(part.next)}`,
          }),
        }))
        return renderOpml(site, named, from === undefined)
      },
    }),
  )
}

const placeOf = (exchange: Exchange) => parsePlace(queryParameter(exchange, 'from') ?? '')

/** The path and query of the requested address, without query parameters that do not change the content. */
const ownAddress = ({ req }: Exchange, from?: Place): string =>
  from ? `${req.path}?from=${encodeURIComponent(placePath(from))}` : req.path
