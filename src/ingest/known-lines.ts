import { fold } from './furniture.ts'
import type { LineKind, MainText } from './main-text.ts'
import { isNotice } from './notices.ts'

/** A longer line is not a title. */
export const maxTitleCharacters = 250
/** A line with fewer words of four letters or more counts as if it had so many: one word in common says little. */
export const minContentWords = 3

/** What is known of the whole capture when its lines are compared. */
export class KnownLines {
  /** The first line of the capture that is not furniture. */
  readonly first: number
  /** The last line among which the title is searched. */
  readonly end: number
  /** The start of the main text. */
  readonly start: number
  readonly #repeats = new Map<string, number>()
  readonly #words = new Map<string, number>()

  constructor(lines: readonly string[], kinds: readonly LineKind[], main: MainText, end: number) {
    this.start = main.start
    this.first = lines.findIndex(
      (line, at) => (kinds[at] === 'short' || kinds[at] === 'prose') && !isNotice(line),
    )
    this.end = end
    for (const [at, line] of lines.entries()) {
      if (line === '' || line.length > maxTitleCharacters) continue
      if (kinds[at] === 'short' || kinds[at] === 'prose') count(this.#repeats, fold(line))
    }
    for (const line of lines
      .slice(main.start, main.end)
      .filter((_, at) => kinds[main.start + at] === 'prose')
      .slice(0, 80))
      for (const word of new Set(contentWords(line))) count(this.#words, word)
  }

  /** Tells how often a line occurs in the capture. */
  repeats(line: string): number {
    return this.#repeats.get(fold(line)) ?? 0
  }

  /** Returns the share of a line's words of four letters or more that occur in the prose of the capture. */
  share(line: string, isProse: boolean, minWords = minContentWords): number {
    const words = contentWords(line)
    const found = words.filter((word) => (this.#words.get(word) ?? 0) > (isProse ? 1 : 0))
    return found.length / Math.max(words.length, minWords, 1)
  }
}

const count = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

const contentWords = (line: string): string[] =>
  line
    .slice(0, 5_000)
    .toLowerCase()
    .replaceAll('\u00AD', '')
    .match(/[\p{L}\d]{4,}/gu) ?? []
