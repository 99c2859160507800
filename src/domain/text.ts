/** Everything that an XML 1.0 document cannot hold (§2.2), lone surrogates aside. */
const illegal = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

/** The text without what no feed can carry: control characters go, lone surrogates become U+FFFD. */
export const legalText = (text: string): string => text.toWellFormed().replace(illegal, '')

/** One line of plain text: legal, ordinary white space folded; no-break spaces stay. */
export const lineOf = (text: string): string =>
  legalText(text)
    .replace(/[\t\n\r ]+/g, ' ')
    .replace(/^ | $/g, '')

/** At most so many characters, cut at an ordinary space so that a no-break space holds, and then ended by `…`. */
export function shortened(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text
  const start = text.slice(0, maxLength - 1)
  const cut = Math.max(text.lastIndexOf(' ', maxLength - 1), text.lastIndexOf('\t', maxLength - 1))
  const whole = cut > 0 ? text.slice(0, cut) : start.replace(/[\uD800-\uDBFF]$/, '')
  return `${whole.replace(/[\s,;:(«“–—-]+$/, '')}…`
}
