import { type Beginnings, byFirstCharacter, endsSentence, fold } from './furniture.ts'
import { generalNotices, legalNotices, notices } from './phrases/notices.ts'

/** A longer sentence that begins like a notice is text of the article. */
const maxNoticeCharacters = 100

const foldedNotices = byFirstCharacter(notices)
const foldedGeneralNotices = byFirstCharacter(generalNotices)
const foldedLegalNotices = byFirstCharacter(legalNotices)

/**
 * Tells whether a line is a notice of the page, such as one on cookies or a newsletter. A long sentence is none, nor is a
 * sentence that begins with words that any sentence may have, except for notices on rights, forms and payments.
 */
export function isNotice(line: string): boolean {
  if (line.length < 20 && !line.startsWith('©')) return false
  const beginning = fold(line.slice(0, 60))
  const begins = (phrases: Beginnings) =>
    phrases.get(beginning.charAt(0))?.some((phrase) => beginning.startsWith(phrase)) === true
  if (begins(foldedLegalNotices)) return true
  const isSentence = endsSentence(line)
  if (begins(foldedNotices)) return !isSentence || line.length <= maxNoticeCharacters
  return begins(foldedGeneralNotices) && !isSentence
}
