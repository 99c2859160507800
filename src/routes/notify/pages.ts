import { Hono } from 'hono'
import { answerFault, answerMissing, type Edge } from '../answer.ts'
import { pathOf } from '../path.ts'
import { push } from './push.ts'
import { subscribePage } from './subscribe.ts'
import { subscriptionPage } from './subscription.ts'

/** The pages on which people ask to be told, and change or end that. `src/routes/notify.ts` loads this file when it is needed. */
export const notifyPages = new Hono<Edge>({ getPath: pathOf }).onError(answerFault).notFound(answerMissing)

subscribePage(notifyPages)
subscriptionPage(notifyPages)
push(notifyPages)
