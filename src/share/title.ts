/**
 * A title fit for a share link: one line, NFC, and no bidi control that would turn round the text after it.
 * No-break spaces stay, and so do the joiners inside an emoji. Idempotent.
 */
export function cleanTitle(title: string): string {
  return title
    .toWellFormed()
    .replace(/\p{Bidi_Control}/gu, '')
    .replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .replace(/^ | $/g, '')
    .normalize('NFC')
}
