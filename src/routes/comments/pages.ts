import { Hono } from 'hono'
import { answerFault, answerMissing, type Edge } from '../answer.ts'
import { pathOf } from '../path.ts'
import { commentEdit } from './edit.ts'
import { commentElement } from './element.ts'
import { commentForm } from './form.ts'
import { commentReading } from './read.ts'
import { commentReport } from './report.ts'

/** The pages of comments. `src/routes/comments.ts` loads this file when it is needed. */
export const commentPages = new Hono<Edge>({ getPath: pathOf }).onError(answerFault).notFound(answerMissing)

commentForm(commentPages)
commentEdit(commentPages)
commentReport(commentPages)
commentReading(commentPages)
commentElement(commentPages)
