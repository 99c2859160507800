/** The entity-tags of a list, as they were sent. */
export const tagsIn = (field: string): readonly string[] => field.match(/(?:W\/)?"[^"]*"|[^\s,]+/g) ?? []

/**
 * The entity-tag without `W/`, without quotes, which some readers lose, and without the suffix `-gzip`, `;gzip`
 * or `-br` that compressing servers put before the closing quote.
 */
export function opaque(tag: string): string {
  return tag
    .replace(/^W\//i, '')
    .replace(/^"|"$/g, '')
    .replace(/[-;](?:gzip|br|zstd|deflate)$/i, '')
}
