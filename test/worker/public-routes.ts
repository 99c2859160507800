import { app } from '../../src/app.ts'
import { formatNames } from '../../src/domain/format.ts'
import { codeOf } from '../../src/share/code.ts'
import { isOf } from '../routes.ts'
import { guessed } from './formats.ts'

/** The routes that readers request. */
export const publicRoutes = app.routes
  .filter(({ method, path }) => method === 'GET' && !path.startsWith('/api/'))
  .map(({ path }) => path)

/**
 * The routes without parameters, which are addresses that feed readers guess and addresses that depend on no article; and the
 * address of a static file, which depends on no article either.
 */
export const fixedRoutes = [...publicRoutes.filter((path) => !/[:*{]/.test(path)), '/media/programme.pdf']

/** The public routes that none of the addresses matches. */
export const routesWithout = (addresses: readonly string[]): string[] =>
  publicRoutes.filter((path) => !addresses.some((address) => isOf(path, address)))

/** The article `un`, with which each of the addresses exists. */
export const un = {
  id: 'tag:kiosque.example,2024:un',
  section: 'Monde',
  tags: ['Été'],
  authors: ['La rédaction'],
}
const selections = ['', '/sections/monde', '/tags/ete', '/authors/la-redaction']

/** Addresses that exist after the article `un` is saved on a site with the setting `COMMENTS`: at least one address of each public route. */
export const addresses: readonly string[] = [
  ...[...selections, '/articles/un'].flatMap((path) => [
    ...[path || '/', `${path}/feed`, `${path}/feed/`],
    ...formatNames.map((format) => `${path}/feed.${format}`),
  ]),
  ...selections.map((path) => `${path}/archive/2024/06/1/feed.rss`),
  ...formatNames.flatMap((format) => [`/feed/${format}`, `/feed/${format}/`, ...guessed[format]]),
  ...['/feeds', '/feeds.opml', '/robots.txt', '/sitemap.xml', '/sitemap-news.xml', '/sitemap-2024-06-1.xml'],
  ...[
    '/favicon.ico',
    '/card.png',
    '/apple-touch-icon.png',
    '/site.webmanifest',
    '/articles/un/share',
    '/articles/un/share.json',
  ],
  ...[`/s/${await codeOf(un.id)}`, `/qr/${await codeOf(un.id)}.svg`, '/e/v1.js', '/e/v1.css', '/e/un.html'],
  // The script of the element of comments, which a site without comments does not have.
  '/e/comments/v1.js',
  ...[
    '/embed/un',
    '/oembed?url=https%3A%2F%2Fkiosque.example%2Farticles%2Fun',
    '/hub',
    '/media/pont-couvert.jpg',
  ],
]
