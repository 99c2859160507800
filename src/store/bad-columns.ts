import { folders } from '../domain/selection.ts'
import { neighbour } from './archives.ts'
import {
  type ExaminedTable,
  type Found,
  flag,
  integer,
  list,
  object,
  orNull,
  type Rule,
  reasonOf,
  text,
} from './column-rules.ts'
import { countedSize, integerOr, lastArchive, nextChange, textOr } from './columns.ts'
import { newestOf } from './newest.ts'
import { isRestoring } from './restore.ts'
import { siteRevision } from './revisions.ts'
import { newestTombstones } from './tombstones.ts'

const placed = `(SELECT json_group_array(article) FROM place
  WHERE place.selection = archive.selection AND place.part = archive.part AND typeof(article) = 'integer')`
const datesOfYear = `(SELECT json_group_object(printf('%d', number), revised) FROM (
  SELECT (part - 1) / 10 AS number, max(${integerOr('archive.revised', '0')}) AS revised FROM archive WHERE selection = ''
  AND part > sitemap_year.year * 10000000 AND part <= (sitemap_year.year + 1) * 10000000 GROUP BY 1))`

/** SQL for the next change of the selection of all articles. */
const frontDue = `(SELECT due FROM selection WHERE path = '')`

/**
 * SQL for whether the revision of a row of `selection` is bad. A selection with a public article has a revision, except
 * while a backup is imported.
 */
const hasBadRevision = `revision IS NOT NULL AND typeof(revision) <> 'integer'
  OR coalesce(revision, 0) <= 0 AND EXISTS (SELECT 1 FROM membership WHERE membership.selection = selection.path)
    AND NOT EXISTS (SELECT 1 FROM site WHERE ${isRestoring})`

/**
 * The columns that `npx kiosque doctor` examines, except those of `article`. `--fix` computes the columns that have a
 * right value; a person must correct the others.
 */
export const examined: readonly ExaminedTable[] = [
  {
    table: 'selection',
    id: 'path',
    rules: [
      {
        column: 'path',
        isBad: `typeof(path) <> 'text' OR path <> '' AND ${folders.map((folder) => `path NOT GLOB '${folder}/*'`).join(' AND ')}
          AND path NOT GLOB 'articles/*'`,
        must: 'must be empty for all articles, or the path of a section, tag, author or article',
      },
      list('newest', 'the numbers of the newest articles', newestOf),
      orNull(list('tombstones', 'the newest tombstones', newestTombstones)),
      integer('size', 'the number of public articles', countedSize),
      orNull(integer('shown', '1 if the selection has public articles and otherwise 0', 'size > 0')),
      orNull(integer('latest', 'the number of the newest archive', lastArchive)),
      integer('departed', 'the revision of a save', siteRevision),
      {
        column: 'revision',
        isBad: hasBadRevision,
        must: 'must be the revision of a save; it may be null only if no article of the selection is public',
        right: siteRevision,
      },
      integer('name_revision', 'the revision of a save', siteRevision),
      {
        column: 'due',
        isBad: `due IS NOT ${nextChange} AND NOT EXISTS (SELECT 1 FROM site WHERE ${isRestoring})`,
        must: 'must be the first instant in the schedule of the selection, or null if there is none',
        right: nextChange,
      },
      text('title', 'the name of the section, tag or author'),
      integer('revised', 'an instant'),
      integer('name_revised', 'an instant'),
      orNull(integer('number', 'the number of the selection')),
    ],
  },
  {
    table: 'site',
    id: `'1'`,
    rules: [
      {
        column: 'restoring',
        isBad: 'restoring IS NOT NULL AND revision <> 0',
        must: 'must be null, because only an empty store imports a backup exactly',
        right: 'NULL',
      },
      {
        column: 'due',
        isBad: `due IS NOT ${frontDue}`,
        must: 'must be the next change of the selection of all articles, or null if there is none',
        right: frontDue,
      },
      text('digest', 'the digest of the version in charge', "''"),
      integer('revision', 'the revision of the last save'),
      ...['since', 'charged', 'purged'].map((column) => integer(column, 'an instant')),
    ],
  },
  {
    table: 'archive',
    id: `selection || ' ' || part`,
    rules: [
      {
        column: 'selection',
        isBad: 'NOT EXISTS (SELECT 1 FROM selection WHERE path = archive.selection)',
        must: 'must be the path of a row of `selection`',
      },
      list('archive.articles', 'the numbers of the articles in the archive', placed),
      integer('archive.revision', 'the revision of a save', siteRevision),
      orNull(integer('earlier', 'the number of the archive before', neighbour('max', '<', 'archive'))),
      orNull(integer('later', 'the number of the archive after', neighbour('min', '>', 'archive'))),
      integer('part', 'the number of the archive'),
      integer('revised', 'an instant'),
    ],
  },
  {
    table: 'sitemap_year',
    id: 'year',
    rules: [object('revised', 'the date of each sitemap of the year', datesOfYear)],
  },
  ...['membership', 'hidden_index'].map((table) => ({
    table,
    id: 'selection',
    rules: [
      text('selection', 'the path of a selection'),
      integer('published', 'an instant'),
      integer('article', 'the number of an article'),
      ...(table === 'hidden_index' ? [text('status', 'the status of the article')] : []),
    ],
  })),
  {
    table: 'place',
    id: 'selection',
    rules: [
      text('selection', 'the path of a selection'),
      integer('article', 'the number of an article'),
      integer('part', 'the number of an archive'),
      integer('revision', 'the revision of a save'),
    ],
  },
  {
    table: 'schedule',
    id: 'selection',
    rules: [integer('at', 'an instant'), integer('article', 'the number of an article')],
  },
  {
    table: 'redirect',
    id: 'path',
    rules: [text('path', 'the path of a former address'), text('target', 'the path of the present address')],
  },
  {
    table: 'tombstone',
    id: 'selection',
    rules: [
      text('id', 'the id of the withdrawn article'),
      integer('article', 'the number of the withdrawn article'),
      integer('withdrawn', 'an instant'),
      integer('until', 'an instant'),
      integer('revision', 'the revision of a save'),
    ],
  },
  {
    table: 'effect',
    id: 'revision',
    rules: [orNull(list('paths', 'the paths of the changed selections', 'NULL'))],
  },
  {
    table: 'topic',
    id: 'topic',
    rules: [
      text('path', 'the path of the first selection of the feed'),
      list('others', 'the other selections of the feed'),
      integer('revision', 'the revision that subscribers must receive'),
    ],
  },
  {
    table: 'subscription',
    id: 'number',
    rules: [
      text('asked', 'the address of the feed, as the subscriber named it'),
      text('callback', 'the address of the callback'),
      text('host', 'the host of the callback'),
      text('topic', 'the topic of a row of `topic`'),
      orNull(text('secret', 'the secret of the subscriber')),
      orNull(text('failure', 'the reason of the last failure')),
      integer('expires', 'an instant'),
      integer('delivered', 'the revision that the callback accepted last'),
      integer('next', 'an instant'),
      integer('attempts', 'the number of failed attempts'),
      ...['delivered_at', 'tried_at', 'failing_since', 'wait_until'].map((column) =>
        orNull(integer(column, 'an instant')),
      ),
      orNull(integer('took', 'the milliseconds of the last delivery')),
    ],
  },
  {
    table: 'verification',
    id: 'number',
    rules: [
      ...['mode', 'topic', 'path', 'host'].map((column) => text(column, 'as in the request')),
      orNull(text('secret', 'the secret of the subscriber')),
      text('asked', 'the address of the feed, as the subscriber named it'),
      text('callback', 'the address of the callback'),
      list('others', 'the other selections of the feed'),
      integer('lease_seconds', 'the seconds that the subscription lasts'),
      integer('revision', 'the revision that the subscriber has'),
      integer('asked_at', 'an instant'),
      integer('next', 'an instant'),
      orNull(text('client', 'a hash of the network of the client')),
      integer('known', '1 if the subscription exists, otherwise 0'),
      integer('requests', 'the number of replaced requests'),
    ],
  },
  {
    table: 'dead_letter',
    id: 'number',
    rules: [object('job', 'the job that the queue gave up'), integer('at', 'an instant')],
  },
  {
    table: 'share_count',
    id: 'code',
    rules: [
      ...['day', 'code', 'network'].map((column) => text(column, 'as the link had it')),
      integer('count', 'the number of visits'),
    ],
  },
]

