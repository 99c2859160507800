import { env } from 'cloudflare:workers'

interface Migration {
  name: string
  queries: string[]
}

/**
 * The statements in the migrations that fill the tables of archives from stored articles. They run again after
 * a test has inserted articles by SQL.
 */
function fillings(): string[] {
  const { MIGRATIONS } = env as unknown as { MIGRATIONS: Migration[] }
  const archives = MIGRATIONS.find(({ name }) => name.startsWith('0003'))?.queries ?? []
  const from = archives.findIndex((query) => /INSERT INTO place/.test(query))
  return archives.slice(from).filter((query) => !/CREATE TRIGGER/.test(query))
}

/**
 * An SQL expression for the selections that show the article with number `n`: all articles, one of two
 * sections, one of ten tags, one author, and the article itself.
 */
const selections = `json_object('', '', 'sections/' || section, section, 'tags/t' || (n % 10), 'T' || (n % 10),
  'authors/kim', 'Kim', 'articles/a' || n, 'Article ' || n)`

/**
 * Inserts public articles by SQL. The articles are published one hour apart, and the last article is the
 * newest. The inserted rows equal the rows that saves through the API would write.
 */
export async function fillStore(count: number, first = Date.parse('2024-01-01T00:00:00Z')): Promise<void> {
  const rows = `WITH RECURSIVE numbered (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbered WHERE n < ${count}),
    made AS (SELECT n, ${first} + n * 3600000 AS published, iif(n % 2, 'monde', 'local') AS section FROM numbered)`
  await env.DB.batch(
    [
      `${rows} INSERT INTO article (number, id, slug, json, selections, published, appears, shown, was_shown, revision)
       SELECT n, 'urn:a:' || n, 'a' || n, json_object('slug', 'a' || n, 'id', 'urn:a:' || n, 'title', 'Article ' || n,
         'summary', '', 'html', '<p>' || n || '</p>', 'language', 'fr-CA',
         'published', strftime('%Y-%m-%dT%H:%M:%SZ', published / 1000, 'unixepoch'),
         'updated', strftime('%Y-%m-%dT%H:%M:%SZ', published / 1000, 'unixepoch'),
         'section', section, 'tags', json_array('T' || (n % 10)), 'authors', json_array(json_object('name', 'Kim')),
         'attachments', json_array(), 'rights', json_object('syndicate', 'full'), 'status', 'published'),
         ${selections}, published, published, 1, 1, 1000 + n FROM made`,
      `INSERT INTO selection (path, title, revision, revised) SELECT key, value, max(article.revision), 0
       FROM article, json_each(selections) WHERE true GROUP BY key ON CONFLICT (path) DO UPDATE SET revision = excluded.revision`,
      `INSERT INTO membership (selection, published, article)
       SELECT key, published, number FROM article, json_each(selections) WHERE shown = 1`,
      ...fillings(),
      'UPDATE site SET revision = (SELECT max(revision) FROM article)',
    ].map((sql) => env.DB.prepare(sql)),
  )
}
