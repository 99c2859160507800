import type { Correction, Finding } from '../../domain/doctor.ts'
import { rfc3339 } from '../../domain/instant.ts'
import { corrections, newComments, newReplies } from '../../domain/notify.ts'
import { type Examined, fixIt, lateMilliseconds, rowRemedy } from '../check.ts'
import {
  brokenRules,
  type ExaminedTable,
  type Found,
  isAnyBroken,
  maxFindings,
  reasonsIn,
} from '../column-rules.ts'
import { listOr } from '../columns.ts'
import { isOfService, maxAheadMilliseconds } from './holds.ts'
import { eraseStatements, optInLifetimeMilliseconds } from './subscribers.ts'

/** SQL for whether a text is other than `length` signs of base64url. */
const isOtherThanSigns = (column: string, length: number): string =>
  `length(${column}) <> ${length} OR ${column} GLOB '*[^A-Za-z0-9_-]*'`

/** SQL for the type of a member of a JSON text; null if the text is no JSON. */
const typeIn = (column: string, member: string): string =>
  `CASE WHEN json_valid(${column}) THEN json_type(${column}, '$.${member}') END`

const isLiving = 'address IS NOT NULL'

/** The columns of the tables of people that `npx kiosque doctor` examines. No address is in a finding. */
export const notifyTables: readonly ExaminedTable[] = [
  {
    table: 'subscriber',
    id: 'number',
    rules: [
      { column: 'id', isBad: isOtherThanSigns('id', 22), must: 'must be 22 signs of base64url' },
      { column: 'version', isBad: 'version < 1', must: 'must be at least 1' },
      {
        column: 'address',
        isBad: `channel = 'email' AND address NOT LIKE '%_@_%' OR channel = 'webpush' AND address NOT GLOB 'http*://?*'`,
        must: 'must be an e-mail address, or the address of a push endpoint',
      },
      {
        column: 'address_hash',
        isBad: `(address_hash IS NULL) = (${isLiving}) OR ${isOtherThanSigns('address_hash', 43)}`,
        must: 'must be 43 signs of base64url, and null if the subscriber has ended',
      },
      {
        column: 'keys',
        isBad: `iif(channel = 'webpush' AND ${isLiving},
          ${['p256dh', 'auth', 'server'].map((key) => `coalesce(${typeIn('keys', key)}, '') <> 'text'`).join(' OR ')}, keys IS NOT NULL)`,
        must: 'must be the keys `p256dh`, `auth` and `server` of a browser, and otherwise null',
      },
      {
        column: 'proof',
        isBad: `iif(${isLiving}, coalesce(${typeIn('proof', 'at')}, '') <> 'integer' OR coalesce(${typeIn('proof', 'words')}, '') <> 'text'
          OR coalesce(${typeIn('proof', 'later')}, 'array') <> 'array',
          proof IS NOT NULL)`,
        must: 'must be an object with `at` and `words`, and perhaps a list `later`, and null if the subscriber has ended',
      },
      {
        column: 'former',
        isBad: `former IS NOT NULL AND (NOT (${isLiving}) OR json_type(former) <> 'array')`,
        must: 'must be a list of the former addresses, or null',
      },
      {
        column: 'shown',
        isBad: `shown IS NOT NULL AND (NOT (${isLiving}) OR json_type(shown) <> 'object')`,
        must: 'must be an object of the last digests, or null',
      },
      {
        column: 'joined',
        isBad: `joined IS NOT NULL AND (${isLiving} OR ${isOtherThanSigns('joined', 22)})`,
        must: 'must be 22 signs of base64url after an end, or null',
      },
      {
        column: 'ended',
        isBad: `(state = 'ended') = (ended IS NULL)`,
        must: 'must be an instant after the end',
      },
    ],
  },
  {
    table: 'choice',
    id: `subscriber || ' ' || selection`,
    rules: [
      {
        column: 'article',
        isBad: `(selection IN ('${corrections}', '${newComments}', '${newReplies}')) = (article = '')`,
        must: `must be the id of an article or of a comment if the selection is \`${corrections}\`, \`${newComments}\` or \`${newReplies}\`, and empty otherwise`,
      },
    ],
  },
  {
    table: 'rest',
    id: `subscriber || ' ' || selection`,
    rules: [{ column: 'after', isBad: 'after >= until', must: 'must be before `until`' }],
  },
  {
    table: 'opt_in',
    id: 'number',
    rules: [
      {
        column: 'choices',
        isBad: `${listOr('choices', 'NULL')} IS NULL`,
        must: 'must be a JSON list',
      },
      { column: 'address_hash', isBad: `address_hash = ''`, must: 'must be a hash' },
    ],
  },
  {
    table: 'notification',
    id: `subscriber || ' ' || event`,
    rules: [
      {
        column: 'event',
        isBad: `event NOT GLOB 'published/?*' AND event NOT GLOB 'corrected/?*' AND event NOT GLOB 'withdrawn/?*'
          AND event NOT GLOB 'discussed/?*'
          AND event NOT GLOB 'digest/daily/[0-9]*' AND event NOT GLOB 'digest/weekly/[0-9]*'
          AND event NOT IN ('replaced/daily', 'replaced/weekly')`,
        must: 'must be the name of an event',
      },
    ],
  },
  {
    table: 'capped',
    id: 'hour',
    rules: [{ column: 'requests', isBad: 'requests < 1', must: 'must be at least 1' }],
  },
  {
    table: 'erased',
    id: 'hash',
    rules: [{ column: 'hash', isBad: isOtherThanSigns('hash', 43), must: 'must be 43 signs of base64url' }],
  },
]

