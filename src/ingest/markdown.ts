import { Marked } from 'marked'
import { failure, type Result, success } from '../domain/problem.ts'

const marked = new Marked({
  gfm: true,
  async: false,
  // A check box is a form control, which `cleanHtml` takes away; whether a thing is done should stay.
  renderer: { checkbox: ({ checked }) => (checked ? '☑ ' : '☐ ') },
})

/**
 * Markdown (GFM) as HTML. Raw HTML and any address pass through it unchecked, so the caller hands the
 * result to `cleanHtml`, always. Quotes and lists nested beyond what the parser bears are refused.
 */
export function htmlOfMarkdown(markdown: string): Result<string> {
  try {
    return success(marked.parse(markdown) as string)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return failure({
      kind: 'invalid-article',
      issues: [{ field: 'markdown', reason: 'has quotes or lists nested too deeply; flatten them' }],
    })
  }
}
