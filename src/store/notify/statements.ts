import type { NotifyStore } from '../../domain/notify-store.ts'
import type { Clock } from '../../domain/ports.ts'
import {
  type DecisionReason,
  decisionReasons,
  type Statement,
  statementMilliseconds,
} from '../../domain/statement.ts'
import { isHeld } from './holds.ts'
import type { Run } from './subscribers.ts'

/** Milliseconds for which a job has claimed statements: longer than it needs for all of them. */
const claimMilliseconds = 600_000

type Row = Omit<Statement, 'reason' | 'explanation'> & { reason: string | null; explanation: string }

/** The part of the store that concerns the statements of reasons that wait to be sent. */
export function statementsOn(
  database: D1Database,
  clock: Clock,
): Pick<NotifyStore, 'claimStatements' | 'isStatementWaiting' | 'recordStatement'> {
  const run: Run = (sql, ...values) => database.prepare(sql).bind(...values)
  return {
    async claimStatements(limit) {
      const now = clock()
      const { results } = await run(
        `UPDATE statement SET next = ?1 + ${claimMilliseconds}, attempts = attempts + 1
         WHERE number IN (SELECT number FROM statement WHERE next <= ?1 AND at > ?2 AND NOT ${isHeld("'email'", '?1')}
           ORDER BY next LIMIT ?3)
         RETURNING number, address, language, decision, reason, explanation, text, title, written, at, attempts`,
        ...[now, now - statementMilliseconds, limit],
      ).all<Row & Record<string, unknown>>()
      return results
        .toSorted((one, other) => one.number - other.number)
        .map(({ reason, explanation, ...row }): Statement => {
          const known = decisionReasons.find((one): one is DecisionReason => one === reason)
          return { ...row, ...(known && { reason: known }), explanation }
        })
    },

    async isStatementWaiting({ number, at }) {
      return (await run('SELECT 1 FROM statement WHERE number = ?1 AND at = ?2', number, at).first()) !== null
    },

    async recordStatement({ number, at }, next) {
      await (next === undefined
        ? run('DELETE FROM statement WHERE number = ?1 AND at = ?2', number, at)
        : run('UPDATE statement SET next = ?3 WHERE number = ?1 AND at = ?2', number, at, next)
      ).run()
    },
  }
}
