import { Hono } from 'hono'
import { answerFault, answerMissing, type Edge } from '../answer.ts'
import { publishing } from './articles.ts'
import { hubApi } from './hub.ts'
import { knownPaths } from './paths.ts'
import { shareApi } from './share.ts'

/** Every address under `/api`. No feed needs the API, so `src/app.ts` loads this file with the first API request. */
export const api = new Hono<Edge>().onError(answerFault).notFound(answerMissing)

shareApi(api)
publishing(api)
knownPaths(api)
hubApi(api)
