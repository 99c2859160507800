/** A passage longer than this is named by its first and last words only. */
const maxWholeCharacters = 100

/** How many words name an end of a passage. */
const wordsPerEnd = 6

/**
 * The URL with a text fragment, at which browsers that know it show the passage (WICG, URL Fragment Text
 * Directives). A fragment that the URL has already stays before it.
 */
export function withPassage(url: string, quote: string): string {
  const words = quote.split(/[ \u00a0\u202f]+/)
  const isShort = quote.length <= maxWholeCharacters || words.length < 2 * wordsPerEnd
  const ends = isShort ? [quote] : [wordsFrom(quote, 'start'), wordsFrom(quote, 'end')]
  return `${url}${url.includes('#') ? '' : '#'}:~:text=${ends.map(encode).join(',')}`
}

/** The first or last words, with the spaces that stand between them in the passage. */
const wordsFrom = (quote: string, end: 'start' | 'end'): string => {
  const words = `(?:[^ ]+ ){${wordsPerEnd - 1}}[^ ]+`
  const pattern = end === 'start' ? `^${words}(?= |$)` : `(?<= |^)${words}$`
  return new RegExp(pattern, 'u').exec(quote)?.[0] ?? quote
}

/** A hyphen is syntax there, like comma and ampersand, and not encoded by the usual function. */
const encode = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replaceAll('-', '%2D').replaceAll("'", '%27')
