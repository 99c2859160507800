import { nextSecond } from '../domain/instant.ts'
import type { Clock, Log, Within } from '../domain/ports.ts'
import { checkRow } from '../domain/sound.ts'
import {
  type ArchiveHeads,
  type Found,
  type Head,
  isBad,
  type Outcome,
  type Store,
  type Stored,
} from '../domain/store.ts'
import { archiveHeadsIn, readArchived, readArchiveHeads } from './archive.ts'
import { type FoundRow, foundColumns, foundIn, revisionIn, type StoredRow } from './articles.ts'
import { attemptIn } from './attempt.ts'
import { tellOnce } from './bad-row.ts'
import { takeCharge, takeFreeCharge } from './charge.ts'
import { initialsWithin, lastNumber, pathsNumbered, selectionsWithin } from './directory.ts'
import { savedIn } from './effects.ts'
import { headIn, type Overdue, readHeads } from './heads.ts'
import { d1Imports } from './imports.ts'
import { listArticles } from './list.ts'
import { readNames } from './names.ts'
import { readNewest } from './newest.ts'
import { copyChoices } from './notify/renamed.ts'
import { readCanonical, readPage } from './page.ts'
import { dueSql, releaseStatements } from './release.ts'
import { removeStatements } from './remove.ts'
import { renameStatements } from './rename.ts'
import { saveStatements } from './save.ts'
import { newsEntries, sitemapEntries, sitemapHead, sitemapParts } from './sitemap.ts'
import { readTombstones } from './tombstones.ts'

