/** The last two code points of each plane after the first one. They are never assigned to a character. */
const planeEnds =
  '[\\uD83F\\uD87F\\uD8BF\\uD8FF\\uD93F\\uD97F\\uD9BF\\uD9FF\\uDA3F\\uDA7F\\uDABF\\uDAFF\\uDB3F\\uDB7F\\uDBBF\\uDBFF][\\uDFFE\\uDFFF]'

/**
 * The characters that XML 1.0 forbids (§2.2), except lone surrogates, and those that the note there discourages. The
 * expression has no flag `u`, because it would then take seven times as long.
 */
const illegal = new RegExp(
  `[\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F\\uFDD0-\\uFDEF\\uFFFE\\uFFFF]|${planeEnds}`,
  'g',
)

/**
 * Removes the characters that no feed and no page may contain:
 *
 * - the controls U+0000 to U+001F except tab, line feed and carriage return, lone surrogates, and U+FFFE and U+FFFF,
 *   because no XML 1.0 document can contain them (§2.2);
 * - the controls U+007F to U+009F, which include U+0085, and the other noncharacters of Unicode, because the note in
 *   XML 1.0 §2.2 discourages them. The controls have no meaning in text, the W3C feed validator warns of them, and
 *   they usually are characters of Windows-1252 that were decoded wrongly.
 */
export const legalText = (text: string): string =>
  (text.isWellFormed() ? text : text.replace(/\p{Surrogate}/gu, '')).replace(illegal, '')

/** The second argument of `JSON.stringify` that makes each text of the document a `legalText`. */
export const legalValue = (_: string, value: unknown): unknown =>
  typeof value === 'string' ? legalText(value) : value

/**
 * Makes one line of plain text: removes illegal characters and reduces ordinary white space to single spaces;
 * no-break spaces stay.
 */
export const lineOf = (text: string): string =>
  legalText(text)
    .replace(/[\t\n\r ]+/g, ' ')
    .replace(/^ | $/g, '')

/** Signs that change the order in which others are shown, and signs that are no letters and that nobody sees. */
const unseen = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g

/**
 * Makes one line of the name of a stranger, as `lineOf` does, without signs that change how the text around it is shown (UAX #9 §2).
 * Joiners stay, because names in some writing systems have them, and emoji.
 */
export const nameLineOf = (name: string): string =>
  lineOf(name.replace(unseen, '').replace(/[\u2028\u2029]/g, ' '))

/** The number of characters of a text, as limits for people count them: Unicode code points, so that an emoji such as 😀 counts as one. */
export const countCharacters = (text: string): number => [...text].length

/**
 * Shortens a text to at most `maxLength` characters. A longer text is cut at an ordinary space, so words joined
 * by a no-break space stay together, and ends with `…`.
 */
export function shortened(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text
  const start = text.slice(0, maxLength - 1)
  const cut = Math.max(text.lastIndexOf(' ', maxLength - 1), text.lastIndexOf('\t', maxLength - 1))
  const whole = cut > 0 ? text.slice(0, cut) : start.replace(/[\uD800-\uDBFF]$/, '')
  return `${whole.replace(/[\s,;:(«“–—-]+$/, '')}…`
}
