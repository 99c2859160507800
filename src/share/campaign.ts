import type { Medium } from './network.ts'

/**
 * Adds campaign parameters for web analytics to the query of a URL. A parameter that the URL has already is not
 * added again, and the rest of the URL stays unchanged.
 */
export function withCampaign(url: string, source: string, medium: Medium): string {
  const [, address = '', query, fragment = ''] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/s.exec(url) ?? []
  const present = new URLSearchParams(query)
  const tags = { utm_source: source, utm_medium: medium, utm_campaign: 'share' }
  const added = Object.entries(tags)
    .filter(([name]) => !present.has(name))
    .map(([name, value]) => `${name}=${value}`)
  const search = [...(query ? [query] : []), ...added].join('&')
  return `${address}${search && `?${search}`}${fragment}`
}
