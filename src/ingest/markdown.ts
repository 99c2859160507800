import { Marked, type Renderer, type Tokens, type TokensList } from 'marked'
import { failure, type Result, success } from '../domain/problem.ts'
import { hasMore } from './body-limits.ts'
import { countedTokenizer, maxAddressCharacters, tooDeep, tooMuch } from './effort.ts'

const maxMarks = 40_000

/** Matches what can begin or separate an element of Markdown: a mark, a line with a mark, a blank line, an address. */
const marks = /[*_~`[\]<&|\\!@]|www\.|:\/\/| {2}\n|^[ \t]*(?:[-+#>=]|\d+[.)])|\n[ \t]*(?=\n)/m

/**
 * Makes a Markdown parser for one document. `isPlain`: HTML in the document is text, each line end is a line break, and the alternative
 * text of a picture takes its place.
 */
const newParser = (isPlain = false) =>
  new Marked({
    gfm: true,
    async: false,
    breaks: isPlain,
    // A check box is written as a character, because `cleanHtml` removes form controls and the state of the box
    // must not be lost.
    renderer: { checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '), ...(isPlain && withoutPictures) },
    tokenizer: { ...countedTokenizer(), ...(isPlain && withoutHtml) },
  })

/** The rules of Markdown that find no HTML. */
const withoutHtml = { html: () => undefined, tag: () => undefined }

/** Writes the alternative text of a picture in its place. */
const withoutPictures = {
  image(this: Renderer, { tokens }: Tokens.Image) {
    return this.parser.parseInline(tokens)
  },
}

/**
 * Converts Markdown (GFM) to HTML. Raw HTML and all addresses are passed through unchecked, so the caller must
 * clean the result with `cleanHtml`. A document that is nested too deeply, has too many marks, or takes too much work
 * to parse, is refused.
 */
export const htmlOfMarkdown = (markdown: string): Result<string> =>
  bearable(markdown, () => newParser().parse(markdown) as string)

/**
 * Converts Markdown without HTML to HTML: what looks like a tag is shown as it was written, and each line end is a line break, as
 * people who write comments expect. The alternative text of a picture takes its place. The same documents are refused as by
 * `htmlOfMarkdown`, and the caller must clean the result.
 */
export const htmlOfPlainMarkdown = (markdown: string): Result<string> =>
  bearable(markdown, () => newParser(true).parse(markdown) as string)

/** Splits Markdown into its blocks. The same documents are refused as by `htmlOfMarkdown`. */
export const blocksOfMarkdown = (markdown: string): Result<TokensList> =>
  bearable(markdown, () => newParser().lexer(markdown))

function bearable<T>(markdown: string, parse: () => T): Result<T> {
  if (hasMore(markdown, marks, maxMarks))
    return refuse(`has more than ${maxMarks} marks of Markdown, lines with marks and blank lines; split it`)
  try {
    return success(parse())
  } catch (error) {
    if (error === tooMuch)
      return refuse(
        `costs too much to read; close or escape its *, _, ~ and backticks, begin each line of a quote with >, nest and continue lists less, give tables fewer columns, and part words of more than ${maxAddressCharacters} characters`,
      )
    if (error === tooDeep || error instanceof RangeError)
      return refuse('has quotes or lists nested too deeply; flatten them')
    throw error
  }
}

const refuse = (reason: string) =>
  failure({ kind: 'invalid-article', issues: [{ field: 'markdown', reason }] })
