/** A part of the text of a comment: text, or an HTML element with its parts. */
export type Part = string | { name: Name; href?: string; parts: Part[] }

const names = ['p', 'em', 'strong', 'blockquote', 'code', 'pre', 'br', 'a'] as const
type Name = (typeof names)[number]

/** The characters that the server writes as references with a name. */
const characters: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' }

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
  text.replace(/&(?:#x([\da-f]{1,5})|([a-z]{2,4}));/gi, (whole, code, name) =>
    code ? String.fromCodePoint(Number.parseInt(code, 16)) : (characters[name] ?? whole),
  )
