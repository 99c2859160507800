/**
 * The maximum length of a passage that is written in full in a text fragment; a longer passage is identified by
 * its first and last words.
 */
const maxWholeCharacters = 100

/** A long passage is identified by this number of its first words and the same number of its last words. */
const wordsPerEnd = 6

/**
 * Adds a text fragment to a URL, so that browsers scroll to the passage and highlight it (WICG, URL Fragment
 * Text Directives). If the URL already has a fragment, the text fragment is appended to that fragment.
 */
export function withPassage(url: string, quote: string): string {
  const words = quote.split(/[ \u00a0\u202f]+/)
  const isShort = quote.length <= maxWholeCharacters || words.length < 2 * wordsPerEnd
  const ends = isShort ? [quote] : [wordsFrom(quote, 'start'), wordsFrom(quote, 'end')]
  return `${url}${url.includes('#') ? '' : '#'}:~:text=${ends.map(encode).join(',')}`
}

/** Returns the first or the last words of a passage, with the spaces between them as they are in the passage. */
const wordsFrom = (quote: string, end: 'start' | 'end'): string => {
  const words = `(?:[^ ]+ ){${wordsPerEnd - 1}}[^ ]+`
  const pattern = end === 'start' ? `^${words}(?= |$)` : `(?<= |^)${words}$`
  return new RegExp(pattern, 'u').exec(quote)?.[0] ?? quote
}

/**
 * Encodes a part of a text fragment. Hyphens, commas and ampersands have a meaning in a text fragment, but
 * `encodeURIComponent` does not encode hyphens.
 */
const encode = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replaceAll('-', '%2D').replaceAll("'", '%27')
