import type { FurtherData, NotifyStore } from '../../domain/notify-store.ts'
import { rowsOf } from '../hub/rows.ts'
import { choicesIn, type SubscriberRow, subscriberColumns, subscriberIn } from './subscriber-row.ts'

/**
 * SQL for the number of the subscriber that has an e-mail address in whatever letter case; `given` is SQL for the address. If there
 * are two, of an earlier version, it is the one with the same letters, else the first. The plus sign keeps SQLite from the index of
 * all e-mail addresses.
 */
export const numberWith = (given: string): string => `(SELECT number FROM subscriber AS same
  WHERE same.address = ${given} COLLATE NOCASE AND same.address IS NOT NULL AND +same.channel = 'email'
  ORDER BY same.address <> ${given}, number LIMIT 1)`

type SubscriberData = Pick<FurtherData, 'confirmed' | 'failures' | 'formerAddresses'> & {
  failure: string | null
  paused: number | null
  refused: number | null
}

type RequestRow = Omit<FurtherData['requests'][number], 'choices' | 'isDone'> & {
  choices: string
  done: number
}

/** The part of the store that finds one subscriber, and what is stored about it. */
export function lookupOn(database: D1Database): Pick<NotifyStore, 'find' | 'known' | 'furtherData'> {
  const subscriberWith = async (isMeant: string, ...values: unknown[]) => {
    const row = await database
      .prepare(`SELECT ${subscriberColumns} FROM subscriber WHERE ${isMeant}`)
      .bind(...values)
      .first<SubscriberRow & Record<string, unknown>>()
    return row ? subscriberIn(row) : undefined
  }
  return {
    find: (id) => subscriberWith('id = ?1', id),

    async known(channel, address) {
      const isMeant =
        channel === 'email' ? `number = ${numberWith('?1')}` : `channel = 'webpush' AND address = ?1`
      const found = await subscriberWith(isMeant, address)
      return found?.state === 'ended' ? undefined : found
    },

    async furtherData(number) {
      const run = (sql: string) => database.prepare(sql).bind(number)
      const [row, digests, waiting, shown, told, requests] = await database.batch([
        run(
          `SELECT confirmed, failures, failure, paused, iif(failures > 0, refused, NULL) AS refused,
             json_array_length(coalesce(former, '[]')) AS formerAddresses FROM subscriber WHERE number = ?1`,
        ),
        run(
          "SELECT selection, article, told FROM choice WHERE subscriber = ?1 AND told IS NOT NULL AND schedule <> 'now'",
        ),
        run('SELECT event, since FROM notification WHERE subscriber = ?1 ORDER BY since, event'),
        run('SELECT article, at FROM shown_article WHERE subscriber = ?1 ORDER BY at, article'),
        run('SELECT article, at FROM told_article WHERE subscriber = ?1 ORDER BY at, article'),
        run(
          `SELECT address, language, choices, words, asked, done FROM opt_in WHERE address <> '' AND number IN (
             SELECT number FROM opt_in WHERE subscriber = ?1
             UNION SELECT opt_in.number FROM subscriber JOIN opt_in ON opt_in.address_hash = subscriber.address_hash
             WHERE subscriber.number = ?1)
           ORDER BY asked`,
        ),
      ])
      const [found] = rowsOf<SubscriberData>(row)
      if (!found) return undefined
      const { failure, paused, refused, ...counted } = found
      return {
        ...counted,
        ...(failure !== null && { failure }),
        ...(paused !== null && { paused }),
        ...(refused !== null && { refused }),
        digests: rowsOf<FurtherData['digests'][number]>(digests),
        waiting: rowsOf<FurtherData['waiting'][number]>(waiting),
        articlesShown: rowsOf<FurtherData['articlesShown'][number]>(shown),
        articlesTold: rowsOf<FurtherData['articlesTold'][number]>(told),
        requests: rowsOf<RequestRow>(requests).map(({ choices, done, ...request }) => ({
          ...request,
          choices: choicesIn(choices),
          isDone: done === 1,
        })),
      }
    },
  }
}
