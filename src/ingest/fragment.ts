import type { Root } from 'hast'
import { fromParse5 } from 'hast-util-from-parse5'
import { defaultTreeAdapter, parseFragment } from 'parse5'

/** The error thrown if the parser has more open elements than `maxOpen` allows. */
export const tooManyOpen = new Error('more open elements than the parser may have')

interface ParseOptions {
  /**
   * The largest number of elements that may be open at once. The parser searches them at many tags, which would take
   * quadratic time if there were very many.
   */
  maxOpen?: number
  /** Called before each element is made. It may throw, which ends the parsing. */
  onElement?: OnElement
}

/**
 * Gets the name and the attributes of an element that the parser makes. An element that is not closed can be made
 * again in each paragraph (HTML §13.2.4.3, the list of active formatting elements).
 */
export type OnElement = (tagName: string, attributes: readonly { name: string; value: string }[]) => void

/**
 * Parses a part of an HTML document as a browser that runs no scripts does. The tree has no positions, because they
 * would take several times as long as the parser itself. Throws `tooManyOpen` if more than `maxOpen` elements are
 * open at once.
 */
export function parseHtmlFragment(html: string, options: ParseOptions = {}): Root {
  const { maxOpen = Number.POSITIVE_INFINITY, onElement } = options
  let open = 0
  const treeAdapter: typeof defaultTreeAdapter = {
    ...defaultTreeAdapter,
    createElement(tagName, namespace, attributes) {
      onElement?.(tagName, attributes)
      return defaultTreeAdapter.createElement(tagName, namespace, attributes)
    },
    onItemPush() {
      open += 1
      if (open > maxOpen) throw tooManyOpen
    },
    onItemPop() {
      open -= 1
    },
  }
  return fromParse5(parseFragment(html, { treeAdapter, scriptingEnabled: false })) as Root
}
