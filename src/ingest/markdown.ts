import { Marked, type TokensList } from 'marked'
import { failure, type Result, success } from '../domain/problem.ts'
import { countedTokenizer, maxAddressCharacters, tooMuch } from './effort.ts'

/** Makes a Markdown parser for one document. */
const newParser = () =>
  new Marked({
    gfm: true,
    async: false,
    // A check box is written as a character, because `cleanHtml` removes form controls and the state of the box
    // must not be lost.
    renderer: { checkbox: ({ checked }) => (checked ? '☑ ' : '☐ ') },
    tokenizer: countedTokenizer(),
  })

/**
 * Converts Markdown (GFM) to HTML. Raw HTML and all addresses are passed through unchecked, so the caller must
 * clean the result with `cleanHtml`. A document that is nested too deeply, or takes too long to parse, is
 * refused.
 */
export const htmlOfMarkdown = (markdown: string): Result<string> =>
  bearable(() => newParser().parse(markdown) as string)

/** Splits Markdown into its blocks. A document that is nested too deeply, or takes too long to parse, is refused. */
export const blocksOfMarkdown = (markdown: string): Result<TokensList> =>
  bearable(() => newParser().lexer(markdown))

function bearable<T>(parse: () => T): Result<T> {
  try {
    return success(parse())
  } catch (error) {
    if (error === tooMuch)
      return refuse(
        `costs too much to read; close or escape its *, _ and ~, begin each line of a quote with >, and part words of more than ${maxAddressCharacters} characters`,
      )
    if (error instanceof RangeError) return refuse('has quotes or lists nested too deeply; flatten them')
    throw error
  }
}

const refuse = (reason: string) =>
  failure({ kind: 'invalid-article', issues: [{ field: 'markdown', reason }] })
