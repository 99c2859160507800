import { endsSentence } from '../../ingest/furniture.ts'
import type { Element, Line } from './page-dom.ts'

/** The length from which a line counts as a paragraph, with a full stop at its end. */
export const minProseCharacters = 80

/** Tells whether a line is a long sentence that is not mostly links. */
export const isProse = ({ text, nodes }: Line): boolean =>
  text.length >= minProseCharacters && endsSentence(text) && linkedCharacters(nodes) * 2 < text.length

/** Tells whether a line is nothing but links, perhaps with a short word beside them. */
export const isLinkOnly = ({ text, nodes }: Pick<Line, 'text' | 'nodes'>): boolean =>
  linkedCharacters(nodes) >= text.length * minShareOfCharacters

const minShareOfCharacters = 0.8

/** Returns how many characters of the text of nodes are the text of links. */
export function linkedCharacters(nodes: Line['nodes']): number {
  const texts = linksIn(nodes).map((link) => link.textContent.replace(/\s+/g, ' ').trim())
  return texts.reduce((sum, text) => sum + text.length, 0)
}

/** Returns the links among nodes and in them. */
export const linksIn = (nodes: Line['nodes']): Element[] =>
  nodes
    .filter((node) => node.nodeType === 1)
    .flatMap((node) =>
      (node as Element).localName === 'a' ? [node as Element] : [...(node as Element).querySelectorAll('a')],
    )
