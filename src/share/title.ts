/**
 * Normalizes a title for share links: one line, Unicode NFC, without bidirectional control characters, which
 * would reverse the text after them. Joiners inside emoji stay, and so do no-break spaces, except that a narrow
 * no-break space becomes an ordinary one, because X counts the narrow one twice. Applying the function twice
 * changes nothing.
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
