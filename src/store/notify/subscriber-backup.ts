import type { Clock } from '../../domain/ports.ts'
import {
  type BadSubscriber,
  isLine,
  maxSubscriberLines,
  parseSubscriberLine,
  type SubscriberBackups,
  type SubscriberLine,
} from '../../domain/subscriber-line.ts'
import { rowsOf } from '../hub/rows.ts'
import { numberWith } from './lookup.ts'
import { presentPath } from './renamed.ts'
import { endSql, type Run } from './subscribers.ts'

const choices = `(SELECT json_group_array(json_object('selection', selection, 'article', article, 'schedule', schedule,
    'since', since, 'told', told,
    'rests', json(rests)))
  FROM (SELECT *, (SELECT nullif(json_group_array(json_object('schedule', rest.schedule, 'after', after, 'until', until)), '[]')
      FROM rest WHERE rest.subscriber = choice.subscriber AND rest.selection = choice.selection AND choice.article = '') AS rests
    FROM choice WHERE choice.subscriber = subscriber.number ORDER BY selection, article))`

interface Row {
  number: number
  state: string
  keys: string | null
  proof: string | null
  former: string | null
  choices: string
}

/** SQL for whether the address of a line in `given` was erased after it was confirmed. */
const isErased = `EXISTS (SELECT 1 FROM erased
  WHERE erased.hash = given.value ->> 'addressHash' AND erased.at > given.value ->> 'confirmed')`

/** Names a column that has the same name as the field of the line. */
const field = (name: string): string => `given.value ->> '${name}'`

/**
 * SQL that adds the subscribers in ?1. Until the choices are added too, \`ended\` of a new subscriber is -1, which tells it from those
 * that the store had before.
 */
const adding = `INSERT INTO subscriber (id, version, channel, address, address_hash, keys, language, state, created, confirmed, proof,
    told, former, paused, joined, ended)
  SELECT ${['id', 'version', 'channel', 'address', 'addressHash'].map(field).join(', ')}, given.value -> 'keys',
    ${['language', 'state', 'created'].map(field).join(', ')}, coalesce(${field('confirmed')}, 0), given.value -> 'proof',
    ${field('told')}, given.value -> 'former', ${field('paused')}, ${field('joined')}, coalesce(${field('ended')}, -1)
  FROM json_each(?1) AS given WHERE NOT ${isErased} AND ${numberWith(field('address'))} IS NULL
  ON CONFLICT DO NOTHING RETURNING id`

/** SQL that adds the choices of the new subscribers in ?1 at the instant ?2. */
const choosing = `INSERT INTO choice (subscriber, selection, article, schedule, since, told)
  SELECT subscriber.number, ${presentPath("chosen.value ->> 'selection'")}, coalesce(chosen.value ->> 'article', ''), chosen.value ->> 'schedule',
    chosen.value ->> 'since', CASE chosen.value ->> 'schedule' WHEN 'now' THEN NULL
      ELSE max(coalesce(chosen.value ->> 'told', 0), ?2 - iif(chosen.value ->> 'schedule' = 'daily', 1, 7) * 86400000) END
  FROM json_each(?1) AS given CROSS JOIN subscriber ON subscriber.id = ${field('id')} AND subscriber.ended = -1
    CROSS JOIN json_each(given.value -> 'choices') AS chosen
  WHERE true ON CONFLICT DO NOTHING`

/** SQL that adds what digests have yet to tell of the choices of the new subscribers in ?1, at most that of one period before ?2. */
const resting = `INSERT INTO rest (subscriber, selection, until, schedule, after)
  SELECT number, selection, until, schedule, max(after, earliest) FROM (
    SELECT subscriber.number, ${presentPath("chosen.value ->> 'selection'")} AS selection, one.value ->> 'until' AS until,
      one.value ->> 'schedule' AS schedule, one.value ->> 'after' AS after,
      ?2 - iif(one.value ->> 'schedule' = 'daily', 1, 7) * 86400000 AS earliest
    FROM json_each(?1) AS given CROSS JOIN subscriber ON subscriber.id = ${field('id')} AND subscriber.ended = -1
      CROSS JOIN json_each(given.value -> 'choices') AS chosen CROSS JOIN json_each(chosen.value, '$.rests') AS one)
  WHERE until > max(after, earliest) ON CONFLICT DO NOTHING`

/** The part of the store that concerns backups of the subscribers. */
export function subscriberBackupsOn(database: D1Database, clock: Clock): SubscriberBackups {
  const run: Run = (sql, ...values) => database.prepare(sql).bind(...values)
  return {
    async exportSubscribers(after) {
      const { results } = await run(
        `SELECT number, id, version, channel, address, address_hash AS addressHash, keys, language, state, created, confirmed,
           proof, told, former, paused, joined, ended, ${choices} AS choices
         FROM subscriber WHERE number > ?1 ORDER BY number LIMIT ${maxSubscriberLines}`,
        after,
      ).all<Row & Record<string, unknown>>()
      const subscribers: SubscriberLine[] = []
      const bad: BadSubscriber[] = []
      for (const row of results) {
        const line = parseSubscriberLine(lineOf(row))
        if (isLine(line)) subscribers.push(line)
        else bad.push({ number: row.number, ...line })
      }
      const next = results.length === maxSubscriberLines && results.at(-1)?.number
      return { subscribers, bad, ...(next && { next }) }
    },

    async restoreSubscribers(lines) {
      const list = JSON.stringify(lines)
      const [added, , , , , erased] = await database.batch([
        run(adding, list),
        run(choosing, list, clock()),
        run(resting, list, clock()),
        run(
          `UPDATE subscriber SET ended = NULL
           WHERE id IN (SELECT given.value ->> 'id' FROM json_each(?1) AS given) AND ended = -1`,
          list,
        ),
        // The comments may be deleted whose replies were chosen.
        run(
          endSql(
            `id IN (SELECT given.value ->> 'id' FROM json_each(?1) AS given WHERE json_array_length(given.value, '$.choices') > 0)
          AND state <> 'ended' AND NOT EXISTS (SELECT 1 FROM choice WHERE choice.subscriber = subscriber.number)`,
            clock(),
          ),
          list,
        ),
        run(`SELECT count(*) AS erased FROM json_each(?1) AS given WHERE ${isErased}`, list),
      ])
      const restored = rowsOf(added).length
      const count = rowsOf<{ erased: number }>(erased)[0]?.erased ?? 0
      return { restored, erased: count, unchanged: lines.length - restored - count }
    },
  }
}

/** Makes a line of a row. What is no JSON stays a text, so that the rules of a line refuse it. */
function lineOf(row: Row & Record<string, unknown>): Record<string, unknown> {
  const { number: _, ...columns } = row
  const parsed = {
    ...columns,
    keys: jsonIn(row.keys),
    proof: jsonIn(row.proof),
    former: jsonIn(row.former),
    choices: choicesIn(row.choices),
  }
  return withoutNulls(
    row.state === 'ended'
      ? { ...parsed, choices: null, proof: null, former: null, paused: null }
      : { ...parsed, joined: null, ended: null },
  )
}

function choicesIn(text: string): unknown {
  const list = jsonIn(text)
  if (!Array.isArray(list)) return list
  return list.map(({ article, ...choice }) =>
    withoutNulls({ ...choice, article: article === '' ? null : article }),
  )
}

function jsonIn(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text)
  } catch {
    return text
  }
}

const withoutNulls = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
