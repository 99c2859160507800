import { legalText } from '../domain/text.ts'

/**
 * Protects values from the library `feed`, which escapes some texts wrongly. Instead of each value, the library
 * gets a token, and it writes the document's structure around the tokens. Then `fill` replaces each token with
 * its escaped value. Until then the document contains no value, so no text of an article can be mistaken for a
 * token.
 */
export interface Guard {
  /** Returns a token for plain text that is the content of an element. */
  text: (plain: string) => string
  /** Returns a token for an address, an id or a number that is the content of an element or the value of an attribute. */
  address: (plain: string) => string
  /** Returns a token for HTML that the document contains as escaped text. */
  html: (html: string) => string
  /**
   * Returns a token for finished markup. The caller must pass the token to `feed` as a copyright; the markup
   * then replaces the whole `<rights>` element.
   */
  markup: (xml: string) => string
  /** Replaces every token in the document with its value. Throws if the document lacks the token of any value. */
  fill: (document: string) => string
}

interface Value {
  kind: 'text' | 'address' | 'html' | 'markup'
  value: string
}

/**
 * Returns a token. A token is a valid URL in normal form, so `feed` does not change the spelling of a token
 * that `feed` parses as a URL.
 */
const token = (place: number): string => `k:${place};`
const places = /<rights>k:(\d+);<\/rights>|( type="html")?><!\[CDATA\[k:(\d+);\]\]>|="k:(\d+);"|k:(\d+);/g

export function createGuard(): Guard {
  const values: Value[] = []
  const keep = (kind: Value['kind'], value: string): string => token(values.push({ kind, value }) - 1)
  return {
    text: (plain) => keep('text', plain),
    address: (plain) => keep('address', plain),
    html: (html) => keep('html', html),
    markup: (xml) => keep('markup', xml),
    fill: (document) => fill(document, values),
  }
}

function fill(document: string, values: readonly Value[]): string {
  const used = new Set<number>()
  const filled = document.replace(places, (_, rights, typed, cdata, attribute, bare) => {
    const place = Number(rights ?? cdata ?? attribute ?? bare)
    const given = values[place]
    if (!given) throw new Error(`The library feed wrote an unknown token: ${place}`)
    used.add(place)
    const { kind, value } = given
    if (attribute !== undefined) return `="${escapeAttribute(value)}"`
    const content = kind === 'text' ? escapePlain(value) : escapeText(value)
    if (cdata !== undefined) return `${typed && kind === 'html' ? typed : ''}>${content}`
    if (rights === undefined) return content
    return kind === 'markup' ? value : `<rights>${content}</rights>`
  })
  if (used.size !== values.length)
    throw new Error(`The library feed left out ${values.length - used.size} values`)
  return filled
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
}
const entityOf = (character: string): string => entities[character] as string

/**
 * Escapes HTML, an address or an id that becomes the content of an element. A carriage return is written as `&#13;`, because
 * XML parsers read an unescaped carriage return as a line feed (XML 1.0 §2.11). Bodies are long, and four replacements of
 * fixed texts take less than half the time of one replacement by a function.
 */
export const escapeText = (text: string): string =>
  legalText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;')

/**
 * Escapes plain text that becomes the content of an element, with hexadecimal references. They tell a feed reader that the
 * element contains text and not HTML (RSS profile, character data). All references of a text are numeric, because Ruby's
 * REXML decodes a text twice that also has a named one (docs/decisions/033).
 */
export const escapePlain = (text: string): string => hexadecimal(escapeText(text))

const references: Record<string, string> = {
  '&amp;': '&#x26;',
  '&lt;': '&#x3C;',
  '&gt;': '&#x3E;',
  '&quot;': '&#x22;',
}

/** Writes the named references in escaped text as hexadecimal references. */
const hexadecimal = (escaped: string): string =>
  escaped.replace(/&[a-z]+;/g, (named) => references[named] as string)

/**
 * Escapes an address, an id or a number that becomes the value of a double-quoted attribute. Line ends and tabs are escaped
 * too, because XML parsers read them as spaces otherwise (XML 1.0 §3.3.3).
 */
export const escapeAttribute = (text: string): string => legalText(text).replace(/[&<>"\r\n\t]/g, entityOf)

/** The attributes of Atom and OPML whose value is plain text. */
const plainAttributes: ReadonlySet<string> = new Set(['label', 'term', 'text', 'title'])

/**
 * Writes an element. An attribute whose value is undefined is left out. `content` must be finished markup. Attributes with
 * plain text are spelled like elements with plain text (`escapePlain`).
 */
export function element(
  name: string,
  attributes: Record<string, string | number | undefined>,
  content?: string,
): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => {
      const escaped = escapeAttribute(String(value))
      return ` ${key}="${plainAttributes.has(key) ? hexadecimal(escaped) : escaped}"`
    })
    .join('')
  return content === undefined ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`
}

/** Replaces markup that the library `feed` always writes. Throws if the document does not contain this markup. */
export function rewrite(document: string, written: RegExp, wanted: string): string {
  if (!written.test(document)) throw new Error(`The library feed no longer writes ${written}`)
  return document.replace(written, () => wanted)
}
