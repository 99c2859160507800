import type { Choice } from '../../domain/notify.ts'
import type { NotifyStore } from '../../domain/notify-store.ts'
import type { Clock } from '../../domain/ports.ts'
import { lastSave } from '../revisions.ts'
import { settleStatements } from './notifications.ts'
import { presentPath } from './renamed.ts'
import { covered } from './rests.ts'
import type { Run } from './subscribers.ts'

/** SQL for the present path of a selection in `given`. */
const selection = presentPath("given.value ->> 'selection'")

/** Choices as the JSON list that the statements of this file bind. */
export const listOfChoices = (choices: readonly Choice[]): string =>
  JSON.stringify(choices.map(({ selection, article = '', schedule }) => ({ selection, article, schedule })))

/** SQL for a choice of a subscriber that ?1 contains too. */
const chosenAgain = `json_each(?1) AS given, subscriber JOIN choice ON choice.subscriber = subscriber.number
  AND choice.selection = ${selection} AND choice.article = given.value ->> 'article'`

/** SQL for the end of what is owed in the way that a choice has until now: the last save, as a later one may have read an earlier time. */
const until = lastSave('?2')

/** SQL that keeps what waits for the digests of choices that are told at once from the instant ?2 on. */
const keepRests = (
  isMeant: string,
): string => `INSERT INTO rest (subscriber, selection, until, schedule, after)
  SELECT choice.subscriber, choice.selection, ${until}, choice.schedule, ${covered} FROM ${chosenAgain}
  WHERE ${isMeant} AND choice.schedule <> 'now' AND given.value ->> 'schedule' = 'now' AND ${covered} < ${until}
  ON CONFLICT DO NOTHING`

/**
 * SQL that gives the choices ?1 to a subscriber at the instant ?2. A choice that there is already keeps its `since`. If it changes
 * between digests and "at once", all until ?2 is owed in the former way, and what comes then in the new one.
 */
const addChoices = (
  isMeant: string,
): string => `INSERT INTO choice (subscriber, selection, article, schedule, since)
  SELECT subscriber.number, ${selection}, given.value ->> 'article', given.value ->> 'schedule', ?2
  FROM json_each(?1) AS given, subscriber WHERE ${isMeant}
  ON CONFLICT (selection, article, subscriber) DO UPDATE SET
    told = iif((schedule = 'now') = (excluded.schedule = 'now'), told, ${until}),
    at_once_until = iif(schedule = 'now' AND excluded.schedule <> 'now', ?2, at_once_until),
    schedule = excluded.schedule`

/**
 * SQL that begins a last digest of what waits for the digests of choices that are told at once from the instant ?2 on. What becomes
 * of it, the next regular digest has what it has not told.
 */
const oweLastDigests = (
  isMeant: string,
): string => `INSERT INTO notification (subscriber, event, channel, since)
  SELECT DISTINCT subscriber.number, 'digest/' || rest.schedule || '/' || CAST(?2 AS INTEGER), subscriber.channel, ?2
  FROM subscriber JOIN rest ON rest.subscriber = subscriber.number
  WHERE ${isMeant} AND subscriber.state = 'active' AND rest.until = ${until}
  ON CONFLICT (event, subscriber) DO NOTHING`

/**
 * The statements that give choices to the subscriber of an SQL condition, in which ?3 is `meant`. What saves have changed before is
 * settled first, by the schedules that the choices have until now.
 */
export const chooseStatements = (
  run: Run,
  isMeant: string,
  choices: readonly Choice[],
  { now, meant }: { now: number; meant: string | number },
): D1PreparedStatement[] => [
  ...settleStatements(run, now),
  ...[keepRests, addChoices, oweLastDigests].map((sql) =>
    run(sql(isMeant), listOfChoices(choices), now, meant),
  ),
]

/** The part of the store that concerns the choices of one subscriber. */
export function choicesOn(database: D1Database, clock: Clock): Pick<NotifyStore, 'choose'> {
  const run: Run = (sql, ...values) => database.prepare(sql).bind(...values)
  return {
    async choose(number, choices) {
      const list = listOfChoices(choices)
      const kept = `(SELECT ${selection}, value ->> 'article' FROM json_each(?1) AS given)`
      await database.batch([
        ...chooseStatements(run, 'subscriber.number = ?3', choices, { now: clock(), meant: number }),
        run(`DELETE FROM choice WHERE subscriber = ?2 AND (selection, article) NOT IN ${kept}`, list, number),
        run(
          `DELETE FROM rest WHERE subscriber = ?2 AND selection NOT IN (SELECT ${selection} FROM json_each(?1) AS given)`,
          ...[list, number],
        ),
      ])
    },
  }
}
