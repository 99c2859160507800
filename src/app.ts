import { Hono } from 'hono'
import { answerFault, answerProblem, type Edge } from './answer.ts'
import { publishing } from './routes/api.ts'
import { feeds } from './routes/feeds.ts'
import { hub } from './routes/hub.ts'
import { pages } from './routes/pages.ts'
import { sharing } from './routes/share.ts'

/** Every address that there is; each group of them registers its own, one short handler each. */
export const app = new Hono<Edge>()
  .onError((fault, exchange) => answerFault(exchange, fault))
  .notFound((exchange) => answerProblem(exchange, { kind: 'not-found', what: exchange.req.path }))

pages(app)
feeds(app)
sharing(app)
publishing(app)
hub(app)
