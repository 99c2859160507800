import { archivesPerMonth } from '../domain/archive.ts'

/**
 * The largest number of articles in an archive. It must never change, because a full archive keeps its articles
 * for good.
 */
export const articlesPerArchive = 100

const revision = '(SELECT revision FROM site)'
const monthOf = (published: string): string =>
  `CAST(strftime('%Y%m', ${published} / 1000, 'unixepoch') AS INTEGER) * ${archivesPerMonth}`

/** SQL for the path of an archive. It must give the same text as `archivePath` in src/domain. */
export const archivePathSql = (table: string): string =>
  `ltrim(${table}.selection || '/archive/', '/') || printf('%d/%02d/%d',
     ${table}.part / ${archivesPerMonth * 100}, ${table}.part / ${archivesPerMonth} % 100, ${table}.part % ${archivesPerMonth})`

/**
 * SQL for the `revised` of a save, which never goes back. `next` is the parameter with the save's time, rounded
 * up to a second.
 */
export const revisedAs = (next: string): string =>
  `CASE WHEN ${next} >= revised THEN ${next} ELSE revised + 1000 END`

/**
 * SQL statements that give each of the numbered articles a place in the archives, if it is public and has none:
 * in the last archive of the article's month, or in a new archive after it if that one is full. A new archive
 * is linked with its neighbours. `revised` is SQL for the new date of the archives that change.
 */
export const placing = (numbers: string, revised: string): string[] => [
  `INSERT INTO place (article, selection, part, revision)
   SELECT number, path, month + (filled + turn - 1) / ${articlesPerArchive} + 1, ${revision} FROM (
     SELECT number, path, month, row_number() OVER (PARTITION BY path, month ORDER BY published, number) AS turn,
       coalesce((SELECT (part % ${archivesPerMonth} - 1) * ${articlesPerArchive} + json_array_length(articles) FROM archive
         WHERE archive.selection = path AND part > month AND part < month + ${archivesPerMonth}
         ORDER BY part DESC LIMIT 1), 0) AS filled
     FROM (SELECT number, named.key AS path, published, ${monthOf('published')} AS month
       FROM article, json_each(article.selections) AS named
       WHERE number IN (${numbers}) AND shown = 1 AND named.key NOT GLOB 'articles/*' AND NOT EXISTS
         (SELECT 1 FROM place WHERE place.article = number AND place.selection = named.key)))`,
  `INSERT INTO archive (selection, part, articles, revision)
   SELECT selection, part, json_group_array(article), revision FROM place
     WHERE article IN (${numbers}) AND revision = ${revision} GROUP BY selection, part
   ON CONFLICT (selection, part) DO UPDATE SET
     articles = substr(archive.articles, 1, length(archive.articles) - 1) || ',' || substr(excluded.articles, 2)`,
  `WITH fresh AS (SELECT DISTINCT archive.selection, archive.part FROM place
     JOIN archive ON archive.selection = place.selection AND archive.part = place.part
     WHERE place.article IN (${numbers}) AND archive.revised = 0)
   UPDATE archive SET earlier = ${neighbour('max', '<', 'archive')}, later = ${neighbour('min', '>', 'archive')},
     revision = ${revision}, revised = ${revised}
   WHERE (selection, part) IN (SELECT * FROM (SELECT selection, part FROM fresh
     UNION ALL SELECT selection, ${neighbour('max', '<', 'fresh')} FROM fresh
     UNION ALL SELECT selection, ${neighbour('min', '>', 'fresh')} FROM fresh))
   RETURNING ${archivePathSql('archive')} AS path`,
]

function neighbour(which: 'max' | 'min', side: '<' | '>', of: string): string {
  return `(SELECT ${which}(other.part) FROM archive AS other
     WHERE other.selection = ${of}.selection AND other.part ${side} ${of}.part)`
}

/** SQL that gives a new revision to the archives in which the queried places are. */
export const touchArchives = (places: string, revised: string): string =>
  `UPDATE archive SET revision = ${revision}, revised = ${revised}
   WHERE (selection, part) IN (SELECT place.selection, place.part ${places})
   RETURNING ${archivePathSql('archive')} AS path`

/**
 * SQL for the archives that will probably change when an article without a place becomes public: the last
 * archive up to the article's month, which gets the article or a new neighbour, and the next archive after that
 * month.
 */
export const awaiting = (article: string, selection: string): string => `archive.selection = ${selection}
  AND archive.part IN (
    (SELECT max(other.part) FROM archive AS other
      WHERE other.selection = ${selection} AND other.part < ${monthOf(`${article}.published`)} + ${archivesPerMonth}),
    (SELECT min(other.part) FROM archive AS other
      WHERE other.selection = ${selection} AND other.part >= ${monthOf(`${article}.published`)} + ${archivesPerMonth}))`
