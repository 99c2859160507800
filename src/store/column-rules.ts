import type { Finding } from '../domain/doctor.ts'
import { listOr, objectOr } from './columns.ts'

/** How many rows of one table one call reports. */
export const maxFindings = 100

/**
 * A rule for a column: SQL for whether its value is bad, what the value must be, and, if other rows contain what it must
 * be, SQL for the right value.
 */
export interface Rule {
  column: string
  isBad: string
  must: string
  right?: string
}

/** The columns of one table that are examined; `id` is SQL that names a row. */
export interface ExaminedTable {
  table: string
  id: string
  rules: readonly Rule[]
}

/** Makes a rule for one type. `column` may begin with the name of its table, which other tables in SQL require. */
const ruleFor =
  (type: string, isOther: (column: string) => string) =>
  (column: string, content: string, right?: string): Rule => ({
    column: column.slice(column.indexOf('.') + 1),
    isBad: isOther(column),
    must: `must be ${type}, ${content}`,
    ...(right !== undefined && { right }),
  })

/** Makes a rule for a column of numbers or instants. */
export const integer = ruleFor('an integer', (column) => `typeof(${column}) <> 'integer'`)
/** Makes a rule for a column of texts. */
export const text = ruleFor('a text', (column) => `typeof(${column}) <> 'text'`)
/** Makes a rule for a column with a JSON list. */
export const list = ruleFor('a JSON list', (column) => `${listOr(column, 'NULL')} IS NULL`)
/** Makes a rule for a column with a JSON object. */
export const object = ruleFor('a JSON object', (column) => `${objectOr(column, 'NULL')} IS NULL`)
/** Makes a rule for a column of truth values. */
export const flag = ruleFor('0 or 1', (column) => `${column} NOT IN (0, 1)`)

/** The rule for a column that may also be null. */
export const orNull = (rule: Rule): Rule => ({
  ...rule,
  isBad: `${rule.column} IS NOT NULL AND ${rule.isBad}`,
  must: `${rule.must}, or null`,
})

/** The reason for which a row is bad. */
export const reasonOf = ({ column, must }: Rule): string => `${column}: ${must}`

/** A bad row as a check finds it. */
export type Found = Omit<Finding, 'check' | 'remedy'>

/** SQL for a JSON list of 0 and 1: which rules a row breaks. */
export const brokenRules = (rules: readonly Rule[]): string =>
  `json_array(${rules.map(({ isBad }) => `coalesce(${isBad}, 0)`).join(', ')})`

/** SQL for whether a row breaks any of the rules. */
export const isAnyBroken = (rules: readonly Rule[]): string =>
  rules.map(({ isBad }) => `(${isBad})`).join(' OR ')

/** What is wrong in one row: one reason for each rule that the row breaks, as `brokenRules` lists them. */
export function reasonsIn(
  { table, rules }: Pick<ExaminedTable, 'table' | 'rules'>,
  row: { id: unknown; broken: string },
): Found[] {
  const isBroken = JSON.parse(row.broken) as number[]
  return rules
    .filter((_, at) => isBroken[at] === 1)
    .map((rule) => ({ table, id: String(row.id), reason: reasonOf(rule) }))
}

/** Finds the rows of a table that break one of the rules. Reads the table once. */
export async function findIn(database: D1Database, examinedTable: ExaminedTable): Promise<Found[]> {
  const { table, id, rules } = examinedTable
  if (rules.length === 0) return []
  const { results } = await database
    .prepare(
      `SELECT ${id} AS id, ${brokenRules(rules)} AS broken FROM ${table}
       WHERE ${isAnyBroken(rules)} LIMIT ${maxFindings}`,
    )
    .all<{ id: unknown; broken: string }>()
  return results.flatMap((row) => reasonsIn(examinedTable, row))
}
