import { Marked, type TokensList } from 'marked'
import { failure, type Result, success } from '../domain/problem.ts'
import { countedTokenizer, maxAddressCharacters, tooMuch } from './effort.ts'

/** A parser for one document. */
const newParser = () =>
  new Marked({
    gfm: true,
    async: false,
    // A check box is a form control, which `cleanHtml` takes away; whether a thing is done should stay.
    renderer: { checkbox: ({ checked }) => (checked ? '☑ ' : '☐ ') },
    tokenizer: countedTokenizer(),
  })

/**
 * Markdown (GFM) as HTML. Raw HTML and any address pass through it unchecked, so the caller hands the
 * result to `cleanHtml`, always. What nests beyond what the parser bears, or takes it too long, is refused.
 */
export const htmlOfMarkdown = (markdown: string): Result<string> =>
  bearable(() => newParser().parse(markdown) as string)

/** The blocks of Markdown, refused as `htmlOfMarkdown` refuses. */
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
