import type { listComments } from '../comments/moderate.ts'

/** A comment as the command line shows it. */
export type Listed = Extract<
  Awaited<ReturnType<typeof listComments>>,
  { ok: true }
>['value']['comments'][number]

/** The largest number of characters of a text in a line; the whole text is in the JSON. */
const maxTextCharacters = 300

/** One line about a comment: nothing that a stranger wrote can begin another line or move the cursor of a terminal. */
export function lineOf(listed: Listed): string {
  const {
    id,
    version = id,
    reasons,
    name,
    email,
    text,
    written,
    title,
    parent,
    question,
    reports,
    reportReason,
  } = listed
  const plain = (words: string) => words.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim()
  const short = plain(text)
  const more = short.length - maxTextCharacters
  const cut = more > 0 ? `${short.slice(0, maxTextCharacters)}… (${more} more characters)` : short
  const last = reportReason === undefined ? '' : `, the last one: ${plain(reportReason)}`
  const notes = [...reasons, ...(reports ? [`reports: ${reports}${last}`] : [])]
  const held = notes.length > 0 ? `  (${notes.join(', ')})` : ''
  const author = plain(name) + (email === undefined ? '' : ` <${email}>`)
  const asked = question === undefined ? '' : `, answering the question ${question}`
  const answered = parent === undefined ? asked : `, answering ${parent}`
  return `${version}  ${written}  ${author} on "${plain(title)}"${answered}${held}: ${cut}`
}
