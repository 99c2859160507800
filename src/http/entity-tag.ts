/** The tags of a list, as they were sent. */
export const tagsIn = (field: string): readonly string[] => field.match(/(?:W\/)?"[^"]*"|[^\s,]+/g) ?? []

/**
 * The tag without what travels add to it: `W/`, a reader's lost quotes, and the `-gzip`, `;gzip` or `-br`
 * that compressing servers put before the closing quote.
 */
export function opaque(tag: string): string {
  return tag
    .replace(/^W\//i, '')
    .replace(/^"|"$/g, '')
    .replace(/[-;](?:gzip|br|zstd|deflate)$/i, '')
}
