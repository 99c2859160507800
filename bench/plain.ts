import { articleAt } from './articles.ts'
import { build } from './build.ts'
import { type Running, run } from './worker.ts'

const schema = [
  `CREATE TABLE articles (id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE, title TEXT NOT NULL, summary TEXT NOT NULL,
     html TEXT NOT NULL, author TEXT NOT NULL, section TEXT NOT NULL, tags TEXT NOT NULL, published_at TEXT NOT NULL)`,
  'CREATE INDEX articles_published_at ON articles (published_at)',
]

const columns = ['slug', 'title', 'summary', 'html', 'author', 'section', 'tags', 'published_at']

/** Runs the plain Hono Worker, with its own table of the bench's newest articles. */
export async function runPlain(articles: number): Promise<Running> {
  const running = await run(await build('bench/baselines/plain.ts'))
  const database = await running.database()
  await database.batch(schema.map((sql) => database.prepare(sql)))
  const insert = database.prepare(
    `INSERT INTO articles (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  )
  for (let age = articles - 1; age >= 0; age -= 100) {
    const ages = Array.from({ length: Math.min(100, age + 1) }, (_, at) => age - at)
    await database.batch(ages.map((one) => insert.bind(...rowAt(one))))
  }
  return running
}

function rowAt(age: number): string[] {
  const { slug, title, summary, html, authors, section = '', tags, published } = articleAt(age)
  return [slug, title, summary, html, authors[0]?.name ?? '', section, JSON.stringify(tags), published]
}
