/** One link of a Link header (RFC 8288). `href` is an absolute URL. */
export interface Link {
  rel: string
  href: string
  type?: string
}

/**
 * The value of a Link header. In each link `rel` is the first parameter and is quoted, because feed readers
 * that search the header with simple patterns expect this form.
 */
export function renderLinks(links: readonly Link[]): string {
  return links
    .map(({ rel, href, type }) => `<${href}>; rel="${rel}"${type ? `; type="${type}"` : ''}`)
    .join(', ')
}
