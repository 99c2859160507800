import { env } from 'cloudflare:workers'
import { expect } from 'vitest'
import { formatNames } from '../../src/domain/format.ts'
import { hashOf } from '../../src/http/token.ts'
import { codeOf } from '../../src/share/code.ts'
import { fixedRoutes } from './public-routes.ts'
import { openSite, type TestSite, token } from './site.ts'

/** The instant at which the article `expire` expires and two embargoes end. */
export const due = Date.parse('2024-06-19T17:00:00Z')

/**
 * A site with an article that stays, an article that expires at `due`, and two articles whose embargo ends at
 * `due`; one of these two is the first article of its section and tag.
 */
export async function filled(): Promise<TestSite> {
  const site = await openSite({ API_TOKENS: `tests:admin:${await hashOf(token)}` })
  const monde = { section: 'Monde', tags: ['Été'], authors: ['Kim'] }
  await site.put('reste', { ...monde, published: '2024-06-19T08:00:00Z' })
  await site.put('expire', { ...monde, published: '2024-06-19T09:00:00Z', expires: rfc(due) })
  await site.put('arrive', { ...monde, published: rfc(due), embargo: rfc(due) })
  await site.put('premier', {
    ...{ section: 'Neuve', tags: ['Inédit'], authors: ['Lou'] },
    ...{ published: rfc(due), embargo: rfc(due) },
  })
  site.wait(2000)
  return site
}

const rfc = (instant: number): string => new Date(instant).toISOString()

const writes = ['INSERT', 'UPDATE', 'DELETE']

/** Makes the database refuse writes, as it does when a daily quota is used up. Returns a function that ends this. */
export async function refuseWrites(refused: readonly string[]): Promise<() => Promise<void>> {
  const run = (statements: string[]) => env.DB.batch(statements.map((sql) => env.DB.prepare(sql)))
  await run(
    refused.map((what, at) => {
      const [write, table] = what.split(' of ')
      return `CREATE TRIGGER refused_${at} BEFORE ${write} ON ${table} BEGIN SELECT raise(ABORT, 'read only'); END`
    }),
  )
  return async () => {
    await run(refused.map((_, at) => `DROP TRIGGER refused_${at}`))
  }
}

/** Each kind of write to each table, as `UPDATE of site`. */
export async function allWrites(): Promise<string[]> {
  const { results } = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_cf*' AND name NOT GLOB 'sqlite*' AND name <> 'd1_migrations'",
  ).all<{ name: string }>()
  expect(results.length).toBeGreaterThan(10)
  return results.flatMap(({ name }) => writes.map((write) => `${write} of ${name}`))
}

/** The paths of selections that readers know before `due`. */
export const selections = ['', '/sections/monde', '/tags/ete', '/authors/kim']
const unknownUntilDue = ['/sections/neuve', '/tags/inedit', '/authors/lou']
const feeds = (paths: readonly string[]) =>
  paths.flatMap((path) => formatNames.map((format) => `${path}/feed.${format}`))

/** The public addresses of an article. */
export const ofArticle = async (slug: string): Promise<string[]> => {
  const code = await codeOf(`tag:kiosque.example,2024:${slug}`)
  return [
    ...[
      `/articles/${slug}`,
      `/articles/${slug}/share`,
      `/articles/${slug}/share.json`,
      `/articles/${slug}/feed`,
      `/articles/${slug}/feed/`,
    ],
    ...[`/embed/${slug}`, `/e/${slug}.html`, `/s/${code}`, `/s/${code}.email`, `/qr/${code}.svg`],
    `/oembed?url=https%3A%2F%2Fkiosque.example%2Farticles%2F${slug}`,
    ...feeds([`/articles/${slug}`]),
  ]
}

/** Addresses whose answers show only the newest articles or one article: they must be complete. */
export const complete = async (): Promise<string[]> => [
  ...selections.flatMap((path) => [`${path}/feed`, `${path}/feed/`]),
  ...[...selections, ...unknownUntilDue].map((path) => path || '/'),
  ...feeds([...selections, ...unknownUntilDue]),
  ...['/feed.rss?section=monde&tag=ete', '/feed.json?section=neuve&tag=inedit', '/rss.xml'],
  ...(await Promise.all(['reste', 'expire', 'arrive', 'premier'].map(ofArticle))).flat(),
]

/** Addresses whose answers may lack the released articles until the release is saved. */
export const partial = [
  ...['/sections/monde/archive/2024/06/1/feed.rss', '/authors/kim/archive/2024/06/1/feed.rss'],
  ...['/archive/2024/06/1/feed.atom', '/tags/ete/archive/2024/06/1/feed.json', '/sitemap-news.xml'],
  '/tags/ete/archive/2024/06/1/feed.atom?section=monde',
  ...['/feed.rss?before=1718811900000.1', '/sections/monde/feed.json?after=1718700000000.1'],
  ...['/feeds', '/feeds?from=tags%2Fa', '/feeds.opml', '/feeds.opml?from=tags%2Fa'],
  ...['/sitemap.xml', '/sitemap-selections.xml', '/sitemap-2024-06-1.xml'],
]

/** All public addresses of the site, and those that no article has. */
export const all = async () => [...new Set([...(await complete()), ...partial, ...fixedRoutes])]
