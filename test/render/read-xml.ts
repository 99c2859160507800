import { SaxesParser } from 'saxes'

/** An element as an independent parser read it; `name` is the namespace and the local name. */
export interface Node {
  name: string
  attributes: Record<string, string>
  children: Node[]
  text: string
}

/** The document's root element. Throws where the document is not well-formed with its namespaces. */
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

/** The children of that name. */
export const all = (node: Node | undefined, name: string): Node[] =>
  (node?.children ?? []).filter((child) => child.name === name)

/** The text of each child of that name. */
export const texts = (node: Node | undefined, name: string): string[] =>
  all(node, name).map(({ text }) => text)

export const atomName = (local: string): string => `{http://www.w3.org/2005/Atom}${local}`
export const dcName = (local: string): string => `{http://purl.org/dc/elements/1.1/}${local}`
export const rssName = (local: string): string => `{}${local}`
export const mediaName = (local: string): string => `{http://search.yahoo.com/mrss/}${local}`
export const contentName = '{http://purl.org/rss/1.0/modules/content/}encoded'
export const modifiedName = '{http://purl.org/dc/terms/}modified'
