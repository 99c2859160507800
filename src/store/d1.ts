import type { Article } from '../domain/article.ts'
import { nextSecond } from '../domain/instant.ts'
import type { Clock, Head, Log, Outcome, Store, Stored, Tombstone } from '../domain/ports.ts'
import { soundArticle } from '../domain/sound.ts'
import { selectionsWithin } from './directory.ts'
import { listArticles } from './list.ts'
import { releaseStatements } from './release.ts'
import { removeStatements } from './remove.ts'
import { renameStatements } from './rename.ts'
import { saveStatements } from './save.ts'

/** An article as its row holds it. */
export interface StoredRow {
  slug: string
  json: string
  revision: number
}

interface HeadRow {
  path: string | null
  title: string | null
  revision: number | null
  revised: number | null
  due: number | null
  digest: string
  since: number
}

/** The store on D1. Every method reads the primary, so that no edge copy is filled from a lagging replica. */
export function d1Store(database: D1Database, clock: Clock, log: Log): Store {
  const articleOf = ({ slug, json }: { slug: string; json: string }): Article | undefined => {
    const article = soundArticle(json)
    if (!article) log('unsound-article', { slug })
    return article
  }

  const storedOf = (row: StoredRow): Stored | undefined => {
    const article = articleOf(row)
    return article && { article, revision: row.revision }
  }

  const readHeads = async (paths: readonly string[]): Promise<HeadRow[]> => {
    const { results } = await database
      .prepare(
        `SELECT selection.path, selection.title, selection.revision, selection.revised, selection.due,
           site.digest, site.since
         FROM site LEFT JOIN selection ON selection.path IN (SELECT value FROM json_each(?1))`,
      )
      .bind(JSON.stringify(paths))
      .all<HeadRow>()
    return results
  }

  const release = async (): Promise<string[]> => {
    const now = clock()
    const waiting = await database.prepare('SELECT 1 FROM schedule WHERE at <= ?1 LIMIT 1').bind(now).first()
    return waiting ? touchedIn(await database.batch(releaseStatements(database, now))) : []
  }

  /** Runs a save as one batch, whose last statement gives the revision. */
  const run = async (statements: D1PreparedStatement[]): Promise<Outcome> => {
    try {
      const results = await database.batch(statements)
      const saved = results.at(-1)?.results[0] as { revision: number } | undefined
      return { kind: 'saved', revision: saved?.revision ?? 0, touched: touchedIn(results) }
    } catch (fault) {
      const refused = /refused: (conflict|slug-taken)/.exec(String(fault))
      if (refused) return { kind: refused[1] as 'conflict' | 'slug-taken' }
      throw fault
    }
  }

  const adopt = async (digest: string): Promise<void> => {
    const since = nextSecond(clock())
    await database
      .prepare('UPDATE site SET digest = ?1, since = max(?2, since + 1000) WHERE digest <> ?1')
      .bind(digest, since)
      .run()
  }

  return {
    async heads(paths, digest): Promise<Head[] | undefined> {
      let rows = await readHeads(paths)
      const now = clock()
      if (rows.some(({ due }) => due !== null && due <= now)) {
        await release()
        rows = await readHeads(paths)
      }
      if (rows.some((row) => row.digest !== digest)) {
        await adopt(digest)
        rows = await readHeads(paths)
      }
      const heads = paths.flatMap((path) => headIn(rows, path) ?? [])
      return heads.length === paths.length ? heads : undefined
    },

    async newest(paths, most): Promise<Article[]> {
      const { results } = await database
        .prepare(
          `SELECT article.slug, article.json FROM membership
           JOIN article ON article.number = membership.article
           WHERE membership.selection = ?1 ${paths.slice(1).map(alsoMember).join(' ')}
           ORDER BY membership.published DESC, membership.article DESC LIMIT ?2`,
        )
        .bind(paths[0], most, ...paths.slice(1))
        .all<{ slug: string; json: string }>()
      return results.flatMap((row) => articleOf(row) ?? [])
    },

    async withdrawn(paths, most): Promise<Tombstone[]> {
      const { results } = await database
        .prepare(
          `SELECT article.id, tombstone.withdrawn FROM tombstone
           JOIN article ON article.number = tombstone.article
           WHERE tombstone.selection = ?1 ${paths.slice(1).map(alsoWithdrawn).join(' ')}
           ORDER BY tombstone.withdrawn DESC LIMIT ?2`,
        )
        .bind(paths[0], most, ...paths.slice(1))
        .all<Tombstone & Record<string, unknown>>()
      return results
    },

    async find(slug): Promise<Stored | undefined> {
      const row = await database
        .prepare('SELECT slug, json, revision FROM article WHERE slug = ?1')
        .bind(slug)
        .first<StoredRow>()
      return row ? storedOf(row) : undefined
    },

    async findMany(ids, slugs): Promise<Stored[]> {
      const { results } = await database
        .prepare(
          `SELECT slug, json, revision FROM article WHERE id IN (SELECT value FROM json_each(?1))
           UNION SELECT slug, json, revision FROM article WHERE slug IN (SELECT value FROM json_each(?2))`,
        )
        .bind(JSON.stringify(ids), JSON.stringify(slugs))
        .all<StoredRow>()
      return results.flatMap((row) => storedOf(row) ?? [])
    },

    async moved(path): Promise<string | undefined> {
      const row = await database
        .prepare('SELECT target FROM redirect WHERE path = ?1')
        .bind(path)
        .first<{ target: string }>()
      return row?.target
    },

    list: (query) => listArticles(database, query, clock(), storedOf),

    selections: (folder, from, most) => selectionsWithin(database, folder, from, most),

    save: (changes) => run(saveStatements(database, changes, clock())),

    rename(from, to, title) {
      const now = clock()
      return run(renameStatements(database, { from, to, title }, now, nextSecond(now)))
    },

    async isKnown(path): Promise<boolean> {
      const row = await database
        .prepare('SELECT 1 FROM selection WHERE path = ?1 AND revision IS NOT NULL')
        .bind(path)
        .first()
      return row !== null
    },

    async remove(id, replaces): Promise<boolean> {
      const results = await database.batch(removeStatements(database, id, replaces))
      return (results.at(-1)?.meta.changes ?? 0) > 0
    },

    release,

    async isEmpty(): Promise<boolean> {
      return (await database.prepare('SELECT 1 FROM article LIMIT 1').first()) === null
    },
  }
}

/** The condition that a row's article is in a further selection too; parameters 1 and 2 are taken. */
const alsoMember = (_: string, at: number): string =>
  `AND EXISTS (SELECT 1 FROM membership AS other WHERE other.selection = ?${at + 3}
     AND other.published = membership.published AND other.article = membership.article)`

const alsoWithdrawn = (_: string, at: number): string =>
  `AND EXISTS (SELECT 1 FROM tombstone AS other WHERE other.selection = ?${at + 3}
     AND other.withdrawn = tombstone.withdrawn AND other.article = tombstone.article)`

function headIn(rows: readonly HeadRow[], wanted: string): Head | undefined {
  const row = rows.find(({ path }) => path === wanted)
  if (!row?.revision) return undefined
  const { title, revision, revised, due, since } = row
  const head = { path: wanted, title: title ?? '', revision, revised: revised ?? 0, since }
  return due === null ? head : { ...head, due }
}

/** What the batch's `RETURNING path` gave, each path once. */
function touchedIn(results: D1Result[]): string[] {
  const rows = results.flatMap(({ results }) => results as { path?: string }[])
  return [...new Set(rows.flatMap(({ path }) => (path === undefined ? [] : [path])))]
}
