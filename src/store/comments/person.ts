import { ruleActor } from '../../domain/comment.ts'
import {
  type CommenterStore,
  type ErasedStep,
  erasedMark,
  idInMark,
  type OwnReport,
  type PersonPage,
} from '../../domain/commenter.ts'
import type { ErasedAddress } from '../../domain/erased.ts'
import { rfc3339 } from '../../domain/instant.ts'
import type { Clock } from '../../domain/ports.ts'
import { listErased } from '../notify/erased-list.ts'
import { eraseStatementsSql } from '../notify/statement-rows.ts'
import { asksOnlyForComments, eraseOptIns } from '../notify/subscribers.ts'
import { decideComments } from './decide.ts'
import { requestMark } from './erased.ts'
import { type KeptRow, keptColumns, keptOf } from './kept-rows.ts'
import { instantIn } from './rows.ts'

/** The largest number of comments of a page, and of one step of an erasure. */
const maxStepComments = 50

/** The largest numbers of reports and of former texts that are read. */
const maxReports = 1000
const maxFormerTexts = 200

/** How many steps one call takes that erases again. */
const maxStepsPerCall = 4

/** SQL for the numbers of the rows of a table that have the address ?1 or one of the hashes in ?2. */
const ofPerson = (table: string): string =>
  `SELECT number FROM ${table} WHERE email = ?1 COLLATE NOCASE
   UNION SELECT number FROM ${table} WHERE email_hash IN (SELECT value FROM json_each(?2))`

/** SQL that removes what the reports with the numbers of a query say of who made them. The reason and the instant stay. */
const emptied = (numbers: string): string =>
  `UPDATE comment_event SET email = NULL, email_hash = NULL, text = NULL WHERE number IN (${numbers}) RETURNING number`

/** SQL for the ids of comments that were written before the erasures in ?1: of their authors, or of the comments themselves in ?2. */
const writtenBefore = `SELECT comment.id FROM json_each(?1) AS given CROSS JOIN comment ON comment.email_hash = given.value ->> 'hash'
    WHERE comment.written < given.value ->> 'at' AND comment.state <> 'deleted'
  UNION SELECT comment.id FROM json_each(?2) AS given CROSS JOIN comment ON comment.id = given.value ->> 'id'
    WHERE comment.written < given.value ->> 'at' AND comment.state <> 'deleted' LIMIT ${maxStepComments}`

const reportedBefore = `SELECT comment_event.number FROM json_each(?1) AS given
  CROSS JOIN comment_event ON comment_event.email_hash = given.value ->> 'hash' WHERE comment_event.at < given.value ->> 'at'`

/** SQL that deletes the statements of reasons about decisions before the erasures in ?1. */
const statementsBefore = `DELETE FROM statement WHERE number IN (SELECT statement.number FROM json_each(?1) AS given
  CROSS JOIN statement ON statement.email_hash = given.value ->> 'hash' WHERE statement.at < given.value ->> 'at')`

/** SQL for the requests of the person with the address ?1 that ask for comments only. */
const askedByPerson = `address = ?1 COLLATE NOCASE AND ${asksOnlyForComments}`

/** SQL for such requests that were made before the erasures in ?1, which list them by a mark. */
const askedBefore = `${asksOnlyForComments} AND EXISTS (SELECT 1 FROM json_each(?1) AS given
  WHERE given.value ->> 'hash' = ${requestMark('opt_in.address_hash')} AND opt_in.asked < given.value ->> 'at')`

/** SQL for the requests to be told of replies to the comments in ?1, which may have been confirmed before the comments were erased. */
const askedAbout = `${asksOnlyForComments} AND EXISTS (SELECT 1 FROM json_each(opt_in.choices) AS one
  WHERE iif(one.type = 'object', one.value ->> 'article', NULL) IN (SELECT given.value ->> 'id' FROM json_each(?1) AS given))`

interface ReportRow {
  comment: string
  at: number
  reason: string | null
  text: string | null
}

const reportOf = ({ comment, at, reason, text }: ReportRow): OwnReport => ({
  ...{ comment, at: rfc3339(at) },
  ...(reason !== null && { reason }),
  ...(text !== null && { text }),
})

/** The part of the store of comments that concerns a person. */
export const commentersOn = (database: D1Database, clock: Clock): CommenterStore => ({
  person: (address, hashes, after) => readPerson(database, address, hashes, after),
  erase: (address, hashes, actor) => erasePerson(database, { address, hashes, actor, now: clock() }),
  eraseAgain: (erased) => eraseAgain(database, erased, clock),
})

