/** The maximum length of a passage that is always written in full; a longer passage is identified by its ends. */
const maxWholeCharacters = 100

/** A long passage is identified by this number of its first words and the same number of its last words. */
const wordsPerEnd = 6

/** The maximum length of a passage that is written in full because it has too few words between spaces. */
const maxFewWordsCharacters = 300

/** In a longer passage of few spaces, such as one in Japanese, the ends are words within this many characters. */
const charactersPerEnd = 40

/** To find these words, this many characters are read, because what begins within a word is divided wrongly at first. */
const charactersRead = 100

/**
 * Adds a text fragment to a URL, so that browsers scroll to the passage and highlight it (WICG, URL Fragment
 * Text Directives). If the URL already has a fragment, the text fragment is appended to that fragment. A long passage
 * without a border between words, which a browser would need, adds nothing.
 */
export function withPassage(url: string, quote: string): string {
  const ends = endsOf(quote)
  if (ends.includes('')) return url
  return `${url}${url.includes('#') ? '' : '#'}:~:text=${ends.map(encode).join(',')}`
}

/** The whole passage, or its beginning and its end. */
function endsOf(quote: string): string[] {
  if (quote.length <= maxWholeCharacters) return [quote]
  const words = quote.split(/[ \u00a0\u202f]+/)
  if (words.length >= 2 * wordsPerEnd) {
    return [firstWords.exec(quote)?.[0] ?? quote, lastWords.exec(quote)?.[0] ?? quote]
  }
  if (quote.length <= maxFewWordsCharacters) return [quote]
  const [head, tail] = [quote.slice(0, charactersRead), quote.slice(-charactersRead)]
  const first = bordersIn(head).findLast((border) => border <= charactersPerEnd) ?? 0
  const last = bordersIn(tail).find((border) => border >= charactersRead - charactersPerEnd) ?? charactersRead
  return [head.slice(0, first).trim(), tail.slice(last).trim()]
}

/** The first or the last words of a passage, with the spaces between them as they are in the passage. */
const someWords = `(?:[^ ]+ ){${wordsPerEnd - 1}}[^ ]+`
const firstWords = new RegExp(`^${someWords}(?= |$)`, 'u')
const lastWords = new RegExp(`(?<= |^)${someWords}$`, 'u')

const segmenter = new Intl.Segmenter('und', { granularity: 'word' })

/** Returns where words of a text begin and end, without the beginning and the end of the text. */
const bordersIn = (text: string): number[] =>
  Array.from(segmenter.segment(text), ({ index }) => index).slice(1)

/**
 * Encodes a part of a text fragment. Hyphens, commas and ampersands have a meaning in a text fragment, but
 * `encodeURIComponent` does not encode hyphens.
 */
const encode = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replaceAll('-', '%2D').replaceAll("'", '%27')
