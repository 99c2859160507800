import { nextSecond } from '../domain/instant.ts'
import type { Clock, Log } from '../domain/ports.ts'
import { namePath } from '../domain/selection.ts'
import { soundArticle } from '../domain/sound.ts'
import type { ArchiveHeads, Head, Outcome, Store, Stored } from '../domain/store.ts'
import { archiveHeadsIn, readArchived, readArchiveHeads } from './archive.ts'
import type { StoredRow } from './articles.ts'
import { takeCharge, takeFreeCharge } from './charge.ts'
import { initialsWithin, lastNumber, pathsNumbered, selectionsWithin } from './directory.ts'
import { headIn, readHeads } from './heads.ts'
import { listArticles } from './list.ts'
import { readNewest } from './newest.ts'
import { readPage } from './page.ts'
import { releasable, releaseStatements } from './release.ts'
import { removeStatements } from './remove.ts'
import { renameStatements } from './rename.ts'
import { saveStatements } from './save.ts'
import { newsEntries, sitemapEntries, sitemapHead, sitemapParts } from './sitemap.ts'
import { readTombstones } from './tombstones.ts'

/**
 * Makes the store of articles in D1. Every method reads the primary database, because a replica may lag behind,
 * and the edge cache would then keep an outdated answer. If a method finds that a scheduled change is due, it first
 * carries out the change and calls `released` with the changed paths, so that the caller can invalidate the
 * edge cache's copies of these paths.
 */
export function d1Store(
  database: D1Database,
  clock: Clock,
  log: Log,
  released: (paths: readonly string[]) => void = () => {},
): Store {
  const storedOf = ({ slug, json, revision }: StoredRow): Stored | undefined => {
    const article = soundArticle(json)
    if (!article) log('corrupt-article', { slug })
    return article && { article, revision }
  }

  const release = async (): Promise<string[]> => {
    const now = clock()
    const waiting = await database.prepare(releasable).bind(now).first()
    return waiting ? touchedIn(await database.batch(releaseStatements(database, now))) : []
  }

  const releaseInPassing = async (): Promise<void> => {
    const paths = await release()
    if (paths.length > 0) released(paths)
  }

  /** Runs the statements of a save as one batch. The last statement must return the revision of the save. */
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

  /**
   * Reads rows that are up to date. If the `due` of a row has passed, the function carries out the scheduled
   * changes and reads the rows again. If no version is in charge, the function puts the version with this
   * digest in charge and reads the rows again. `since` is null in the rows for every other version.
   */
  const settled = async <Row extends { due: number | null; digest: string; since: number | null }>(
    read: () => Promise<Row[]>,
    digest: string,
  ): Promise<Row[]> => {
    let rows = await read()
    const now = clock()
    if (rows.some(({ due }) => due !== null && due <= now)) {
      await releaseInPassing()
      rows = await read()
    }
    if (rows.some((row) => row.digest === '')) {
      await takeFreeCharge(database, digest, clock())
      rows = await read()
    }
    return rows.map((row) => (row.digest === digest ? row : { ...row, since: null }))
  }

  return {
    async heads(paths, digest): Promise<Head[] | undefined> {
      const rows = await settled(() => readHeads(database, paths), digest)
      const heads = paths.flatMap((path) => headIn(rows, path) ?? [])
      return heads.length === paths.length ? heads : undefined
    },

    newest: (paths, limit) => readNewest(database, paths, limit, storedOf),

    page: (paths, from, limit) => readPage(database, { paths, from, limit }, storedOf),

    async archive(path, archive, others, digest): Promise<ArchiveHeads | undefined> {
      const rows = await settled(() => readArchiveHeads(database, path, archive, others), digest)
      return archiveHeadsIn(rows, path, others)
    },

    archived: (path, archive, others) => readArchived(database, path, archive, others, storedOf),

    withdrawn: (paths) => readTombstones(database, paths),

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
           UNION ALL SELECT slug, json, revision FROM article WHERE slug IN (SELECT value FROM json_each(?2))`,
        )
        .bind(JSON.stringify(ids), JSON.stringify(slugs))
        .all<StoredRow>()
      const each = new Map(results.map((row) => [row.slug, row]))
      return [...each.values()].flatMap((row) => storedOf(row) ?? [])
    },

    async freeSlugs(slugs): Promise<string[]> {
      const { results } = await database
        .prepare(
          `SELECT value AS slug FROM json_each(?1)
           WHERE NOT EXISTS (SELECT 1 FROM article WHERE article.slug = value)
             AND NOT EXISTS (SELECT 1 FROM redirect WHERE redirect.path = 'articles/' || value) ORDER BY key`,
        )
        .bind(JSON.stringify(slugs))
        .all<{ slug: string }>()
      return results.map(({ slug }) => slug)
    },

    async moved(path): Promise<string | undefined> {
      const row = await database
        .prepare('SELECT target FROM redirect WHERE path = ?1')
        .bind(path)
        .first<{ target: string }>()
      return row?.target
    },

    async list(query) {
      await releaseInPassing()
      return listArticles(database, query, clock(), storedOf)
    },

    selections: (folder, from, limit) => selectionsWithin(database, folder, from, limit),
    initials: (folder, limit) => initialsWithin(database, folder, limit),
    lastNumber: () => lastNumber(database),
    pathsNumbered: (first, last) => pathsNumbered(database, first, last),
    sitemapParts: () => sitemapParts(database),
    sitemapHead: (number) => sitemapHead(database, number),
    sitemapEntries: (number) => sitemapEntries(database, number),
    newsEntries: (since, limit) => newsEntries(database, since, limit),

    save: async (changes) => run(await saveStatements(database, changes, clock())),

    async rename(from, to, title) {
      const now = clock()
      const outcome = await run(renameStatements(database, { from, to, title }, now, nextSecond(now)))
      if (outcome.kind !== 'saved') return outcome
      return { ...outcome, touched: [...outcome.touched, namePath(from), namePath(to)] }
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

    takeCharge: (digest) => takeCharge(database, digest, clock()),

    async isEmpty(): Promise<boolean> {
      return (await database.prepare('SELECT 1 FROM article WHERE number > 0 LIMIT 1').first()) === null
    },
  }
}

/** Collects the paths from the `RETURNING path` clauses of a batch, each path once. */
function touchedIn(results: D1Result[]): string[] {
  const rows = results.flatMap(({ results }) => results as { path?: string }[])
  return [...new Set(rows.flatMap(({ path }) => (path === undefined ? [] : [path])))]
}
