/** One link of a Link header (RFC 8288). `href` is an absolute URL. */
export interface Link {
  rel: string
  href: string
  type?: string
}

/** The value of a Link header. `rel` stands first and quoted, because feed readers with simple patterns expect that. */
export function renderLinks(links: readonly Link[]): string {
  return links
    .map(({ rel, href, type }) => `<${href}>; rel="${rel}"${type ? `; type="${type}"` : ''}`)
    .join(', ')
}
