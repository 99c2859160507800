import { Tokenizer, type TokenizerObject } from 'marked'

/** How much work a document may cost, about as many characters looked at. */
const maxEffortCharacters = 12_000_000

/** No address is longer; the parser takes the square of one's length. */
export const maxAddressCharacters = 2000

/** What is thrown when a document has cost too much. */
export const tooMuch = new Error('more work than a document may cost')

/**
 * The parser's own reading of what takes it the square of a text's length, with the work counted: an opening `*`,
 * `_` or `~` is sought to the end of its block when nothing closes it, and a quote is read anew at each line that
 * goes on without its `>`. For one document; throws `tooMuch`.
 */
export function countedTokenizer(limit = maxEffortCharacters): TokenizerObject {
  let left = limit
  const spend = (work: number) => {
    left -= work
    if (left < 0) throw tooMuch
  }
  const { emStrong, del, url, blockquote } = Tokenizer.prototype
  /** Counts an eighth at once: what is found is read for marks in its turn before its own length is known. */
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

/** As in `due_date`, which the parser passes over at once. */
const isInWord = (source: string, masked: string): boolean =>
  source.startsWith('_') && /[\p{L}\p{N}]/u.test(masked.at(-source.length - 1) ?? '')

function linesBeforeBlank(source: string): number {
  const end = source.search(/\n[ \t]*\n/)
  return source.slice(0, end === -1 ? source.length : end).split('\n').length
}
