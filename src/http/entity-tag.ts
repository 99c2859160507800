/** The entity-tags that a header lists, exactly as the client sent them. */
export const tagsIn = (field: string): readonly string[] => field.match(/(?:W\/)?"[^"]*"|[^\s,]+/g) ?? []

/**
 * The opaque part of an entity-tag, without `W/`, quotes and suffix. Quotes are removed because some feed
 * readers lose them. The suffixes `-gzip`, `;gzip`, `-br` and the like are removed because compressing servers
 * add them before the closing quote.
 */
export function opaque(tag: string): string {
  return tag
    .replace(/^W\//i, '')
    .replace(/^"|"$/g, '')
    .replace(/[-;](?:gzip|br|zstd|deflate)$/i, '')
}
