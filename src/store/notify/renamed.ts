/** SQL for the present path of a selection that was renamed since it was chosen; `path` is SQL for the path that was chosen. */
export const presentPath = (path: string): string =>
  `coalesce((SELECT target FROM redirect WHERE redirect.path = ${path}
    AND NOT EXISTS (SELECT 1 FROM selection AS anew WHERE anew.path = redirect.path)), ${path})`

/**
 * The statements that give who has chosen a selection a choice of the selection that it becomes, because a rename saves the articles
 * before it moves the choices.
 */
export const copyChoices = (database: D1Database, from: string, to: string): D1PreparedStatement[] =>
  [
    `INSERT INTO choice (subscriber, selection, article, schedule, since, told, at_once_until)
       SELECT subscriber, ?2, article, schedule, since, told, at_once_until FROM choice WHERE selection = ?1 ON CONFLICT DO NOTHING`,
    `INSERT INTO rest (subscriber, selection, until, schedule, after)
       SELECT subscriber, ?2, until, schedule, after FROM rest WHERE selection = ?1 ON CONFLICT DO NOTHING`,
  ].map((sql) => database.prepare(sql).bind(from, to))

/** SQL for how often a choice is told: the larger, the more often. */
const often = (choice: string): string =>
  `CASE ${choice}.schedule WHEN 'now' THEN 3 WHEN 'daily' THEN 2 ELSE 1 END`

/**
 * The statements that give the choices of a selection its new path. Who has chosen both selections that become one is told of it in the
 * rhythm of the more frequent choice, from the earlier one's beginning. What was told of the one choice is not told again because of
 * the other.
 */
export function renameChoices(database: D1Database, from: string, to: string): D1PreparedStatement[] {
  const run = (sql: string) => database.prepare(sql).bind(from, to)
  return [
    run(
      `UPDATE choice SET schedule = iif(${often('other')} > ${often('choice')}, other.schedule, choice.schedule),
         since = min(choice.since, other.since),
         told = nullif(max(coalesce(choice.told, 0), coalesce(other.told, 0), max(choice.since, other.since)), 0),
         at_once_until = nullif(max(coalesce(choice.at_once_until, 0), coalesce(other.at_once_until, 0)), 0)
       FROM choice AS other
       WHERE choice.selection = ?2 AND other.selection = ?1 AND other.subscriber = choice.subscriber
         AND other.article = choice.article`,
    ),
    run(
      `DELETE FROM choice WHERE selection = ?1 AND EXISTS (SELECT 1 FROM choice AS kept
         WHERE kept.selection = ?2 AND kept.subscriber = choice.subscriber AND kept.article = choice.article)`,
    ),
    run(
      `DELETE FROM rest WHERE selection = ?1 AND EXISTS (SELECT 1 FROM choice AS kept
         WHERE kept.selection = ?2 AND kept.subscriber = rest.subscriber AND kept.article = '')`,
    ),
    run('UPDATE choice SET selection = ?2 WHERE selection = ?1'),
    run('UPDATE OR IGNORE rest SET selection = ?2 WHERE selection = ?1'),
  ]
}
