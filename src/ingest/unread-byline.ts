import { particles } from './name-words.ts'

/** A longer line is no byline. */
const maxCharacters = 120
/** The maximum number of words before a word such as `by`, and between it and a name. */
const maxWords = 4

const markers = new Set(
  'by par von por berichtet berichten reporting text texte texto autor autora'.split(' '),
)

/**
 * Tells whether a line seems to name authors although it was not read as a byline: near its beginning stands a word such as `by`,
 * and soon behind it a name of two words with capitals. `Story by Jane Doe | Layout by Ana Roy`, `Par notre ami Kim Tremblay`.
 */
export function resemblesByline(line: string): boolean {
  if (line.length > maxCharacters) return false
  const words = line.split(/[\s:]+/).filter(Boolean)
  const marker = words.slice(0, maxWords + 1).findIndex((word) => markers.has(word.toLowerCase()))
  if (marker === -1) return false
  const behind = words.slice(marker + 1).filter((word, at) => at === 0 || !particles.has(word))
  // A headline may begin with other words, but the name in a byline then follows at once.
  const last = marker === 0 ? maxWords : 0
  return behind.some((word, at) => at <= last && isNameWord(word) && isNameWord(behind[at + 1] ?? ''))
}

const isNameWord = (word: string): boolean => /^\p{Lu}[\p{L}.'’-]+[,;]?$/u.test(word)
