import { Hono } from 'hono'
import { answerFault, type Edge } from './routes/answer.ts'
import { archives } from './routes/archive.ts'
import { comments } from './routes/comments.ts'
import { directory } from './routes/directory.ts'
import { element } from './routes/element.ts'
import { embeds } from './routes/embed.ts'
import { feeds } from './routes/feeds.ts'
import { guessedFeeds } from './routes/guesses.ts'
import { hub } from './routes/hub.ts'
import { media } from './routes/media.ts'
import { notify } from './routes/notify.ts'
import { pages } from './routes/pages.ts'
import { pathOf } from './routes/path.ts'
import { rateLimited } from './routes/rate.ts'
import { requestLogged } from './routes/requests.ts'
import { sharing } from './routes/share.ts'
import { shortLinks } from './routes/short-link.ts'
import { sitemaps } from './routes/sitemaps.ts'
import { answerUnmatched } from './routes/slash.ts'

/** The whole application. Each file of routes registers its own addresses. */
export const app = new Hono<Edge>({ getPath: pathOf }).onError(answerFault)

app.notFound((exchange) => answerUnmatched(app, exchange))
requestLogged(app)
rateLimited(app)
guessedFeeds(app)
pages(app)
feeds(app)
archives(app)
directory(app)
sitemaps(app)
sharing(app)
shortLinks(app)
element(app)
embeds(app)
media(app)
hub(app)
notify(app)
comments(app)

/**
 * The API is a separate module, which is loaded when the first API request arrives. If the module cannot be
 * loaded, only API requests fail.
 */
app.all('/api/*', async (exchange) => {
  const { api } = await import('./routes/api/api.ts')
  return api.fetch(exchange.req.raw, exchange.env, exchange.executionCtx)
})
