import type { Claim } from '../domain/name.ts'
import { articlesOfArchive, revisedAs } from './archives.ts'
import { nextChange } from './columns.ts'
import { savedSql } from './effects.ts'
import { claimStatements } from './names.ts'
import { renameChoices } from './notify/renamed.ts'
import { listTombstones } from './tombstones.ts'

/**
 * Returns the statements that move a selection to another path and title. The caller must already have saved
 * every article of the selection under the new name; the statements abort if a public article is still in the
 * selection under its old path, or if another save has made `claims` impossible. `next` is the next whole second after
 * `now`, in epoch milliseconds.
 */
export function renameStatements(
  database: D1Database,
  { from, to, title, claims }: { from: string; to: string; title: string; claims: readonly Claim[] },
  now: number,
  next: number,
): D1PreparedStatement[] {
  const run = (sql: string, ...values: unknown[]) => database.prepare(sql).bind(...values)
  const moves =
    from === to
      ? []
      : [
          run(
            `INSERT INTO refusal (reason) SELECT 'conflict' WHERE EXISTS
               (SELECT 1 FROM membership WHERE selection = ?1)`,
            from,
          ),
          run('UPDATE OR REPLACE tombstone SET selection = ?2 WHERE selection = ?1', from, to),
          run('UPDATE OR REPLACE schedule SET selection = ?2 WHERE selection = ?1', from, to),
          run('UPDATE redirect SET target = ?2 WHERE target = ?1', from, to),
          run(
            'INSERT INTO redirect (path, target) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET target = ?2',
            from,
            to,
          ),
          ...renameChoices(database, from, to),
          run('DELETE FROM selection WHERE path = ?1', from),
          run(
            `DELETE FROM place WHERE selection = ?1 AND article IN
               (SELECT listed.value FROM archive, json_each(${articlesOfArchive}) AS listed
                WHERE archive.selection = ?1)`,
            from,
          ),
          run('DELETE FROM archive WHERE selection = ?1', from),
        ]
  return [
    ...claimStatements(database, claims),
    run('UPDATE site SET revision = max(revision + 1, ?1)', now),
    ...moves,
    run('DELETE FROM redirect WHERE path = ?1', to),
    run(
      `INSERT INTO selection (path, title, revision, revised, departed)
       SELECT ?1, ?2, revision, ?3, revision FROM site WHERE true
       ON CONFLICT (path) DO UPDATE SET title = excluded.title, revision = excluded.revision,
         revised = ${revisedAs('?3', { column: 'selection.revised' })}`,
      to,
      title,
      next,
    ),
    run(
      `UPDATE archive SET revision = (SELECT revision FROM site), revised = ${revisedAs('?2')}
       WHERE selection = ?1`,
      to,
      next,
    ),
    // The list of all selections (`/feeds`) shows the new name, so its ETag must change. That ETag contains the
    // revision of the selection of all articles. This statement gives the selection of all articles a new revision.
    run(
      `UPDATE selection SET revision = (SELECT revision FROM site), revised = ${revisedAs('?1')}
       WHERE path = ''`,
      next,
    ),
    run(`UPDATE selection SET due = ${nextChange} WHERE path = ?1`, to),
    run(listTombstones),
    run(savedSql),
  ]
}
