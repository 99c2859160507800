/** The maximum length of a passage that is always written in full; a longer passage is identified by its ends. */
const maxWholeCharacters = 100

/** A long passage is identified by this number of its first words and the same number of its last words. */
const wordsPerEnd = 6

/** The maximum length of such words, and of a passage that is written in full because it has fewer words. */
const maxFewWordsCharacters = 300

/** Of another passage, such as one in Japanese, the ends are words within this many characters. */
const charactersPerEnd = 40

/** To find these words, this many characters are read, because what begins within a word is divided wrongly at first. */
const charactersRead = 100

/**
 * Adds a text fragment to a URL, so that browsers scroll to the passage and highlight it (WICG, URL Fragment
 * Text Directives). If the URL already has a fragment, the text fragment is appended to that fragment. Nothing is added
 * for a long passage whose first or last hundred characters are one word, because a browser finds only whole words.
 */
export function withPassage(url: string, quote: string): string {
  const ends = endsOf(quote)
  if (ends.includes('')) return url
  return `${url}${url.includes('#') ? '' : '#'}:~:text=${ends.map(encode).join(',')}`
}

/** The whole passage, or its beginning and its end, which do not overlap. */
function endsOf(quote: string): string[] {
  if (quote.length <= maxWholeCharacters) return [quote]
  // Words that are joined by a no-break space count as one, so that a passage has such a space as the page has it.
  const words = quote.split(' ')
  const ends = [words.slice(0, wordsPerEnd).join(' '), words.slice(-wordsPerEnd).join(' ')]
  const isLong = ends.join('').length > maxFewWordsCharacters
  if (words.length >= 2 * wordsPerEnd && !isLong) return ends
  if (quote.length <= maxFewWordsCharacters) return [quote]
  const [head, tail] = [quote.slice(0, charactersRead), quote.slice(-charactersRead)]
  const [starts, stops] = [bordersIn(head), bordersIn(tail)]
  const first = starts.findLast((border) => border <= charactersPerEnd) ?? starts[0] ?? 0
  const last = stops.find((border) => border >= charactersRead - charactersPerEnd) ?? stops.at(-1)
  return [head.slice(0, first).trim(), tail.slice(last ?? charactersRead).trim()]
}

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
