import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { type Result, success } from '../../domain/problem.ts'
import { unreadable } from './entries.ts'

/**
 * An XML element: its name with its prefix, its attributes, its own text with references resolved, and its
 * children.
 */
export interface Xml {
  name: string
  attributes: Record<string, string>
  text: string
  children: Xml[]
}

/** The names under which the parsed XML contains text, CDATA sections and attributes. */
const textName = '#text'
const cdataName = '#cdata'
const attributesName = ':@'

type Node = { [name: string]: Node[] | string | Record<string, string> }

/** The parser expands no entities, so not even an entity that the document itself declares is expanded. */
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  cdataPropName: cdataName,
})

/** Parses a well-formed document into its root element. */
export function parseXml(text: string): Result<Xml> {
  const fault = faultIn(text)
  if (fault !== undefined) return unreadable(`Cannot read the XML: ${fault}`)
  try {
    const nodes = parser.parse(withoutMark(text)) as Node[]
    const root = nodes.map(elementOf).find((element) => element !== undefined)
    return root ? success(root) : unreadable('Cannot read the XML: it has no element')
  } catch (error) {
    return unreadable(`Cannot read the XML: ${(error as Error).message}`)
  }
}

/** The first error that makes a document not well-formed, and its position; undefined if there is none. */
export function faultIn(text: string): string | undefined {
  const found = XMLValidator.validate(withoutMark(text))
  if (found === true) return undefined
  const { msg, line, col } = found.err
  return `${msg} (line ${line ?? 1}, column ${col ?? 1})`
}

export const withoutMark = (text: string): string => text.replace(/^\uFEFF/, '').trimStart()

function elementOf(node: Node): Xml | undefined {
  const name = Object.keys(node).find((key) => key !== attributesName)
  if (name === undefined || name === textName || name === cdataName) return undefined
  const nodes = node[name] as Node[]
  return {
    name,
    attributes: decodedAll((node[attributesName] ?? {}) as Record<string, string>),
    text: nodes.map(textOf).join(''),
    children: nodes.map(elementOf).filter((child) => child !== undefined),
  }
}

function textOf(node: Node): string {
  if (textName in node) return decoded(String(node[textName]))
  if (!(cdataName in node)) return ''
  return (node[cdataName] as Node[]).map((part) => String(part[textName] ?? '')).join('')
}

const decodedAll = (attributes: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, decoded(value)]))

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/**
 * Replaces XML's five predefined entities and numeric references by their characters, in a single pass; other
 * references stay unchanged.
 */
const decoded = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return named[name] ?? whole
    const point = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole
  })

export const childrenOf = (element: Xml, name: string): Xml[] =>
  element.children.filter((child) => child.name === name)

/**
 * Returns the text of the first child with the name `name`, without white space around it; undefined if there
 * is no such child or if its text is empty.
 */
export const childText = (element: Xml, name: string): string | undefined =>
  element.children.find((child) => child.name === name)?.text.trim() || undefined
