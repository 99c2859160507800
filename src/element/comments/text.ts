/** A part of the text of a comment: text, or an HTML element with its parts. */
export type Part = string | { name: Name; href?: string; parts: Part[] }

const names = ['p', 'em', 'strong', 'blockquote', 'code', 'pre', 'br', 'a'] as const
type Name = (typeof names)[number]

const characters: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
}

/**
 * Reads the HTML of a comment, which the server has cleaned, and returns its parts. Whatever a comment cannot have is left out here
 * again: no other element, no attribute but the web address of a link. Linear in the length of the text.
 */
export function partsOf(html: string): Part[] {
  const top: Part[] = []
  const open: { name: string; parts: Part[] }[] = [{ name: '', parts: top }]
  for (const [, end, tag = '', attributes = '', text] of html.matchAll(
    /<(\/?)([a-z]+)([^<>]*)>|([^<]+|<)/g,
  )) {
    const { name: inside, parts } = open[open.length - 1] as (typeof open)[number]
    if (text !== undefined) {
      parts.push(plain(text))
      continue
    }
    const name = names.find((one) => one === tag)
    if (name === undefined) continue
    if (end) {
      if (inside === name) open.pop()
      continue
    }
    const href = plain(/\bhref="([^"]*)"/.exec(attributes)?.[1] ?? '')
    const part = { name, ...(/^https?:\/\//i.test(href) && { href }), parts: [] }
    parts.push(part)
    if (name !== 'br') open.push(part)
  }
  return top
}

const plain = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,4}));/gi, (whole, decimal, hexadecimal, name) => {
    if (name) return characters[name.toLowerCase()] ?? whole
    const code = decimal ? Number(decimal) : Number.parseInt(hexadecimal, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