/** SQL for whether the address of a subscriber was erased after it was confirmed. */
const isErased = `EXISTS (SELECT 1 FROM erased
  WHERE erased.hash = subscriber.address_hash AND erased.at > subscriber.confirmed)`

/** The tables whose rows belong to a subscriber, with SQL that names a row. */
const owned = [
  ['choice', `subscriber || ' ' || selection`],
  ['rest', `subscriber || ' ' || selection`],
  ['notification', `subscriber || ' ' || event`],
  ['shown_article', `subscriber || ' ' || article`],
  ['told_article', `subscriber || ' ' || article`],
] as const

/** SQL for whether a row of such a table belongs to nobody. */
const isOrphan = (table: string): string => `NOT EXISTS (SELECT 1 FROM subscriber
  WHERE subscriber.number = ${table}.subscriber AND subscriber.state <> 'ended')`

/** The columns whose value is at most eight days ahead unless a clock was wrong. */
const future = [
  ['digest', `schedule || ' ' || until`, 'until'],
  ['hold', 'channel', 'until'],
  ['erased', 'hash', 'at'],
  ['capped', 'hour', 'hour'],
  ['notification', `subscriber || ' ' || event`, 'next'],
  ['notification', `subscriber || ' ' || event`, 'claimed'],
  ['subscriber', 'number', 'confirmed'],
  ['shown_article', `subscriber || ' ' || article`, 'at'],
  ['told_article', `subscriber || ' ' || article`, 'at'],
] as const

/** One kind of fault: SQL that selects `id` and `detail` at the instant ?1, and the finding for each row. */
interface PeopleCheck {
  name: string
  remedy: string
  table: string
  sql: string
  found: (id: string, detail: unknown) => Found[]
}

const instantRule = (
  name: string,
  remedy: string,
  [table, id, column]: readonly [table: string, id: string, column: string],
  { isBad, reason }: { isBad: string; reason: (at: string) => string },
): PeopleCheck => ({
  ...{ name, remedy, table },
  sql: `SELECT ${id} AS id, ${column} AS detail FROM ${table} WHERE ${isBad}`,
  found: (row, detail) => [{ table, id: row, reason: `${column}: ${reason(instantOf(Number(detail)))}` }],
})

