import { endsSentence } from './furniture.ts'

/** The longest line in which placeholders are searched; programs that print them break lines before. */
const maxCharacters = 200
const pictureEnd = /\.(?:jpe?g|png|gif|svg|webp|avif|ico|bmp)(?:\?.*)?$/i
/** What lynx and w3m print for parts of a page that have neither a text nor a name. */
const partWord =
  /^(?:INLINE|LINK|IMAGE|IMG|ISMAP|USEMAP:.*|EMBED|OBJECT|APPLET|AREA|(?:INS|DEL)::(?:INS|DEL))$/
/** A line that is longer is text, in which words such as `[Jean-Paul]` stay. */
const maxShortCharacters = 60
/** A shorter word with digits may be text: `[covid-19]`. */
const minNameCharacters = 9

/** Lines, fields and the signs of lists. */
const signs = /^[\s_[\]*+•□☆○●■#-]*$/

/** A line without placeholders, and those that may have been text. */
interface Unmarked {
  line: string
  doubtful: string[]
}

/**
 * Removes from a line what `lynx` and `w3m` print for pictures, frames, fields and buttons: `[pont.jpg]`, `[INLINE]`,
 * `IFRAME: https://…`, `(BUTTON)`, `____`, and the sign before an item of a list. A name such as `[pont-1]`, which is no file's for
 * certain, is doubtful; it goes only if it is long or the line is short, as a byline beside a picture is. Words in brackets such
 * as `[rires]`, `[sic]` and `[Refrain]` stay.
 */
export function withoutPlaceholders(line: string): Unmarked {
  const start = line.slice(0, maxCharacters)
  if (/^IFRAME: \S+$/.test(start)) return { line: '', doubtful: [] }
  const doubtful: string[] = []
  const isShort = line.length <= maxShortCharacters && !endsSentence(line)
  const isWhole = signs.test(start.replace(/\[[^\][\s]*\]/g, ''))
  const kept = start
    .replace(/\((?:BUTTON|Button)\)|_{4,}/g, '')
    .replace(/\[([^\][\s]{0,80})\]/g, (mark, name: string) => {
      if ((isWhole && /^[xX]?$/.test(name)) || partWord.test(name) || pictureEnd.test(name)) return ''
      if (!isLikeFile(name) && !((isWhole || isShort) && isNoWord(name))) return mark
      doubtful.push(mark)
      return ''
    })
  if (signs.test(kept) && line.length <= maxCharacters) return { line: '', doubtful }
  const withoutSign = kept
    .replace(/ {2,}/g, ' ')
    .replace(/^ ?(?:[*+•□☆○●■#]|o(?= [\p{Lu}\d[«“"¿¡])) (?=\S)/u, '')
  return { line: withoutSign + line.slice(maxCharacters), doubtful }
}

/** Tells whether a word is like the name of a file: `main_logo`, `f750x407-394318`. */
const isLikeFile = (name: string): boolean =>
  /^[\w.-]*(?:[a-z\d]_|_[a-z\d])[\w.-]*$/i.test(name) ||
  (name.length >= minNameCharacters &&
    /^[a-z\d.-]+$/.test(name) &&
    /[a-z]/.test(name) &&
    /\d{3}|\d\D+\d/.test(name))

/** Tells whether a word has a digit, a hyphen or a capital among its letters, as names of files have, and is no number. */
const isNoWord = (name: string): boolean =>
  /[\d-]|\p{Ll}\p{Lu}/u.test(name) && !/^\d+(?:\p{L}{1,3})?$/u.test(name)
