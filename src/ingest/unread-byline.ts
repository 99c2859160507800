import { parseName } from './byline.ts'
import { particles } from './name-words.ts'

/** A longer line is no byline. */
const maxCharacters = 120
/** The maximum number of words before a word such as `by`, and between it and a name. */
const maxWords = 4

const markers = new Set(
  'by par von por berichtet berichten reporting text texte texto autor autora'.split(' '),
)

/** What stands before the names in a line such as `Interview : Ana Roy` or `Un dossier de Kim Roy`: few words and a mark. */
const lead =
  /^(?:\p{L}[\p{L}'’-]{1,20}\s){0,2}\p{L}[\p{L}'’-]{1,20}\s?(?::|\s(?:de|di|von|of|by|par|por))\s+/u
/** A word such as `By` and a single word in lower case, which may be a user's name or any word: `Par courriel`, `By admin`. */
const oneWord = /^(?:by|par|von|por):?\s+\p{Ll}{4,30}$/iu
const reports = /\s(?:reports|reporting|berichtet|berichten|informa)(?:\s|$)/

/**
 * Tells whether a line between title and text seems to name authors: as `resemblesByline` does, or a few words and a colon or `de`
 * stand before names only, or a word such as `reports` behind them, or a word in lower case behind `By`.
 */
export function mayNameAuthors(line: string): boolean {
  if (line.length > maxCharacters) return false
  const names = line.replace(lead, '')
  const [before = ''] = line.split(reports)
  const areNames = [names, before].some((one) => one !== line && parseName(one) !== undefined)
  return areNames || oneWord.test(line) || resemblesByline(line)
}

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

const isNameWord = (word: string): boolean => /^\p{Lu}[\p{L}.'’-]+[,;)]?$/u.test(word)
