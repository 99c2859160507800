import { siteRevision } from '../revisions.ts'

/** SQL for whether anybody is told of anything, so that a save without subscribers stores no effect. */
const hasChoices = 'EXISTS (SELECT 1 FROM choice)'

const storing = (events: string): string => `INSERT INTO effect (effect, revision, paths)
  SELECT 'notify', ${siteRevision}, json_group_array(event) FROM (${events}) WHERE ${hasChoices} HAVING count(*) > 0`

const given = (name: string): string => `incoming.value ->> '${name}'`

/**
 * SQL that stores which articles of a save become public for the first time, and which public ones are corrected
 * or withdrawn. ?1 is a JSON list of the articles. If nobody was told of an article (`news`), nobody is told that it was
 * withdrawn. Nobody is told again of the correction of which people were told last. The statement must run before the articles
 * are written. An article that was public before, and came back, is told to nobody.
 */
export const tellOfSave = storing(`SELECT ${given('tells')} || '/' || (${given('id')}) AS event
  FROM json_each(?1) AS incoming LEFT JOIN article ON article.id = ${given('id')}
  WHERE CASE ${given('tells')} WHEN 'published' THEN coalesce(article.was_shown, 0) = 0
    WHEN 'corrected' THEN article.shown = 1 AND ${given('corrected')} IS NOT article.corrected
    WHEN 'withdrawn' THEN article.shown = 1 AND article.news IS NOT NULL END`)

/**
 * Returns SQL that stores which of the articles with these numbers become public by the passage of time, and which end to be so. The
 * statement must run before the articles are changed. `visible` is SQL for whether an article is public now.
 */
export const tellOfRelease = (numbers: string, visible: string): string =>
  storing(`SELECT iif(${visible} = 1, 'published/', 'withdrawn/') || id AS event FROM article
  WHERE number IN (${numbers})
    AND iif(${visible} = 1, was_shown = 0 AND quiet = 0, shown = 1 AND news IS NOT NULL)`)
