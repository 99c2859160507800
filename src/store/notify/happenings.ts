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

/**
 * SQL that stores which articles of a save become public for the first time, and which public ones are corrected
 * or withdrawn. ?1 is a JSON list of the articles. If nobody was told of an article (`news`), nobody is told that it was
 * withdrawn. Nobody is told again of one of the last corrections. The statement must run before the articles
 * are written. An article that was public before, and came back, is told to nobody.
 */
export const tellOfSave = storing(`SELECT ${given('tells')} || '/' || (${given('id')}) AS event
  FROM json_each(?1) AS incoming LEFT JOIN article ON article.id = ${given('id')}
  WHERE CASE ${given('tells')} WHEN 'published' THEN coalesce(article.was_shown, 0) = 0
    WHEN 'corrected' THEN article.shown = 1 AND NOT ${wasTold('article.corrected', given('corrected'))}
    WHEN 'withdrawn' THEN article.shown = 1 AND article.news IS NOT NULL END`)

/**
 * Returns SQL that stores which of the articles with these numbers become public by the passage of time, and which end to be so. The
 * statement must run before the articles are changed. `visible` is SQL for whether an article is public now.
 */
export const tellOfRelease = (numbers: string, visible: string): string =>
  storing(`SELECT iif(${visible} = 1, 'published/', 'withdrawn/') || id AS event FROM article
  WHERE number IN (${numbers})
    AND iif(${visible} = 1, was_shown = 0 AND quiet = 0, shown = 1 AND news IS NOT NULL)`)
