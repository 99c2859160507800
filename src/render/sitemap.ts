import { rfc3339 } from '../domain/instant.ts'
import { address, type Site } from '../domain/site.ts'
import type { NewsEntry, SitemapEntry, SitemapPart } from '../domain/sitemap.ts'
import { escapeText } from './guard.ts'

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
const namespace = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

/** Renders the index that lists all sitemaps (sitemaps.org protocol 0.9). */
export function renderSitemapIndex(site: Site, parts: readonly SitemapPart[]): string {
  const sitemaps = parts.map(({ name, revised }) => {
    const changed = revised === undefined ? '' : `<lastmod>${rfc3339(revised)}</lastmod>`
    return `<sitemap>${loc(site, `sitemap-${name}.xml`)}${changed}</sitemap>`
  })
  return `${declaration}<sitemapindex ${namespace}>\n${sitemaps.join('\n')}\n</sitemapindex>\n`
}

/**
 * Renders one sitemap. The protocol requires at least one address, so a sitemap without entries has the address
 * of the home page.
 */
export function renderSitemap(site: Site, entries: readonly SitemapEntry[]): string {
  const urls = (entries.length > 0 ? entries : [{ path: '' }]).map(({ path, updated }) => {
    const changed = updated === undefined ? '' : `<lastmod>${escapeText(updated)}</lastmod>`
    return `<url>${loc(site, path)}${changed}</url>`
  })
  return `${declaration}<urlset ${namespace}>\n${urls.join('\n')}\n</urlset>\n`
}

/** Renders the sitemap of the newest articles for Google News. This sitemap may be empty. */
export function renderNewsSitemap(site: Site, entries: readonly NewsEntry[]): string {
  const urls = entries.map(({ path, title, language, published }) => {
    const publication = `<news:name>${escapeText(site.title)}</news:name><news:language>${newsLanguage(language)}</news:language>`
    const news = [
      `<news:publication>${publication}</news:publication>`,
      `<news:publication_date>${escapeText(published)}</news:publication_date>`,
      `<news:title>${escapeText(title)}</news:title>`,
    ]
    return `<url>${loc(site, path)}<news:news>${news.join('')}</news:news></url>`
  })
  const news = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
  return `${declaration}<urlset ${namespace} ${news}>\n${urls.join('\n')}\n</urlset>\n`
}

const loc = (site: Site, path: string): string => `<loc>${escapeText(address(site, path))}</loc>`

/** The language code that Google News requires: ISO 639 without a region, except that Chinese is `zh-cn` or `zh-tw`. */
function newsLanguage(language: string): string {
  const { language: primary, script } = new Intl.Locale(language).maximize()
  if (primary !== 'zh') return primary
  return script === 'Hant' ? 'zh-tw' : 'zh-cn'
}
