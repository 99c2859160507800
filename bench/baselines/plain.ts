import { Feed } from 'feed'
import { Hono } from 'hono'
import { etag } from 'hono/etag'

interface Row {
  slug: string
  title: string
  summary: string
  html: string
  author: string
  section: string
  tags: string
  published_at: string
}

/**
 * The plain Worker, with which Kiosque is compared. It reads the newest rows from D1 and renders a feed for
 * every request, as a first version with the libraries hono and feed would.
 */
const app = new Hono<{ Bindings: { DB: D1Database } }>()

app.use('/etag/*', etag())

app.on('GET', ['/feed.rss', '/etag/feed.rss'], async ({ env, body }) => {
  const { results } = await env.DB.prepare(
    'SELECT * FROM articles ORDER BY published_at DESC LIMIT 20',
  ).all<Row>()
  const feed = new Feed({
    title: 'Kiosque',
    description: 'Les articles de la rédaction',
    id: 'https://kiosque.example/',
    link: 'https://kiosque.example/',
    language: 'fr-CA',
    copyright: '',
    updated: new Date(results[0]?.published_at ?? 0),
  })
  for (const row of results) {
    feed.addItem({
      title: row.title,
      id: row.slug,
      link: `https://kiosque.example/articles/${row.slug}`,
      description: row.summary,
      content: row.html,
      author: [{ name: row.author }],
      date: new Date(row.published_at),
      category: [row.section, ...(JSON.parse(row.tags) as string[])].map((name) => ({ name })),
    })
  }
  return body(feed.rss2(), 200, { 'Content-Type': 'application/rss+xml; charset=utf-8' })
})

export default app
