// I/O: reads and writes the store.
import { type Comment, maxReportCharacters, type Report, reportReasons } from '../domain/comment.ts'
import { isEmailAddress } from '../domain/email-address.ts'
import type { ReportWords } from '../domain/languages/reports.ts'
import { countCharacters, lineOf } from '../domain/text.ts'
import { commenterHash } from '../notify/token.ts'
import { openForm } from './form.ts'
import { textIn } from './given.ts'
import type { CommentPorts } from './ports.ts'

/** What a reader has written into the form of a report. */
interface GivenReport {
  reason: string
  text: string
  email: string
}

export const reportIn = (form: URLSearchParams): GivenReport => ({
  reason: form.get('reason') ?? '',
  text: textIn(form).trim(),
  email: lineOf(form.get('email') ?? ''),
})

/** What the token of a form of a report is made for. */
export const reportPath = (id: string): string => `comments/${id}/report`

/**
 * Takes the form of a report of a comment. Returns what is wrong with it; undefined if it is stored, or if the comment has so many
 * reports that another one says nothing new.
 */
export async function reportComment(
  ports: Pick<CommentPorts, 'comments' | 'secrets' | 'clock'>,
  { id }: Pick<Comment, 'id'>,
  form: URLSearchParams,
): Promise<keyof ReportWords['wrong'] | undefined> {
  const { reason, text, email } = reportIn(form)
  const known = reportReasons.find((one) => one === reason)
  if (known === undefined) return 'reason'
  if (countCharacters(text) > maxReportCharacters) return 'tooLong'
  if (email !== '' && !isEmailAddress(email)) return 'email'
  const opened = await openForm(ports, reportPath(id), form.get('form') ?? '')
  if (opened.kind === 'expired') return 'expired'
  const [secret] = ports.secrets
  const left = email === '' ? undefined : { email, emailHash: await commenterHash(secret, email) }
  const report: Report = { reason: known, text, form: opened.nonce, ...left }
  await ports.comments.report(id, report)
  return undefined
}