async function readPerson(
  database: D1Database,
  address: string,
  hashes: readonly string[],
  after: number,
): Promise<PersonPage> {
  const run = (sql: string) => database.prepare(sql).bind(address, JSON.stringify(hashes), after)
  const [found, reports] = await Promise.all([
    run(
      `SELECT ${keptColumns}, (SELECT json_group_array(text) FROM (SELECT text FROM comment_event
           WHERE comment_event.comment = comment.number AND kind = 'edited' AND text IS NOT NULL
           ORDER BY comment_event.number LIMIT ${maxFormerTexts})) AS former
       FROM comment CROSS JOIN discussion ON discussion.article = comment.article
       WHERE comment.number IN (${ofPerson('comment')}) AND comment.number > ?3
       ORDER BY comment.number LIMIT ${maxStepComments + 1}`,
    ).all<KeptRow & { former: string } & Record<string, unknown>>(),
    run(
      `SELECT (SELECT id FROM comment WHERE comment.number = comment_event.comment) AS comment,
         coalesce(${instantIn('comment_event.at')}, 0) AS at, reason, text FROM comment_event
       WHERE number IN (${ofPerson('comment_event')}) AND ?3 = 0 ORDER BY number LIMIT ${maxReports}`,
    ).all<ReportRow & Record<string, unknown>>(),
  ])
  const rows = found.results.slice(0, maxStepComments)
  const next = found.results.length > maxStepComments ? rows.at(-1)?.number : undefined
  return {
    comments: rows.map((row) => ({ ...keptOf(row), former: JSON.parse(row.former) as string[] })),
    reports: reports.results.map(reportOf),
    ...(next !== undefined && { next }),
  }
}

interface Erasure {
  address: string
  hashes: readonly string[]
  actor: string
  now: number
}

async function erasePerson(
  database: D1Database,
  { address, hashes, actor, now }: Erasure,
): Promise<ErasedStep> {
  const list = JSON.stringify(hashes)
  const run = (sql: string, ...values: unknown[]) => database.prepare(sql).bind(...values)
  const [found, reports, requests] = await Promise.all([
    run(
      `SELECT id, email_hash AS hash FROM comment WHERE number IN (${ofPerson('comment')}) LIMIT ${maxStepComments + 1}`,
      ...[address, list],
    ).all<{ id: string; hash: string | null }>(),
    run(
      `SELECT email_hash AS hash FROM comment_event WHERE number IN (${ofPerson('comment_event')}) LIMIT ${maxReports}`,
      ...[address, list],
    ).all<{ hash: string | null }>(),
    run(
      `SELECT DISTINCT ${requestMark('address_hash')} AS hash FROM opt_in WHERE ${askedByPerson}`,
      address,
    ).all<{ hash: string }>(),
  ])
  const ids = found.results.slice(0, maxStepComments).map(({ id }) => id)
  const stored = [...found.results, ...reports.results, ...requests.results].flatMap(({ hash }) => hash ?? [])
  const entries = [...new Set([...hashes, ...stored, ...ids.map(erasedMark)])].map((hash) => ({
    ...{ hash, at: now },
  }))
  const [, , empty] = await database.batch([
    run(listErased, JSON.stringify(entries)),
    run(eraseStatementsSql, address, list),
    run(emptied(ofPerson('comment_event')), address, list),
    eraseOptIns(run, askedByPerson, address),
  ])
  const { hasLeft } = await decideComments(database, ids, 'deleted', now, { actor })
  return {
    ...{ comments: ids.length, reports: empty?.results.length ?? 0, hasLeft },
    isMore: found.results.length > maxStepComments,
  }
}

async function eraseAgain(
  database: D1Database,
  erased: readonly ErasedAddress[],
  clock: Clock,
): Promise<ErasedStep> {
  const given = erased.map(({ hash, at }) => ({ hash, at, id: idInMark(hash) }))
  const list = JSON.stringify(given)
  const marks = JSON.stringify(given.filter(({ id }) => id !== undefined))
  const run = (sql: string, ...values: unknown[]) => database.prepare(sql).bind(...values)
  const [empty] = await database.batch([
    run(emptied(reportedBefore), list),
    run(statementsBefore, list),
    eraseOptIns(run, askedBefore, list),
    eraseOptIns(run, askedAbout, marks),
  ])
  const reports = empty?.results.length ?? 0
  const sum: ErasedStep = { comments: 0, reports, isMore: true, hasLeft: false }
  for (let step = 0; step < maxStepsPerCall && sum.isMore; step++) {
    const ids = (await run(writtenBefore, list, marks).all<{ id: string }>()).results.map(({ id }) => id)
    const { hasLeft } =
      ids.length > 0 ? await decideComments(database, ids, 'deleted', clock(), { actor: ruleActor }) : sum
    sum.comments += ids.length
    sum.hasLeft ||= hasLeft
    sum.isMore = ids.length === maxStepComments
  }
  return sum
}
