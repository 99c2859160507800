/*
 * SQL that reads columns of rows that may be bad: rows that somebody edited by hand, or that were restored
 * wrongly. SQLite stores any type in any column, and its JSON functions abort a whole statement if a text is no
 * JSON. Each function returns SQL for the column's value if the value has the right type, else for a value that
 * is computed from other rows. SQLite computes the other value only if it is needed.
 */

/** SQL for the greatest instant in JavaScript. In an index, all texts and blobs come after it. */
export const maxInstant = '8640000000000000'

/** SQL for a column of numbers or instants. */
export const integerOr = (column: string, other: string): string =>
  `iif(typeof(${column}) = 'integer', ${column}, ${other})`

/** SQL for a column of numbers or instants that may be null. */
export const integerOrNullOr = (column: string, other: string): string =>
  `iif(${column} IS NULL, NULL, ${integerOr(column, other)})`

/** SQL for a column of texts. */
export const textOr = (column: string, other: string): string =>
  `iif(typeof(${column}) = 'text', ${column}, ${other})`

const jsonOr =
  (type: 'array' | 'object') =>
  (column: string, other: string): string =>
    `iif(iif(typeof(${column}) = 'text' AND json_valid(${column}), json_type(${column}), '') = '${type}', ${column}, ${other})`

/** SQL for a column with a JSON list. */
export const listOr = jsonOr('array')

/** SQL for a column with a JSON object. */
export const objectOr = jsonOr('object')

/**
 * SQL for the paths of the selections that contain an article, found without the article's own columns: the
 * selections in whose archives the article is, those that the schedule changes with the article, and the
 * article's own page.
 */
const pathsElsewhere = `SELECT place.selection FROM place WHERE place.article = article.number
  UNION ALL SELECT schedule.selection FROM schedule
    WHERE schedule.at IN (article.appears, article.expires) AND schedule.article = article.number
  UNION ALL SELECT 'articles/' || article.slug`

/** SQL for the selections of an article: a JSON object from each path to the selection's title. */
export const selectionsOfArticle = objectOr(
  'article.selections',
  `(SELECT json_group_object(path, ${textOr('title', "''")}) FROM selection WHERE path IN (${pathsElsewhere}))`,
)

/** SQL for the paths of an article's section, tags and authors: a JSON list. */
export const filedOfArticle = listOr(
  'article.filed',
  `(SELECT json_group_array(path) FROM selection
     WHERE path IN (${pathsElsewhere}) AND path <> '' AND path NOT GLOB 'articles/*')`,
)

/** SQL for the first change in the schedule of a row of `selection` that comes after an instant. */
export const nextChangeAfter = (instant: string): string =>
  `(SELECT min(at) FROM schedule WHERE schedule.selection = selection.path AND at > ${instant} AND at <= ${maxInstant})`

/** SQL for the first change in the schedule of a row of `selection`. */
export const nextChange = nextChangeAfter('0')

/**
 * SQL for the first change in the whole schedule that comes after an instant; D1 counts one row read. A change that is
 * overdue does not count: a lifetime cannot end in the past, and the change is made in any case.
 */
export const siteDueAfter = (instant: string): string =>
  `(SELECT min(at) FROM schedule WHERE at > ${instant} AND at <= ${maxInstant})`

/** SQL for the number of articles in a row of `selection`. */
export const countedSize = '(SELECT count(*) FROM membership WHERE membership.selection = selection.path)'

/** SQL for the number of the last archive of a row of `selection`. */
export const lastArchive = '(SELECT max(part) FROM archive WHERE archive.selection = selection.path)'
