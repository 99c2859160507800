import { ruleActor } from '../../domain/comment.ts'
import {
  type CommenterBackups,
  type CommenterLine,
  isCommenterLine,
  maxCommenterLines,
  parseCommenterLine,
} from '../../domain/commenter-line.ts'
import type { Clock } from '../../domain/ports.ts'
import { decideComments } from './decide.ts'
import { erasedAt } from './erased.ts'

/** The tables with addresses, in the order in which they are listed; a position has the name of one, and a number. */
const listed = ['comment', 'comment_event'] as const

/** SQL for the rows with an address after the number ?1. */
const withAddress: Readonly<Record<(typeof listed)[number], string>> = {
  comment: `SELECT number, 'commenter' AS kind, id AS comment, NULL AS at, email AS address, email_hash AS hash FROM comment
    WHERE number > ?1 AND email IS NOT NULL ORDER BY number LIMIT ${maxCommenterLines}`,
  comment_event: `SELECT number, 'reporter' AS kind, (SELECT id FROM comment WHERE comment.number = comment_event.comment) AS comment,
      at, email AS address, email_hash AS hash FROM comment_event
    WHERE number > ?1 AND email IS NOT NULL ORDER BY number LIMIT ${maxCommenterLines}`,
}

const given = (name: string): string => `given.value ->> '${name}'`

/** SQL condition on an address in ?1: the person was erased after an instant. */
const isErased = (instant: string): string => `${erasedAt([given('hash')], instant)} IS NOT NULL`

/** SQL for the comments of people in ?1 who were erased since they wrote. */
const ofErased = `SELECT comment.id FROM json_each(?1) AS given CROSS JOIN comment ON comment.id = ${given('comment')}
  WHERE ${given('kind')} = 'commenter' AND comment.state <> 'deleted' AND ${isErased('comment.written')}`

/** SQL that gives the comments in ?1 their addresses. */
const ofComments = `UPDATE comment SET email = ${given('address')}, email_hash = ${given('hash')} FROM json_each(?1) AS given
  WHERE comment.id = ${given('comment')} AND ${given('kind')} = 'commenter' AND comment.email IS NULL AND comment.state <> 'deleted'
    AND NOT (${isErased('comment.written')})
  RETURNING comment.number`

/** SQL that gives the reports in ?1 their addresses. */
const ofReports = `UPDATE comment_event SET email = found.address, email_hash = found.hash FROM (
    SELECT event.number, ${given('address')} AS address, ${given('hash')} AS hash FROM json_each(?1) AS given
      CROSS JOIN comment ON comment.id = ${given('comment')} AND comment.state <> 'deleted'
      CROSS JOIN comment_event AS event INDEXED BY comment_history ON event.comment = comment.number
    WHERE ${given('kind')} = 'reporter' AND event.at = ${given('at')} AND event.kind = 'reported' AND event.email IS NULL
      AND event.text IS NOT NULL AND NOT (${isErased('event.at')}) LIMIT ${maxCommenterLines}) AS found
  WHERE comment_event.number = found.number RETURNING comment_event.number`

/** The part of the store of comments that concerns the addresses in a backup. */
export const commenterBackupsOn = (database: D1Database, clock: Clock): CommenterBackups => ({
  async exportCommenters(after) {
    const [, name = 'comment', number = '0'] = /^(\w+) (\d+)$/.exec(after) ?? []
    const table = listed.find((one) => one === name) ?? 'comment'
    const { results } = await database
      .prepare(withAddress[table])
      .bind(Number(number))
      .all<Record<string, unknown> & { number: number }>()
    const commenters = results.flatMap((row): CommenterLine[] => {
      const line = parseCommenterLine(
        Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)),
      )
      return isCommenterLine(line) ? [line] : []
    })
    const last = results.length === maxCommenterLines ? results.at(-1)?.number : undefined
    if (last !== undefined) return { commenters, next: `${table} ${last}` }
    return { commenters, ...(table === 'comment' && { next: 'comment_event 0' }) }
  },

  async restoreCommenters(lines) {
    const list = JSON.stringify(lines)
    // Only the address tells whose comments these are.
    const { results: erased } = await database.prepare(ofErased).bind(list).all<{ id: string }>()
    const ids = erased.map(({ id }) => id)
    if (ids.length > 0) await decideComments(database, ids, 'deleted', clock(), { actor: ruleActor })
    const results = await database.batch(
      [ofComments, ofReports].map((sql) => database.prepare(sql).bind(list)),
    )
    const restored = results.reduce((sum, one) => sum + one.results.length, 0)
    return { restored, unchanged: Math.max(0, lines.length - restored) }
  },
})
