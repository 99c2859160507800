import { address, type Site } from '../domain/site.ts'

/**
 * Renders robots.txt (RFC 9309), which forbids robots to visit the API and the hub. Short links are allowed, because the
 * robots that make link previews must follow them. The news sitemap is named only if it holds an article, because search
 * engines report an empty sitemap as an error.
 */
export function renderRobots(site: Site, hasNews: boolean): string {
  const sitemaps = ['sitemap.xml', ...(hasNews ? ['sitemap-news.xml'] : [])]
  const lines = [
    'User-agent: *',
    'Disallow: /api/',
    'Disallow: /hub',
    '',
    ...sitemaps.map((path) => `Sitemap: ${address(site, path)}`),
  ]
  return `${lines.join('\n')}\n`
}
