import type { Unconfirmed } from '../../domain/subscription.ts'

/** How many topics and hosts with failed verifications are kept, because anybody can cause such failures. */
const maxFailures = 100

/** Milliseconds for which a failed verification is kept after the last failure of the same topic and host. */
export const failureMilliseconds = 86_400_000

/** Returns the statements that keep a failed verification, and delete the oldest ones if there are too many. */
export function keepFailure(
  run: (sql: string, ...values: unknown[]) => D1PreparedStatement,
  { topic, host, mode, reason }: Unconfirmed,
  now: number,
): D1PreparedStatement[] {
  return [
    run(
      `INSERT INTO failed_verification (topic, host, mode, reason, failures, at) VALUES (?1, ?2, ?3, ?4, 1, ?5)
       ON CONFLICT (topic, host) DO UPDATE SET mode = excluded.mode, reason = excluded.reason,
         failures = failures + 1, at = excluded.at`,
      ...[topic, host, mode, reason, now],
    ),
    run(
      `DELETE FROM failed_verification WHERE at <=
         (SELECT at FROM failed_verification ORDER BY at DESC LIMIT 1 OFFSET ${maxFailures})`,
    ),
  ]
}

/** SQL that reads the failed verifications, the newest first. */
export const readFailures =
  'SELECT topic, host, mode, reason, failures, at FROM failed_verification ORDER BY at DESC'