interface ReadingOptions {
  /** Receives the paths of the selections that a read has changed. */
  released?: (paths: readonly string[]) => void
  /** Ends the wait of a read for a write that takes too long; without it, a read waits for the write. */
  within?: Within
}

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
  { released = () => {}, within = (_, work) => work }: ReadingOptions = {},
): Store {
  const attempt = attemptIn(clock, log, within)
  const tell = tellOnce(log)

  const storedOf = (row: StoredRow): Stored | undefined => {
    const checked = checkRow(row)
    if ('article' in checked) return { article: checked.article, revision: revisionIn(row) }
    tell('article', row.id, checked.issue)
    return undefined
  }

  const foundOf = (row: FoundRow): Found => {
    const found = foundIn(row)
    if (isBad(found)) tell('article', row.id, found.issue)
    return found
  }

  /** Carries out the changes that are due. `waits`: they are not carried out, because a backup is imported. */
  const carryOut = async (): Promise<{ paths: string[]; waits: boolean }> => {
    const now = clock()
    const due = await database.prepare(dueSql).bind(now).first<{ waits: number }>()
    if (!due || due.waits === 1) return { paths: [], waits: due !== null }
    const { touched } = savedIn(await database.batch(releaseStatements(database, now)))
    return { paths: touched, waits: false }
  }

  /**
   * Carries out the changes that are due, on behalf of a read. `isReleased`: every change that was due is carried out. If
   * the write failed, it may have been committed nevertheless.
   */
  const releaseInPassing = async (): Promise<{ tried: boolean; isReleased: boolean }> => {
    let waits = false
    const became = await attempt('release', async () => {
      const carried = await carryOut()
      waits = carried.waits
      if (carried.paths.length > 0) released(carried.paths)
    })
    return { tried: became !== 'skipped', isReleased: became === 'done' && !waits }
  }

  /** Runs the statements of a save as one batch. The last statement must be `savedSql`. */
  const run = async (statements: D1PreparedStatement[]): Promise<Outcome> => {
    try {
      return { kind: 'saved', ...savedIn(await database.batch(statements)) }
    } catch (fault) {
      const refused = /refused: (conflict|slug-taken)/.exec(String(fault))
      if (refused) return { kind: refused[1] as 'conflict' | 'slug-taken' }
      throw fault
    }
  }

  /**
   * Reads rows that are up to date. If the `due` of a row has passed, the function carries out the scheduled
   * changes and reads the rows again; rows whose changes could not be saved, or wait for the end of an import, get
   * `overdue`. If no version is in charge, the function puts the version with this digest in charge and reads the rows
   * again. A version that is not in charge gets rows without `since`.
   */
  const settled = async <Row extends { due: number | null; digest: string; since: number | null }>(
    read: () => Promise<Row[]>,
    digest: string,
  ): Promise<(Row & Overdue)[]> => {
    let rows = await read()
    const now = clock()
    const isDue = ({ due }: Row): boolean => due !== null && due <= now
    let isReleased = false
    if (rows.some(isDue)) {
      const released = await releaseInPassing()
      isReleased = released.isReleased
      if (released.tried) rows = await read()
    }
    if (rows.some((row) => row.digest === '')) {
      const tried = await attempt('takeCharge', () => takeFreeCharge(database, digest, clock()))
      if (tried !== 'skipped') rows = await read()
    }
    const dated = rows.map((row) => (row.digest === digest ? row : { ...row, since: null }))
    // A `due` that has passed after a release is bad: no scheduled change belongs to it.
    const settle = (row: Row) => (isReleased ? { ...row, due: null } : { ...row, overdue: now })
    return dated.map((row) => (isDue(row) ? settle(row) : row))
  }

  return {
    ...d1Imports(database, clock, foundOf),

    async heads(paths, digest): Promise<Head[] | undefined> {
      const rows = await settled(() => readHeads(database, paths, clock()), digest)
      const heads = paths.flatMap((path) => headIn(rows, path) ?? [])
      return heads.length === paths.length ? heads : undefined
    },

    newest: (paths, limit, at) => readNewest(database, { paths, limit, at }, storedOf),

    page: (paths, from, limit, at) => readPage(database, { paths, from, limit, at }, storedOf),

    canonical: (path, from) => readCanonical(database, path, from),

    async archive(path, archive, others, digest): Promise<ArchiveHeads | undefined> {
      const rows = await settled(() => readArchiveHeads(database, path, archive, others, clock()), digest)
      return archiveHeadsIn(rows, path, others)
    },

    archived: (path, archive, others, at) => readArchived(database, { path, archive, others, at }, storedOf),

    withdrawn: (paths, at) => readTombstones(database, paths, at),

    async find(slug): Promise<Found | undefined> {
      const row = await database
        .prepare(`SELECT ${foundColumns} FROM article WHERE slug = ?1`)
        .bind(slug)
        .first<FoundRow & Record<string, unknown>>()
      return row ? foundOf(row) : undefined
    },

    async findMany(ids, slugs): Promise<Found[]> {
      const { results } = await database
        .prepare(
          `SELECT ${foundColumns} FROM article WHERE id IN (SELECT value FROM json_each(?1))
           UNION ALL SELECT ${foundColumns} FROM article WHERE slug IN (SELECT value FROM json_each(?2))`,
        )
        .bind(JSON.stringify(ids), JSON.stringify(slugs))
        .all<FoundRow & Record<string, unknown>>()
      const each = new Map(results.map((row) => [row.slug, row]))
      return [...each.values()].map(foundOf)
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

    names: (wanted) => readNames(database, wanted),

    async deletedSlugs(slugs): Promise<string[]> {
      // A save that schedules an article makes a row for the article's page, and the row stays if the article is deleted.
      const { results } = await database
        .prepare(
          `SELECT value AS slug FROM json_each(?1)
           WHERE NOT EXISTS (SELECT 1 FROM article WHERE article.slug = value)
             AND EXISTS (SELECT 1 FROM selection WHERE path = 'articles/' || value AND revision IS NULL)`,
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
      return typeof row?.target === 'string' ? row.target : undefined
    },

    async movedAmong(paths): Promise<Map<string, string>> {
      const { results } = await database
        .prepare(
          `SELECT path, target FROM redirect WHERE path IN (SELECT value FROM json_each(?1)) AND typeof(target) = 'text'
             AND NOT EXISTS (SELECT 1 FROM selection WHERE selection.path = redirect.path AND revision IS NOT NULL)`,
        )
        .bind(JSON.stringify(paths))
        .all<{ path: string; target: string }>()
      return new Map(results.map(({ path, target }) => [path, target]))
    },

    async list(query) {
      const { isReleased } = await releaseInPassing()
      return listArticles(database, query, { now: clock(), isReleased }, foundOf)
    },

    selections: (folder, from, limit) => selectionsWithin(database, folder, from, limit),
    initials: (folder, limit) => initialsWithin(database, folder, limit),
    lastNumber: () => lastNumber(database),
    pathsNumbered: (first, last) => pathsNumbered(database, first, last),
    sitemapParts: () => sitemapParts(database),
    sitemapHead: (number) => sitemapHead(database, number),
    sitemapEntries: (number, at) => sitemapEntries(database, number, at),
    newsEntries: (since, limit, at) => newsEntries(database, since, limit, at),

    save: async (changes, urgent = false) => run(await saveStatements(database, changes, urgent, clock())),

    async rename(from, to, title, claims) {
      const now = clock()
      return run(renameStatements(database, { from, to, title, claims }, now, nextSecond(now)))
    },

    async prepareRename(from, to) {
      await database.batch(copyChoices(database, from, to))
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

    release: async () => (await carryOut()).paths,

    takeCharge: (digest) => takeCharge(database, digest, clock()),

    async isEmpty(): Promise<boolean> {
      return (await database.prepare('SELECT 1 FROM article WHERE number > 0 LIMIT 1').first()) === null
    },
  }
}
