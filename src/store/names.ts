import { type Claim, foldName, type NamedPath, type WantedName } from '../domain/name.ts'
import { listsOf } from './rows.ts'

/** SQL for the names that equal a folded name, and for all names of its paths; ?1 is a JSON list of `WantedName`. */
const found = `SELECT name.path, name.name FROM json_each(?1) AS wanted JOIN name ON name.name = wanted.value ->> 'folded'
  UNION ALL SELECT name.path, name.name FROM json_each(?1) AS wanted, json_each(wanted.value, '$.paths') AS candidate
    JOIN name ON name.path = candidate.value`

/** Reads names, in one call of D1. */
export async function readNames(database: D1Database, wanted: readonly WantedName[]): Promise<NamedPath[]> {
  if (wanted.length === 0) return []
  const lists = listsOf(wanted.map((one) => JSON.stringify(one)))
  const results = await database.batch<NamedPath & Record<string, unknown>>(
    lists.map((list) => database.prepare(found).bind(list)),
  )
  return results.flatMap((result) => result.results.map(({ path, name }) => ({ path, name })))
}

/** SQL for the names of a path, as a JSON list. */
export const namesAt = (path: string): string =>
  `(SELECT json_group_array(name) FROM (SELECT name FROM name WHERE name.path = ${path} ORDER BY name))`

/** The folded forms of the names that `namesAt` lists, each once. */
export const foldedNames = (names: unknown): string[] =>
  [...new Set((JSON.parse(typeof names === 'string' ? names : '[]') as string[]).map(foldName))].sort()

const incoming = 'json_each(?1) AS claim'
const given = (name: string): string => `claim.value ->> '${name}'`
const folder = (path: string): string => `substr(${path}, 1, instr(${path}, '/'))`

/**
 * SQL that refuses a save whose claims another save has made impossible: the path has another name now, or the name has
 * another path. The table does not tell whether two spellings are the same name, so a claim names the spelling that it
 * shares the path with, or the name that it renames.
 */
const refuseClaims = `INSERT INTO refusal (reason) SELECT 'conflict' FROM ${incoming}
  WHERE NOT EXISTS (SELECT 1 FROM name WHERE path = ${given('path')} AND name IN (${given('name')}, ${given('shares')}))
    AND (EXISTS (SELECT 1 FROM name WHERE name.name = ${given('name')}
        AND ${folder('name.path')} = ${folder(`(${given('path')})`)})
      OR EXISTS (SELECT 1 FROM name WHERE path = ${given('path')})
        AND NOT EXISTS (SELECT 1 FROM name WHERE path = ${given('path')} AND name = ${given('renames')}))
  LIMIT 1`

const addClaims = `INSERT INTO name (path, name) SELECT ${given('path')}, ${given('name')} FROM ${incoming} WHERE true
  ON CONFLICT DO NOTHING`

/** Returns the statements that give names their paths; none without claims. They belong to the batch of a save. */
export function claimStatements(database: D1Database, claims: readonly Claim[]): D1PreparedStatement[] {
  const lists = listsOf(claims.map((claim) => JSON.stringify(claim)))
  const sqls = [refuseClaims, addClaims]
  return sqls.flatMap((sql) => lists.map((list) => database.prepare(sql).bind(list)))
}

/** Returns the statements that add names of which a backup says that they have these paths. */
export function nameStatements(database: D1Database, names: readonly NamedPath[]): D1PreparedStatement[] {
  const lists = listsOf(names.map((one) => JSON.stringify(one)))
  return lists.map((list) => database.prepare(addClaims).bind(list))
}
