import { archivesPerMonth } from '../domain/archive.ts'
import { integerOr, listOr, selectionsOfArticle } from './columns.ts'
import { siteRevision } from './revisions.ts'

/**
 * The largest number of articles in an archive. It must never change, because an archive that is full keeps
 * exactly its present articles for ever.
 */
export const articlesPerArchive = 100

const monthOf = (published: string): string =>
  `CAST(strftime('%Y%m', ${published} / 1000, 'unixepoch') AS INTEGER) * ${archivesPerMonth}`

/**
 * Returns SQL for the path of an archive. The SQL must give the same text as the function `archivePath` in
 * src/domain/archive.ts.
 */
export const archivePathSql = (table: string): string =>
  `ltrim(${table}.selection || '/archive/', '/') || printf('%d/%02d/%d',
     ${table}.part / ${archivesPerMonth * 100}, ${table}.part / ${archivesPerMonth} % 100, ${table}.part % ${archivesPerMonth})`

/**
 * SQL for the date `since` of the version in charge if an answer with this date may have been sent before a
 * change; otherwise 0. `base` is the instant of the change. `since` counts only if the version took charge
 * (`charged`) after `base`, and if `since` is before `next`, or `charged` is after `next`, which means that
 * the clock went back.
 */
const sentSince = (base: string, next: string): string => {
  const since = integerOr('since', '0')
  const isSent = `charged > ${base} AND (${since} < ${next} OR charged > ${next})`
  return `(SELECT iif(${isSent}, ${since}, 0) FROM site)`
}

/** Milliseconds within which a save is committed after it read the clock. */
const commitMilliseconds = 250

/**
 * Returns SQL for the new value of the column `revised` (the date of the last change) in a row that a save
 * changes; `column` is the column with the old value. `next` is SQL for the time of the save, rounded up to the next
 * second. The new value is `base`: for a save by an editor `next`, for a scheduled change its own instant. If an
 * answer may have been sent with the old value or with `since`, and `base` is not later, the new value is one second
 * after these dates. The old value itself remains if it is `next` or the second after `next`, and at least
 * `commitMilliseconds` after the time of the save, which is its revision: then the save is committed before that date,
 * so no answer has been sent with it. It can be the second after `next` if the save that set it began later and was
 * committed earlier.
 */
export function revisedAs(next: string, { column = 'revised', base = next } = {}): string {
  const [old, since] = [integerOr(column, '0'), sentSince(base, next)]
  return `CASE WHEN ${base} > max(${old}, ${since}) THEN ${base}
    WHEN ${old} BETWEEN max(${next}, ${siteRevision} + ${commitMilliseconds}) AND ${next} + 1000 AND ${old} > ${since} THEN ${old}
    ELSE max(${old}, ${since}) + 1000 END`
}

/**
 * SQL for the number of articles in an archive. An archive whose list cannot be read counts as full, so that no
 * article is added to it.
 */
const archived = `iif(${listOr('articles', 'NULL')} IS NULL, ${articlesPerArchive}, json_array_length(articles))`

const monthStart = (months: string): string =>
  `1000 * strftime('%s', printf('%04d-%02d-01', archive.part / ${archivesPerMonth * 100}, archive.part / ${archivesPerMonth} % 100), '${months}')`

/**
 * SQL for the list of the articles of a row of `archive`. If the list cannot be read, it is found in `place`, among
 * the public articles of the archive's month.
 */
export const articlesOfArchive = listOr(
  'archive.articles',
  `(SELECT json_group_array(membership.article) FROM membership CROSS JOIN place
     ON place.article = membership.article AND place.selection = membership.selection AND place.part = archive.part
     WHERE membership.selection = archive.selection AND membership.published >= ${monthStart('+0 months')}
       AND membership.published < ${monthStart('+1 months')} AND typeof(membership.article) = 'integer')`,
)

/**
 * Returns SQL statements that assign articles to archives. `numbers` is an SQL query that returns the numbers
 * of articles; the statements assign those of these articles that are public and not yet assigned. An article
 * is assigned to the last archive of its month, or, if that archive is full, to a new archive of its month.
 * The statements link each new archive with the archive before it and the archive after it. `revised` is SQL
 * for the new value of the column `revised` in each archive that changes.
 */
export const placing = (numbers: string, revised: string): string[] => [
  `INSERT INTO place (article, selection, part, revision)
   SELECT number, path, month + (filled + turn - 1) / ${articlesPerArchive} + 1, ${siteRevision} FROM (
     SELECT number, path, month, row_number() OVER (PARTITION BY path, month ORDER BY published, number) AS turn,
       coalesce((SELECT (part % ${archivesPerMonth} - 1) * ${articlesPerArchive} + ${archived} FROM archive
         WHERE archive.selection = path AND part > month AND part < month + ${archivesPerMonth}
         ORDER BY part DESC LIMIT 1), 0) AS filled
     FROM (SELECT number, named.key AS path, published, ${monthOf('published')} AS month
       FROM article, json_each(${selectionsOfArticle}) AS named
       WHERE number IN (${numbers}) AND shown = 1 AND named.key NOT GLOB 'articles/*' AND ${monthOf('published')} IS NOT NULL AND NOT EXISTS
         (SELECT 1 FROM place WHERE place.article = number AND place.selection = named.key)))`,
  `INSERT INTO archive (selection, part, articles, revision)
   SELECT selection, part, json_group_array(article), revision FROM place
     WHERE article IN (${numbers}) AND revision = ${siteRevision} GROUP BY selection, part
   ON CONFLICT (selection, part) DO UPDATE SET
     articles = iif(archive.articles = '[]', excluded.articles,
       substr(archive.articles, 1, length(archive.articles) - 1) || ',' || substr(excluded.articles, 2))`,
  `WITH fresh AS (SELECT DISTINCT archive.selection, archive.part FROM place
     JOIN archive ON archive.selection = place.selection AND archive.part = place.part
     WHERE place.article IN (${numbers}) AND archive.revised = 0)
   UPDATE archive SET earlier = ${neighbour('max', '<', 'archive')}, later = ${neighbour('min', '>', 'archive')},
     revision = ${siteRevision}, revised = ${revised}
   WHERE (selection, part) IN (SELECT * FROM (SELECT selection, part FROM fresh
     UNION ALL SELECT selection, ${neighbour('max', '<', 'fresh')} FROM fresh
     UNION ALL SELECT selection, ${neighbour('min', '>', 'fresh')} FROM fresh))`,
]

/** SQL for the number of the archive before (`max`, `<`) or after (`min`, `>`) the archive in a row of the table `of`. */
export function neighbour(which: 'max' | 'min', side: '<' | '>', of: string): string {
  return `(SELECT ${which}(other.part) FROM archive AS other
     WHERE other.selection = ${of}.selection AND other.part ${side} ${of}.part)`
}

/**
 * Returns SQL that gives a new revision to archives. `places` is the FROM clause of a query on the table
 * `place`, which assigns articles to archives; the archives in the rows that the query finds get the new
 * revision.
 */
export const touchArchives = (places: string, revised: string): string =>
  `UPDATE archive SET revision = ${siteRevision}, revised = ${revised}
   WHERE (selection, part) IN (SELECT place.selection, place.part ${places})`
