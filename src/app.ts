import { Hono } from 'hono'
import { answerFault, answerProblem, type Edge } from './answer.ts'
import { publishing } from './routes/api.ts'
import { discovery } from './routes/discovery.ts'
import { element } from './routes/element.ts'
import { embeds } from './routes/embed.ts'
import { feeds } from './routes/feeds.ts'
import { guessedFeeds } from './routes/guesses.ts'
import { archives } from './routes/history.ts'
import { hub } from './routes/hub.ts'
import { hubApi } from './routes/hub-api.ts'
import { paced } from './routes/pace.ts'
import { pages } from './routes/pages.ts'
import { knownPaths } from './routes/paths.ts'
import { searchEngines } from './routes/search-engines.ts'
import { sharing } from './routes/share.ts'
import { shareApi } from './routes/share-api.ts'
import { shortening } from './routes/short.ts'

/** Every address that there is; each group of them registers its own, one short handler each. */
export const app = new Hono<Edge>()
  .onError((fault, exchange) => answerFault(exchange, fault))
  .notFound((exchange) => answerProblem(exchange, { kind: 'not-found', what: exchange.req.path }))

paced(app)
guessedFeeds(app)
pages(app)
feeds(app)
archives(app)
discovery(app)
searchEngines(app)
sharing(app)
shortening(app)
shareApi(app)
element(app)
embeds(app)
publishing(app)
knownPaths(app)
hub(app)
hubApi(app)
