/**
 * A title fit for a share link: one line, NFC, and no bidi control that would turn round the text after it.
 * The joiners inside an emoji stay, and so do no-break spaces; a narrow one becomes an ordinary one, which X
 * counts once and not twice. Idempotent.
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
