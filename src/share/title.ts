/**
 * Normalizes a title for share links: one line, Unicode NFC, without bidirectional control characters, which
 * would reverse the text after them. Joiners inside emoji and no-break spaces are kept. A narrow no-break space
 * becomes an ordinary no-break space, because X counts a narrow one as two characters. Applying the function to
 * its own result changes nothing.
 */
export function cleanTitle(title: string): string {
  return title
    .toWellFormed()
    .replace(/\p{Bidi_Control}/gu, '')
    .replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
    .replaceAll('\u202f', '\u00a0')
    .replace(/ {2,}/g, ' ')
    .replace(/^ | $/g, '')
    .normalize('NFC')
}
