import { Tokenizer, type TokenizerObject } from 'marked'

/** The maximum work for parsing one Markdown document, roughly in characters examined. */
const maxEffortCharacters = 12_000_000

/** The maximum length of an address. Parsing an address takes time quadratic in its length. */
export const maxAddressCharacters = 2000

/** The error thrown if parsing a document takes too much work. */
export const tooMuch = new Error('more work than a document may cost')

/**
 * Makes a tokenizer that counts the work of those Markdown rules that can take quadratic time. Two rules are
 * affected. For an opening `*`, `_` or `~` without a closing mark, the parser searches to the end of the block;
 * a block quote is parsed again at each line that continues it without `>`. Use a new tokenizer for each
 * document. The tokenizer throws `tooMuch` when the limit is reached.
 */
export function countedTokenizer(limit = maxEffortCharacters): TokenizerObject {
  let left = limit
  const spend = (work: number) => {
    left -= work
    if (left < 0) throw tooMuch
  }
  const { emStrong, del, url, blockquote } = Tokenizer.prototype
  /**
   * Searches for the token at the start of the source, and counts the work. The search also parses the
   * content of the token that it finds, which may start further searches. An eighth of the length of the
   * source is counted before the search, so that the limit stops deeply nested searches early.
   */
  const seek = <Token extends { raw: string }>(source: string, find: () => Token | undefined) => {
    spend(source.length / 8)
    const token = find()
    spend(token?.raw.length ?? source.length)
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
    url(source) {
      if (!/^\S{2000}/.test(source)) return url.call(this, source)
      spend(maxAddressCharacters)
      return undefined
    },
    blockquote(source) {
      if (/^ {0,3}>/.test(source)) spend(linesBeforeBlank(source) ** 2)
      return blockquote.call(this, source)
    },
  }
}

/** Tells whether an underscore is inside a word, as in `due_date`; the parser skips such an underscore at once. */
const isInWord = (source: string, masked: string): boolean =>
  source.startsWith('_') && /[\p{L}\p{N}]/u.test(masked.at(-source.length - 1) ?? '')

function linesBeforeBlank(source: string): number {
  const end = source.search(/\n[ \t]*\n/)
  return source.slice(0, end === -1 ? source.length : end).split('\n').length
}