const checks: readonly PeopleCheck[] = [
  ...notifyTables.map(({ table, id, rules }) => ({
    ...{ name: 'other columns', remedy: rowRemedy, table },
    sql: `SELECT ${id} AS id, ${brokenRules(rules)} AS detail FROM ${table} WHERE ${isAnyBroken(rules)}`,
    found: (row: string, detail: unknown) =>
      reasonsIn(
        { table, rules },
        { id: row, broken: typeof detail === 'string' ? detail : JSON.stringify(detail) },
      ),
  })),
  {
    ...{ name: 'erased people', remedy: fixIt, table: 'subscriber' },
    sql: `SELECT number AS id, 0 AS detail FROM subscriber WHERE ${isErased}`,
    found: (id) => [erasedAndThere(id)],
  },
  ...owned.map(([table, id]) => ({
    ...{ name: 'rows without a subscriber', remedy: fixIt, table },
    sql: `SELECT ${id} AS id, 0 AS detail FROM ${table} WHERE ${isOrphan(table)}`,
    found: (row: string) => [orphan(table, row)],
  })),
  instantRule(
    'requests',
    'look for the log event `duty-failed` with the duty `notify`; cron deletes such a row each minute',
    ['opt_in', 'number', 'asked'],
    {
      isBad: `max(asked, due) < ?1 - ${optInLifetimeMilliseconds + lateMilliseconds}`,
      reason: (at) => `is ${at}, and a request is deleted 48 hours after its mail was due`,
    },
  ),
  instantRule(
    'stopped mails',
    'look at the settings of mail, and at the account of the mail server; `npx kiosque subscriptions` shows its answer',
    ['hold', 'channel', 'until'],
    {
      isBad: `NOT ${isOfService} AND until > ?1 AND until <= ?1 + ${maxAheadMilliseconds}`,
      reason: (at) => `nothing is sent before ${at}`,
    },
  ),
  ...future.map((row) =>
    instantRule('future instants', rowRemedy, row, {
      isBad: `${row[2]} > ?1 + ${maxAheadMilliseconds}`,
      reason: (at) => `is in the future, ${at}`,
    }),
  ),
]

const erasedAndThere = (id: string): Found => ({
  table: 'subscriber',
  id,
  reason: 'address: was erased after the person confirmed it, and a restore of the database brought it back',
})

const orphan = (table: string, id: string): Found => ({
  table,
  id,
  reason: 'subscriber: must be the number of a subscriber who has not ended',
})

/** The last instant that a date can have, in epoch milliseconds (ECMA-262). */
const maxDateMilliseconds = 8.64e15

/** Writes an instant; a number that is none, because the row is bad, as it is. */
const instantOf = (at: number): string => (Math.abs(at) <= maxDateMilliseconds ? rfc3339(at) : String(at))

/** One statement for all checks, because Workers Free allows few statements: a list of rows for each of them. */
const findSql = `SELECT ${checks
  .map(
    ({ sql }, at) =>
      `(SELECT json_group_array(json_array(id, detail)) FROM (${sql} LIMIT ${maxFindings})) AS list${at}`,
  )
  .join(', ')}, ?1 AS now`

/** Finds the bad rows of the tables of people. No finding contains an address. */
export async function findInPeople({ database, clock }: Examined): Promise<Finding[]> {
  const row = await database.prepare(findSql).bind(clock()).first<Record<string, string>>()
  return checks.flatMap(({ name, remedy, found }, at) => {
    const rows = JSON.parse(row?.[`list${at}`] ?? '[]') as [id: unknown, detail: unknown][]
    return rows.flatMap(([id, detail]) =>
      found(String(id), detail).map((one) => ({ check: name, ...one, remedy })),
    )
  })
}

/** Ends people who were erased and came back, and deletes what belongs to nobody. Returns what it corrected. */
export async function fixPeople(on: Examined): Promise<Correction[]> {
  const { database, clock } = on
  if (!(await findInPeople(on)).some(({ remedy }) => remedy === fixIt)) return []
  const run = (sql: string) => database.prepare(sql)
  const orphans = owned.map(([table, id]) =>
    run(`DELETE FROM ${table} WHERE ${isOrphan(table)} RETURNING ${id} AS id`),
  )
  const results = await database.batch<{ id: unknown; number: unknown }>([
    ...orphans,
    ...eraseStatements(run, isErased, clock()),
  ])
  const erased = (results.at(-1)?.results ?? []).map(({ number }) => ({
    check: 'erased people',
    ...erasedAndThere(String(number)),
  }))
  const deleted = owned.flatMap(([table], at) =>
    (results[at]?.results ?? []).map(({ id }) => ({
      check: 'rows without a subscriber',
      ...orphan(table, String(id)),
    })),
  )
  return [...erased, ...deleted]
}
