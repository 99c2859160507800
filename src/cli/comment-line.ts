import type { listComments, readComment } from '../comments/moderate.ts'
import type { Result } from '../domain/problem.ts'

type ValueOf<T extends (...given: never[]) => Promise<Result<unknown>>> = Extract<
  Awaited<ReturnType<T>>,
  { ok: true }
>['value']

/** A comment as the command line lists it. */
export type Listed = ValueOf<typeof listComments>['comments'][number]

/** A comment with what happened to it. A server of a former version does not give the comment. */
export type Shown = Omit<ValueOf<typeof readComment>, 'comment'> & { comment?: Listed }

/** The largest number of characters of a text in a line; the whole text is in the JSON. */
const maxTextCharacters = 300

/** The words of a stranger in one line, in which nothing can begin another line or move the cursor of a terminal. */
const plain = (words: string) => words.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim()

/**
 * Writes one line about a comment, and below it one for each of its last reports. The line of a hidden or deleted comment says who
 * decided, and why.
 */
export function linesOf(listed: Listed): string[] {
  const short = plain(listed.text)
  const more = short.length - maxTextCharacters
  const cut = more > 0 ? `${short.slice(0, maxTextCharacters)}… (${more} more characters)` : short
  // A deleted comment has lost its text.
  return [cut === '' ? headOf(listed) : `${headOf(listed)}: ${cut}`, ...reportLines(listed)]
}

function headOf(listed: Listed): string {
  const { id, version = id, reasons, name, email, written, title, parent, question } = listed
  const { reports, reportReason, lastReports, decision, state } = listed
  // A server of a former version gives the reason of the last report only.
  const last = reportReason === undefined || lastReports ? '' : `, the last one: ${plain(reportReason)}`
  const notes = [
    ...reasons,
    ...(reports ? [`reports: ${reports}${last}`] : []),
    ...(decision ? [`${state}${decidedBy(decision)}`] : []),
  ]
  const held = notes.length > 0 ? `  (${notes.join(', ')})` : ''
  // A deleted comment has lost its name.
  const author = (plain(name) || 'somebody') + (email === undefined ? '' : ` <${plain(email)}>`)
  const asked = question === undefined ? '' : `, answering the question ${question}`
  const answered = parent === undefined ? asked : `, answering ${parent}`
  return `${version}  ${written}  ${author} on "${plain(title)}"${answered}${held}`
}

/** Who decided and why, after the word for the decision. */
const decidedBy = ({ actor, reason, text }: NonNullable<Listed['decision']>): string =>
  [
    actor === undefined ? '' : ` by ${plain(actor)}`,
    reason === undefined ? '' : `, ${plain(reason)}`,
    text === undefined ? '' : `: ${plain(text)}`,
  ].join('')

function reportLines({ id, reports = 0, lastReports = [] }: Listed): string[] {
  const shown = lastReports.map(
    ({ reason, text }) => `  reported, ${plain(reason)}${text === undefined ? '' : `: ${plain(text)}`}`,
  )
  const more = reports - shown.length
  if (shown.length === 0 || more <= 0) return shown
  return [...shown, `  and ${more} more: npx kiosque comments show ${id}`]
}

/** Writes a comment with its whole text, the address of its page, and what happened to it, one line for each event. */
export function linesOfShown({ id, comment, events }: Shown): string[] {
  const said = comment
    ? [
        headOf(comment),
        `  state: ${comment.state}`,
        `  page: ${comment.url}`,
        ...(comment.text === ''
          ? []
          : comment.text.split('\n').map((line) => `  > ${plain(line)}`.trimEnd())),
      ]
    : [id]
  return [...said, ...events.map(eventLine)]
}

function eventLine({ at, kind, ...event }: Shown['events'][number]): string {
  const words = event.text === undefined ? '' : `: ${plain(event.text)}`
  if (kind === 'decided') return `${at}  ${plain(event.state ?? 'decided')}${decidedBy(event)}`
  if (kind === 'edited') return `${at}  changed by the author; the text before${words || ' is erased'}`
  const email = event.email === undefined ? '' : ` by ${plain(event.email)}`
  return `${at}  reported${email}, ${plain(event.reason ?? '')}${words}`
}
