import { SaxesParser } from 'saxes'

/**
 * An XML element as a parser that is independent of this project reads the element. `name` is the namespace in
 * braces, followed by the local name.
 */
export interface Node {
  name: string
  attributes: Record<string, string>
  children: Node[]
  text: string
}

/**
 * Parses an XML document and returns its root element. Throws if the document is not well-formed or uses an
 * undeclared namespace prefix.
 */
export function readXml(document: string): Node {
  const root: Node = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', (fault) => {
    throw fault
  })
  parser.on('opentag', ({ uri, local, attributes }) => {
    const node: Node = { name: `{${uri}}${local}`, attributes: {}, children: [], text: '' }
    for (const [name, { value }] of Object.entries(attributes)) node.attributes[name] = value
    open.at(-1)?.children.push(node)
    open.push(node)
  })
  const add = (text: string) => {
    const node = open.at(-1)
    if (node) node.text += text
  }
  parser.on('text', add)
  parser.on('cdata', add)
  parser.on('closetag', () => {
    open.pop()
  })
  parser.write(document).close()
  const [element] = root.children
  if (!element) throw new Error('no root element')
  return element
}

/** Matches the characters that XML 1.0 §2.2 forbids or discourages; lone surrogates are no text at all. */
export const discouraged = /[^\P{Control}\t\n\r]|\p{Noncharacter_Code_Point}/u

/** The child elements of a node that have the given name. */
export const all = (node: Node | undefined, name: string): Node[] =>
  (node?.children ?? []).filter((child) => child.name === name)

/** The texts of the child elements that have the given name, one text for each element. */
export const texts = (node: Node | undefined, name: string): string[] =>
  all(node, name).map(({ text }) => text)

export const atomName = (local: string): string => `{http://www.w3.org/2005/Atom}${local}`
export const dcName = (local: string): string => `{http://purl.org/dc/elements/1.1/}${local}`
export const rssName = (local: string): string => `{}${local}`
export const mediaName = (local: string): string => `{http://search.yahoo.com/mrss/}${local}`
export const contentName = '{http://purl.org/rss/1.0/modules/content/}encoded'
export const modifiedName = '{http://purl.org/dc/terms/}modified'
export const threadName = (local: string): string => `{http://purl.org/syndication/thread/1.0}${local}`
