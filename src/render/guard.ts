import { legalText } from '../domain/text.ts'

/**
 * The one place where the library `feed` is kept from text that it would break. It never sees a value: it
 * gets a token for each, writes the structure around the tokens, and `fill` puts the values in, escaped.
 * Since no value is in the document before that, nothing that an article says can be taken for a token.
 */
export interface Guard {
  /** A token for plain text, in an element or an attribute. */
  text: (plain: string) => string
  /** A token for HTML that stands as escaped text. */
  html: (html: string) => string
  /** A token for finished markup; to be given to `feed` as a copyright, whose element it replaces. */
  markup: (xml: string) => string
  /** The document with every value in its place. Throws when a value was given and not used. */
  fill: (document: string) => string
}

interface Value {
  kind: 'text' | 'html' | 'markup'
  value: string
}

/** A URL by WHATWG's rules, so that it passes where `feed` parses one, and it is spelt alike after that. */
const token = (place: number): string => `k:${place};`
const places = /<rights>k:(\d+);<\/rights>|( type="html")?><!\[CDATA\[k:(\d+);\]\]>|="k:(\d+);"|k:(\d+);/g

export function createGuard(): Guard {
  const values: Value[] = []
  const keep = (kind: Value['kind'], value: string): string => token(values.push({ kind, value }) - 1)
  return {
    text: (plain) => keep('text', plain),
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
    if (!given) throw new Error(`feed wrote a token that was never given: ${place}`)
    used.add(place)
    const { kind, value } = given
    if (attribute !== undefined) return `="${escapeAttribute(value)}"`
    if (cdata !== undefined) return `${typed && kind === 'html' ? typed : ''}>${escapeText(value)}`
    if (rights === undefined) return escapeText(value)
    return kind === 'markup' ? value : `<rights>${escapeText(value)}</rights>`
  })
  if (used.size !== values.length) throw new Error(`feed dropped ${values.length - used.size} values`)
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

/** Text as an element holds it; a bare carriage return would be read as a line feed (XML 1.0 §2.11). */
export const escapeText = (text: string): string => legalText(text).replace(/[&<>\r]/g, entityOf)

/** Text as a double-quoted attribute holds it, white space kept (XML 1.0 §3.3.3). */
export const escapeAttribute = (text: string): string => legalText(text).replace(/[&<>"\r\n\t]/g, entityOf)

/** An element; attributes without a value are left out. `content` is finished markup. */
export function element(
  name: string,
  attributes: Record<string, string | number | undefined>,
  content?: string,
): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeAttribute(String(value))}"`)
    .join('')
  return content === undefined ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`
}

/** Replaces the one place where `feed` writes a fixed piece of markup; throws when it is not there. */
export function rewrite(document: string, written: RegExp, wanted: string): string {
  if (!written.test(document)) throw new Error(`feed no longer writes ${written}`)
  return document.replace(written, () => wanted)
}
