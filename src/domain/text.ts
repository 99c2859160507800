/** All characters that an XML 1.0 document cannot contain (§2.2), except lone surrogates. */
const illegal = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

/** Removes control characters that no feed can contain, and replaces lone surrogates with U+FFFD. */
export const legalText = (text: string): string => text.toWellFormed().replace(illegal, '')

/**
 * Makes one line of plain text: removes illegal characters and reduces ordinary white space to single spaces;
 * no-break spaces stay.
 */
export const lineOf = (text: string): string =>
  legalText(text)
    .replace(/[\t\n\r ]+/g, ' ')
    .replace(/^ | $/g, '')

/**
 * Shortens a text to at most `maxLength` characters. A longer text is cut at an ordinary space, so words joined
 * by a no-break space stay together, and ends with `…`.
 */
export function shortened(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text
  const start = text.slice(0, maxLength - 1)
  const cut = Math.max(text.lastIndexOf(' ', maxLength - 1), text.lastIndexOf('\t', maxLength - 1))
  const whole = cut > 0 ? text.slice(0, cut) : start.replace(/[\uD800-\uDBFF]$/, '')
  return `${whole.replace(/[\s,;:(«“–—-]+$/, '')}…`
}
