import { parseXml, type Xml } from './xml.ts'

/**
 * What a stream of XML contains: the start of the root element, each element that was asked for, with the name of the element in which
 * it is, and the end of each other element.
 */
export type XmlPart =
  | { kind: 'root'; element: Xml }
  | { kind: 'element'; parent: string; element: Xml }
  | { kind: 'end'; name: string }

/** The largest number of characters of one element that is asked for, and of one tag. */
const maxElementCharacters = 4_000_000

/** The deepest nesting of elements. */
const maxNestedElements = 100

const early = 'it ends early, as a file does of which the download was interrupted'

/**
 * Reads XML of any size piece by piece, and yields the elements that `isWanted` chooses by their own names and those of their parents, as
 * soon as each one ends. The memory depends on the largest of them only. No entity is expanded, also none that the document declares.
 * Throws an error with a sentence if the XML is not well-formed, if it ends early, or if an element is too large.
 */
export async function* xmlPartsOf(
  texts: AsyncIterable<string> | Iterable<string>,
  isWanted: (name: string, parent: string) => boolean,
): AsyncGenerator<XmlPart> {
  const reader = new XmlReader(isWanted)
  for await (const text of texts) yield* reader.read(text)
  reader.end()
}

const unreadable = (reason: string): Error => new Error(`Cannot read the XML: ${reason}`)

class XmlReader {
  readonly #isWanted: (name: string, parent: string) => boolean
  readonly #open: string[] = []
  #text = ''
  #at = 0
  /** Where the search for the end of what begins at `#at` goes on. */
  #from = 0
  /** The start of the wanted element that is being read, and the number of the elements in which it is. */
  #start = -1
  #startDepth = 0
  #hasRoot = false

  constructor(isWanted: (name: string, parent: string) => boolean) {
    this.#isWanted = isWanted
  }

  *read(text: string): Generator<XmlPart> {
    this.#text += text
    for (;;) {
      const begin = this.#text.indexOf('<', this.#at)
      if (begin === -1) {
        this.#at = this.#text.length
        break
      }
      if (begin !== this.#at) this.#from = begin
      this.#at = begin
      const end = this.#endOf(begin)
      if (end === -1) break
      const part = this.#take(begin, end)
      this.#at = end
      this.#from = end
      if (part) yield part
    }
    this.#forget()
  }

  end(): void {
    if (!this.#hasRoot) throw unreadable('it has no element')
    if (this.#open.length > 0 || this.#at < this.#text.length) throw unreadable(early)
  }

  /** Drops the text that was read. */
  #forget(): void {
    const keptFrom = this.#start === -1 ? this.#at : this.#start
    if (this.#text.length - keptFrom > maxElementCharacters)
      throw unreadable(`an element has more than ${maxElementCharacters} characters`)
    this.#text = this.#text.slice(keptFrom)
    this.#at -= keptFrom
    this.#from = Math.max(this.#from - keptFrom, 0)
    if (this.#start !== -1) this.#start = 0
  }

  /** The end of the tag, comment, CDATA section or declaration that begins at `begin`; -1 if it has not been read yet. */
  #endOf(begin: number): number {
    const text = this.#text
    for (const [start, end] of sections) {
      if (text.startsWith(start, begin)) return this.#after(end, begin + start.length)
      // The text may end within the first signs.
      if (text.length - begin < start.length && start.startsWith(text.slice(begin))) return -1
    }
    const isType = text.startsWith('<!', begin)
    let isSubset = false
    for (let at = begin + 1; at < text.length; at++) {
      const sign = text[at]
      if (sign === '"' || sign === "'") {
        at = text.indexOf(sign, at + 1)
        if (at === -1) return -1
      } else if (isType && sign === '[') isSubset = true
      else if (isType && sign === ']') isSubset = false
      else if (sign === '>' && !isSubset) return at + 1
    }
    return -1
  }

  /** The place after the next `end`. What was searched before is not searched again when more text has come. */
  #after(end: string, from: number): number {
    const found = this.#text.indexOf(end, Math.max(from, this.#from))
    this.#from = Math.max(from, this.#text.length - end.length)
    return found === -1 ? -1 : found + end.length
  }

  #take(begin: number, end: number): XmlPart | undefined {
    const second = this.#text[begin + 1]
    if (second === '!' || second === '?') return undefined
    const tag = this.#text.slice(begin, end)
    const name = /^<\/?([^\s/<>"'=]+)/.exec(tag)?.[1]
    if (name === undefined) throw unreadable(`"${tag.slice(0, 40)}" is no tag`)
    if (second === '/') return this.#close(name, end)
    const parent = this.#open.at(-1) ?? ''
    if (this.#open.length === 0) {
      if (this.#hasRoot) throw unreadable('it has several roots')
      this.#hasRoot = true
      if (!tag.endsWith('/>')) this.#open.push(name)
      return { kind: 'root', element: elementIn(tag.endsWith('/>') ? tag : `${tag.slice(0, -1)}/>`) }
    }
    const isFound = this.#start === -1 && this.#isWanted(name, parent)
    if (tag.endsWith('/>')) return isFound ? { kind: 'element', parent, element: elementIn(tag) } : undefined
    if (isFound) {
      this.#start = begin
      this.#startDepth = this.#open.length
    }
    if (this.#open.length === maxNestedElements)
      throw unreadable(`it has more than ${maxNestedElements} elements in each other`)
    this.#open.push(name)
    return undefined
  }

  #close(name: string, end: number): XmlPart | undefined {
    const opened = this.#open.pop()
    if (opened !== name)
      throw unreadable(`</${name}> ends ${opened === undefined ? 'nothing' : `<${opened}>`}`)
    if (this.#start === -1) return { kind: 'end', name }
    if (this.#open.length !== this.#startDepth) return undefined
    const element = elementIn(this.#text.slice(this.#start, end))
    this.#start = -1
    return { kind: 'element', parent: this.#open.at(-1) ?? '', element }
  }
}

/** How what is no tag begins and ends. */
const sections = [
  ['<![CDATA[', ']]>'],
  ['<!--', '-->'],
  ['<?', '?>'],
] as const

function elementIn(xml: string): Xml {
  const read = parseXml(xml)
  if (read.ok) return read.value
  throw new Error(read.problem.kind === 'unreadable' ? read.problem.reason : 'Cannot read the XML')
}
