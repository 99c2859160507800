import { siteRevision } from '../revisions.ts'

/** The characters of the corrections of an article that are kept: at least five, because none is longer than 2,000 and a line feed. */
const keptCharacters = 10_005

/**
 * SQL for whether people were told of a correction: `list` has the last ones, the latest first, each with a line feed at its end. A
 * former version has stored one, without a line feed.
 */
const wasTold = (list: string, note: string): string =>
  `coalesce(${list} = ${note} OR instr(char(10) || ${list}, char(10) || ${note} || char(10)) > 0, 0)`

/** SQL for the list of corrections with another one, if there is another. What is cut off at the end is not recognized. */
export const withCorrection = (list: string, note: string): string => `CASE
  WHEN ${note} IS NULL OR ${wasTold(list, note)} THEN ${list}
  ELSE substr(${note} || char(10) || coalesce(${list} || iif(instr(${list}, char(10)) = 0, char(10), ''), ''), 1, ${keptCharacters}) END`

/** SQL for whether anybody is told of anything, so that a save without subscribers stores no effect. */
const hasChoices = 'EXISTS (SELECT 1 FROM choice)'

const storing = (events: string): string => `INSERT INTO effect (effect, revision, paths)
  SELECT 'notify', ${siteRevision}, json_group_array(event) FROM (${events}) WHERE ${hasChoices} HAVING count(*) > 0`

const given = (name: string): string => `incoming.value ->> '${name}'`

/** SQL for whether the embargo of a stored article has ended, although neither a reader nor cron has carried it out yet. */
const isDue = `stored.was_shown = 0 AND stored.appears <= ${given('now')} AND coalesce(stored.expires > ${given('now')}, 1)`

/**
 * SQL for whether nobody is told of an article in `incoming`. A save that does not say so leaves it as it is, and so does one that comes
 * after the end of an embargo: the article has become public by what was stored then.
 */
export const isQuiet = `coalesce((SELECT iif(${given('quiet')} IS NULL OR (${given('shown')} AND ${isDue}), stored.quiet, ${given('quiet')})
  FROM article AS stored WHERE stored.id = ${given('id')}), ${given('quiet')}, 0)`

/**
 * SQL for whether a browser may show the notification of a public article that ceases to be so: people were told when it became public
 * (`news`), so that a digest may have it too, or a browser was told of its correction, whatever made the article public. An import that
 * nobody was told of costs no row when it is withdrawn.
 */
const mayBeTakenBack = `article.shown = 1 AND (article.news IS NOT NULL
  OR EXISTS (SELECT 1 FROM shown_article WHERE shown_article.article = article.id))`

/**
 * SQL that stores which articles of a save become public for the first time, and which public ones are corrected
 * or cease to be public. ?1 is a JSON list of the articles. What was public is what the rows say, and not the dates, because an embargo
 * may have ended, or an article may have expired, before a release has carried it out. Nobody is told again of one of the last
 * corrections. The statement must run before the articles are written. An article that was public before, and came back, is told to
 * nobody. What ceases to be public is taken back from browsers also if the save tells nobody, as those of imports and of their undoing.
 */
export const tellOfSave = storing(`SELECT * FROM (
  SELECT CASE WHEN NOT ${given('shown')} THEN iif(${mayBeTakenBack}, 'withdrawn/', NULL)
    WHEN ${isQuiet} THEN NULL
    WHEN coalesce(article.was_shown, 0) = 0 THEN 'published/'
    WHEN article.shown = 1 AND ${given('corrected')} IS NOT NULL
      AND NOT ${wasTold('article.corrected', given('corrected'))} THEN 'corrected/'
    END || (${given('id')}) AS event
  FROM json_each(?1) AS incoming LEFT JOIN article ON article.id = ${given('id')}) WHERE event IS NOT NULL`)

/**
 * Returns SQL that stores which of the articles with these numbers become public by the passage of time, and which end to be so. The
 * statement must run before the articles are changed. `visible` is SQL for whether an article is public now.
 */
export const tellOfRelease = (numbers: string, visible: string): string =>
  storing(`SELECT iif(${visible} = 1, 'published/', 'withdrawn/') || id AS event FROM article
  WHERE number IN (${numbers})
    AND iif(${visible} = 1, was_shown = 0 AND quiet = 0, ${mayBeTakenBack})`)
