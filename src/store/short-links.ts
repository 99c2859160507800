import type { Log, Named, ShortLinks } from '../domain/ports.ts'
import { soundArticle } from '../domain/sound.ts'

/** How many articles get their codes written down in one go, and how often that is done for one request. */
const chunk = 500
const mostChunks = 20

interface Row {
  slug: string
  json: string
  was_shown: number
}

/**
 * Short links on D1, whose SQL has no hash: the codes of articles that have none yet are written down when a code
 * is asked for that is not found. A save need not know of them, and a migrated or restored store fills itself.
 */
export function shortLinks(
  database: D1Database,
  codeOf: (id: string) => Promise<string>,
  log: Log,
): ShortLinks {
  const read = async (code: string): Promise<Named[]> => {
    const { results } = await database
      .prepare('SELECT slug, json, was_shown FROM article WHERE code = ?1')
      .bind(code)
      .all<Row>()
    return results.flatMap(({ slug, json, was_shown }) => {
      const article = soundArticle(json)
      if (!article) log('unsound-article', { slug })
      return article ? [{ article, wasShown: was_shown === 1 }] : []
    })
  }

  /** Whether there was anything to write down. */
  const fill = async (): Promise<boolean> => {
    const { results } = await database
      .prepare('SELECT number, id FROM article WHERE code IS NULL LIMIT ?1')
      .bind(chunk)
      .all<{ number: number; id: string }>()
    if (results.length === 0) return false
    const codes = await Promise.all(
      results.map(async ({ number, id }) => ({ number, code: await codeOf(id) })),
    )
    await database
      .prepare(
        `UPDATE article SET code = given.value ->> 'code' FROM json_each(?1) AS given
         WHERE article.number = given.value ->> 'number'`,
      )
      .bind(JSON.stringify(codes))
      .run()
    return true
  }

  return {
    async find(code): Promise<Named[]> {
      let found = await read(code)
      for (let turn = 0; found.length === 0 && turn < mostChunks && (await fill()); turn++) {
        found = await read(code)
      }
      return found
    },
  }
}
