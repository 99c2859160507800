import type { Root } from 'hast'
import { fromParse5 } from 'hast-util-from-parse5'
import { defaultTreeAdapter, parseFragment } from 'parse5'

/** The error thrown if the parser has more open elements than `maxOpen` allows. */
export const tooManyOpen = new Error('more open elements than the parser may have')

/**
 * Parses a part of an HTML document as a browser that runs no scripts does. The tree has no positions, because they
 * would take several times as long as the parser itself. Throws `tooManyOpen` if more than `maxOpen` elements are
 * open at once: the parser searches its open elements at many tags, which would take quadratic time.
 */
export function parseHtmlFragment(html: string, maxOpen = Number.POSITIVE_INFINITY): Root {
  let open = 0
  const treeAdapter = {
    ...defaultTreeAdapter,
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
