import { Tokenizer, type TokenizerObject } from 'marked'

/** The maximum work for parsing one Markdown document, roughly in characters examined. */
const maxEffortCharacters = 12_000_000

/** How many times as much a failed search or a nested list costs, for each character, as a search that succeeds. */
const costlyWeight = 8

/** The cost of a table's cell. The parser gives each row as many cells as the head has, also cells that nobody wrote. */
const charactersPerCell = 500

/** The maximum number of lists and quotes inside each other. */
const maxNestedBlocks = 32

/** The maximum length of an address. Parsing an address takes time quadratic in its length. */
export const maxAddressCharacters = 2000

/** The error thrown if parsing a document takes too much work. */
export const tooMuch = new Error('more work than a document may cost')

/** The error thrown if lists and quotes are nested deeper than `maxNestedBlocks`. */
export const tooDeep = new Error('more lists and quotes in each other than a document may have')

/**
 * Makes a tokenizer that counts the work of those Markdown rules that can take quadratic time. For an opening `*`,
 * `_`, `~` or run of backticks without a closing mark, the parser searches to the end of the block. It parses a block
 * quote again at each line that continues the quote without `>`, copies a list item at each line that continues it
 * without a mark, parses the text of a nested list once for each level, and fills up each row of a table. Use a new
 * tokenizer for each document. The tokenizer throws `tooMuch` or `tooDeep` when the limit is reached.
 */
export function countedTokenizer(limit = maxEffortCharacters): TokenizerObject {
  let left = limit
  let depth = 0
  const spend = (work: number) => {
    left -= work
    if (left < 0) throw tooMuch
  }
  const { emStrong, del, url, blockquote, codespan, list, table } = Tokenizer.prototype
  /**
   * Searches for the token at the start of the source, and counts the work. The search also parses the
   * content of the token that it finds, which may start further searches. An eighth of the length of the
   * source is counted before the search, so that the limit stops deeply nested searches early.
   */
  const seek = <Token extends { raw: string }>(source: string, find: () => Token | undefined) => {
    spend(source.length / 8)
    const token = find()
    spend(token?.raw.length ?? source.length * costlyWeight)
    return token
  }
  const nest = <Token>(find: () => Token): Token => {
    if (depth === maxNestedBlocks) throw tooDeep
    depth += 1
    const token = find()
    depth -= 1
    return token
  }
  return {
    emStrong(source, masked, before) {
      const find = () => emStrong.call(this, source, masked, before)
      return /^[*_]/.test(source) && !isInWord(source, masked) ? seek(source, find) : find()
    },
    del(source, ...more) {
      const find = () => del.call(this, source, ...more)
      return source.startsWith('~') ? seek(source, find) : find()
    },
    codespan(source) {
      const find = () => codespan.call(this, source)
      return source.startsWith('`') ? seek(source, find) : find()
    },
    url(source) {
      const [word] = /^\S{2000,}/.exec(source) ?? []
      if (word === undefined) return url.call(this, source)
      // At each position of a word, the parser searches the rest of the word for the end of an e-mail address.
      spend(word.length)
      return undefined
    },
    blockquote(source) {
      if (/^ {0,3}>/.test(source)) spend(linesBeforeBlank(source) ** 2)
      return nest(() => blockquote.call(this, source))
    },
    list(source) {
      if (/^ {0,3}(?:[-+*]|\d{1,9}[.)])[ \t\n]/.test(source)) {
        spend(unmarkedLines(source) ** 2)
        if (depth > 0) spend(source.length * costlyWeight)
      }
      return nest(() => list.call(this, source))
    },
    table(source) {
      const columns = /^.*\n[ \t]*([|:-][ \t|:-]*)(?:\n|$)/.exec(source)?.[1]?.split('|').length
      if (columns !== undefined) spend(columns * linesBeforeBlank(source) * charactersPerCell)
      return table.call(this, source)
    },
  }
}

/** Tells whether an underscore is inside a word, as in `due_date`; the parser skips such an underscore at once. */
const isInWord = (source: string, masked: string): boolean =>
  source.startsWith('_') && /[\p{L}\p{N}]/u.test(masked.at(-source.length - 1) ?? '')

/** The number of lines from a list's first line on up to the next line with a list's mark or the next blank line. */
function unmarkedLines(source: string): number {
  const [start = ''] = /^.*\n(?:(?![ \t]*(?:[-+*]|\d{1,9}[.)])).*\n?)*/.exec(source) ?? []
  return linesBeforeBlank(start)
}

function linesBeforeBlank(source: string): number {
  const end = source.search(/\n[ \t]*\n/)
  return source.slice(0, end === -1 ? source.length : end).split('\n').length
}