/**
 * The columns of an article that its JSON or other rows contain too. `doctor --fix` computes all of them for an article
 * that breaks one of these rules.
 */
export const ofArticle: readonly Rule[] = [
  object('article.selections', 'the title of each selection of the article by path'),
  list('article.filed', 'the paths of the article’s section, tags and authors'),
  integer('article.published', 'the date of publication'),
  orNull(integer('appears', 'the instant from which the article is public')),
  orNull(integer('expires', 'the instant from which the article is no longer public')),
  integer('article.revision', 'the revision of a save'),
  flag('shown', 'whether the article is public'),
  flag('was_shown', 'whether the article is public or was public'),
  flag('quiet', 'whether nobody is told of the article'),
  orNull(integer('news', 'the instant from which people are told of the article')),
  orNull(text('corrected', 'the correction of which people were told')),
  orNull(text('code', 'the code of the short link')),
]

/**
 * SQL assignments for the columns of `article` that other rows contain: whether the article is and was public, and
 * its revision. The revision becomes that of the article's page, so that the page keeps its validators. The code of the
 * short link becomes null if it is bad, because cron computes a missing code. Nobody is told of an article of which it is not known.
 */
export const rightArticle = `shown = EXISTS (SELECT 1 FROM membership WHERE selection = 'articles/' || slug),
  was_shown = EXISTS (SELECT 1 FROM selection WHERE path = 'articles/' || slug AND revision IS NOT NULL),
  revision = ${integerOr('article.revision', `coalesce((SELECT revision FROM selection WHERE path = 'articles/' || slug), ${siteRevision})`)},
  code = ${textOr('code', 'NULL')}, quiet = iif(quiet IN (0, 1), quiet, 1), news = ${integerOr('article.news', 'NULL')},
  corrected = ${textOr('corrected', 'NULL')}`

/** Writes the right values of all columns that have one, where the present value is bad. Returns what it corrected. */
export async function correctDerived(database: D1Database): Promise<Found[]> {
  const columns = examined.flatMap(({ table, id, rules }) =>
    rules.flatMap((rule) => (rule.right === undefined ? [] : [{ table, id, rule, right: rule.right }])),
  )
  const results = await database.batch<{ id: unknown }>(
    columns.map(({ table, id, rule: { column, isBad }, right }) =>
      database.prepare(`UPDATE ${table} SET ${column} = ${right} WHERE ${isBad} RETURNING ${id} AS id`),
    ),
  )
  return columns.flatMap(({ table, rule }, at) =>
    (results[at]?.results ?? []).map((row) => ({ table, id: String(row.id), reason: reasonOf(rule) })),
  )
}
