import { Hono } from 'hono'
import { answerFault, answerMissing, type Edge } from '../answer.ts'
import { pathOf } from '../path.ts'
import { requestLogged } from '../requests.ts'
import { publishing } from './articles.ts'
import { backups } from './backup.ts'
import { commentsApi } from './comments.ts'
import { doctorApi } from './doctor.ts'
import { hubApi } from './hub.ts'
import { imports } from './imports.ts'
import { knownPaths } from './paths.ts'
import { restoring } from './restored.ts'
import { shareApi } from './share.ts'
import { subscriptionsApi } from './subscriptions.ts'

/**
 * The routes of every address under `/api`. `src/app.ts` loads this file only when the first API request
 * arrives, because feeds do not need it.
 */
export const api = new Hono<Edge>({ getPath: pathOf }).onError(answerFault).notFound(answerMissing)

requestLogged(api, '/api')
shareApi(api)
publishing(api)
knownPaths(api)
backups(api)
imports(api)
restoring(api)
hubApi(api)
subscriptionsApi(api)
commentsApi(api)
doctorApi(api)
