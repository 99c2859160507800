import type { Byline } from './byline.ts'

/**
 * What shows that a line names authors: a word such as `By` (`word`); a job title, an agency or a button beside the name
 * (`label`); a date on the next lines (`above-date`) or on the same line (`on-date`), which places, sections and newspapers have
 * too; or nothing but its place under the title (`place`).
 */
type BylineSign = 'word' | 'label' | 'above-date' | 'on-date' | 'place'

/** A byline between the title and the text of an article, and the text that it was read from. */
export interface HeadByline extends Byline {
  sign: BylineSign
  text: string
}

/**
 * Returns the bylines that count. If a line with a word such as `By` names an author, lines of names alone are captions. If a
 * line of its own names an author, a name on the line of a date is a place or a newspaper.
 */
export function certainBylines(bylines: readonly HeadByline[]): HeadByline[] {
  const names = (sign: BylineSign) => (one: HeadByline) => one.sign === sign && one.authors.length > 0
  if (bylines.some(names('word'))) return bylines.filter(({ sign }) => sign === 'word')
  const others = bylines.filter((one) => !names('on-date')(one))
  return others.some(({ authors }) => authors.length > 0) ? others : [...bylines]
}

/** A name that only its place, or only a date beside it, makes the author's. */
export type GuessedName = HeadByline & { sign: 'above-date' | 'on-date' | 'place' }

/** Tells whether nothing but its place or a date shows that a name is an author's. */
export const isGuessed = (byline: HeadByline): byline is GuessedName =>
  byline.sign !== 'word' && byline.sign !== 'label'

/**
 * Tells whether a text stands before the date of a line as a place does: `Bad Oldesloe, 12.01.2025`, `Buenos Aires - 12 ene 2025`.
 * Two names with a word such as `and` between them are those of authors.
 */
export const isDateline = (text: string, line: string): boolean =>
  line.startsWith(text) && /^\s?[,–—-]/.test(line.slice(text.length)) && !/\s(?:et|and|und|y|&)\s/.test(text)
