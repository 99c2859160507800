import { lineOf } from '../../domain/text.ts'

/** The controls of text direction that act beyond the text that contains them (UAX #9 §2.1 to §2.5). */
const embeddings = /[\u202a-\u202e\u2066-\u2069]/g

/**
 * Returns a text as one line that does not change how the text after it is shown: without line ends and without controls
 * that change the direction of text. The marks of direction, which some languages need, stay.
 */
export const plainLine = (text: string): string =>
  lineOf(text.replace(embeddings, '').replace(/[\u2028\u2029]/g, ' '))

/** Matches letters that are written from right to left. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]|[\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

/** Returns a text as one line that can stand in a sentence: text from right to left is isolated from what follows (UAX #9 §2.6). */
export function isolatedLine(text: string): string {
  const line = plainLine(text)
  return rightToLeft.test(line) ? `\u2068${line}\u2069` : line
}
