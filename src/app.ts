import { Hono } from 'hono'
import { answerFault, answerProblem, type Edge } from './routes/answer.ts'
import { publishing } from './routes/api/articles.ts'
import { hubApi } from './routes/api/hub.ts'
import { knownPaths } from './routes/api/paths.ts'
import { shareApi } from './routes/api/share.ts'
import { archives } from './routes/archive.ts'
import { directory } from './routes/directory.ts'
import { element } from './routes/element.ts'
import { embeds } from './routes/embed.ts'
import { feeds } from './routes/feeds.ts'
import { guessedFeeds } from './routes/guesses.ts'
import { hub } from './routes/hub.ts'
import { pages } from './routes/pages.ts'
import { rateLimited } from './routes/rate.ts'
import { sharing } from './routes/share.ts'
import { shortLinks } from './routes/short-link.ts'
import { sitemaps } from './routes/sitemaps.ts'

/** The whole application: each group of addresses registers its own routes, with one short handler for each. */
export const app = new Hono<Edge>()
  .onError((fault, exchange) => answerFault(exchange, fault))
  .notFound((exchange) => answerProblem(exchange, { kind: 'not-found', what: exchange.req.path }))

rateLimited(app)
guessedFeeds(app)
pages(app)
feeds(app)
archives(app)
directory(app)
sitemaps(app)
sharing(app)
shortLinks(app)
shareApi(app)
element(app)
embeds(app)
publishing(app)
knownPaths(app)
hub(app)
hubApi(app)
