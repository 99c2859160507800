import type { Element, Root } from 'hast'
import type { ArticleInput } from '../domain/input.ts'
import { countElements, excessOf, excessOfTags, inputLimits } from '../ingest/body-limits.ts'
import { parseHtmlFragment } from '../ingest/fragment.ts'
import { htmlOfMarkdown } from '../ingest/markdown.ts'

/** The largest number of elements that may be open at once; the save refuses a body with more. */
const maxOpenElements = 512

/** The body of an article as its source gives it, before it is cleaned. */
interface SourceBody {
  /** The body as HTML; Markdown is converted. */
  html: string
  tree: Root
}

/**
 * Parses the body of an article. Undefined if the article has no body in HTML or Markdown, or one that the save refuses because
 * of its size or depth.
 */
export function bodyOf(input: ArticleInput): SourceBody | undefined {
  const converted = input.markdown === undefined ? undefined : htmlOfMarkdown(input.markdown)
  const html = converted?.ok ? converted.value : input.html
  if (html === undefined || excessOf(html, inputLimits) !== undefined) return undefined
  if (excessOfTags(html, inputLimits) !== undefined) return undefined
  try {
    const options = { maxOpen: maxOpenElements, onElement: countElements(inputLimits) }
    return { html, tree: parseHtmlFragment(html, options) }
  } catch {
    return undefined
  }
}

/**
 * Returns the elements of a tree for which `isWanted` holds, in the order of the document. The elements inside of these are left
 * out.
 */
export function elementsIn(tree: Root | Element, isWanted: (element: Element) => boolean): Element[] {
  return tree.children.flatMap((node) => {
    if (node.type !== 'element') return []
    return isWanted(node) ? [node] : elementsIn(node, isWanted)
  })
}

/**
 * Returns an address in an attribute as people have written it. In Markdown that was converted, some of its characters are
 * escaped.
 */
export function writtenAddress(value: unknown, { markdown }: ArticleInput): string {
  const address = typeof value === 'string' ? value.trim() : ''
  if (markdown === undefined) return address
  try {
    return decodeURI(address)
  } catch {
    return address
  }
}
