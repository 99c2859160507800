import { readdirSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import type { Change } from '../../src/domain/store.ts'
import { saveStatements } from '../../src/store/save.ts'
import { sampleArticle } from '../render/samples.ts'
import { root, textOf } from '../source.ts'

/** A row of the table of docs/storage.md that walks through one save. */
interface Row {
  number: number
  statement: string
  indexes: string[]
  condition: string
}

const rows = textOf('docs/storage.md')
  .split('\n')
  .flatMap((line): Row[] => {
    const found = /^\| (\d+) \| ([A-Z ]+ `\w+`) \| ([^|]*)\| ([^|]*)\| [^|]+ \|$/.exec(line)
    if (!found) return []
    const [, number, statement = '', indexes = '', condition = ''] = found
    return [
      {
        number: Number(number),
        statement: statement.replaceAll('`', ''),
        indexes: [...indexes.matchAll(/`([\w.]+)`/g)].map(([, name]) => name as string),
        condition: condition.trim(),
      },
    ]
  })

const change = (
  status: 'published' | 'withdrawn',
  isNamed = false,
  isImported = false,
  undoes = false,
): Change => ({
  article: sampleArticle({ status }),
  replaces: null,
  claims: isNamed ? [{ path: 'tags/neuf', name: 'neuf' }] : [],
  ...(isImported && { from: { run: 1, path: 'a.txt' } }),
  ...(undoes && { undoes }),
})

/** The SQL of the batch of a save. */
async function statementsOf(changes: readonly Change[], urgent = false): Promise<string[]> {
  const seen: string[] = []
  const statement = { bind: () => statement }
  const recorder = {
    prepare: (sql: string) => {
      seen.push(sql)
      return statement
    },
  }
  await saveStatements(recorder as unknown as D1Database, changes, urgent, Date.parse('2024-06-19T16:00:00Z'))
  return seen
}

/** What a statement does, as `UPDATE selection`. */
function nameOf(sql: string): string {
  const write = /\b(INSERT INTO|UPDATE|DELETE FROM) (\w+)/.exec(sql)
  return write ? `${write[1]} ${write[2]}` : `SELECT FROM ${sql.split(/\sFROM\s+/).at(-1)}`
}

/** The indexes that SQLite uses for a statement, except primary keys; a unique column is named as `article.id`. */
function indexesOf(database: DatabaseSync, sql: string): string[] {
  const values = Array.from({ length: sql.includes('?2') ? 2 : sql.includes('?1') ? 1 : 0 }, () => 0)
  const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[]
  return plan.flatMap(({ detail }) => {
    const [, index, column] = /INDEX (\w+) \((\w+)/.exec(detail) ?? []
    if (!index || index.startsWith('sqlite_autoindex_imported')) return []
    return index.startsWith('sqlite_autoindex_article') ? [`article.${column}`] : [index]
  })
}

const conditions: Record<string, 'named' | 'withdrawn' | 'urgent' | 'imported' | 'undone'> = {
  'an article has a new name': 'named',
  'an article is withdrawn': 'withdrawn',
  'the save hides content': 'urgent',
  'an import saves the article': 'imported',
  'an import is taken back': 'undone',
}

describe('docs/storage.md walks through one save', () => {
  test.for([
    { named: false, withdrawn: false, urgent: false, count: 29 },
    { named: true, withdrawn: false, urgent: false, count: 31 },
    { named: false, withdrawn: true, urgent: false, count: 31 },
    { named: false, withdrawn: false, urgent: true, count: 30 },
    { named: false, withdrawn: true, urgent: true, count: 32 },
    { named: true, withdrawn: true, urgent: true, count: 34 },
    { named: false, withdrawn: false, urgent: false, imported: true, count: 31 },
    { named: false, withdrawn: false, urgent: false, undone: true, count: 30 },
  ])(
    'named $named, withdrawn $withdrawn, urgent $urgent, imported $imported, undone $undone: $count statements',
    async ({ count, imported = false, undone = false, ...given }) => {
      const facts = { ...given, imported, undone }
      const changes = [
        change('published', facts.named, facts.imported, facts.undone),
        ...(facts.withdrawn ? [change('withdrawn', facts.named)] : []),
      ]
      const expected = rows.filter(({ condition }) => {
        const needed = conditions[condition]
        return condition === '' || (needed !== undefined && facts[needed])
      })
      const made = await statementsOf(changes, facts.urgent)
      expect(made.map(nameOf)).toEqual(expected.map(({ statement }) => statement))
      expect(made).toHaveLength(count)
    },
  )

  test('the rows are numbered, and each condition is one that this test knows', () => {
    expect(rows.map(({ number }) => number)).toEqual(rows.map((_, at) => at + 1))
    expect(rows.filter(({ condition }) => condition !== '' && !conditions[condition])).toEqual([])
  })

  test('each statement uses the indexes that its row names, and no other', async () => {
    const database = new DatabaseSync(':memory:')
    for (const file of readdirSync(`${root}/migrations`).sort()) database.exec(textOf(`migrations/${file}`))
    const made = await statementsOf([change('withdrawn', true, true, true)], true)
    const differing = made.flatMap((sql, at) => {
      const used = [...new Set(indexesOf(database, sql))]
      const named = rows[at]?.indexes ?? []
      // The unique index of `article.id` finds each stored article, and `schedule_at` the selections of a bad one.
      const further = used.filter((name) => !['article.id', 'schedule_at', ...named].includes(name))
      const unused = named.filter((name) => !used.includes(name))
      return further.length + unused.length > 0 ? [{ number: at + 1, further, unused }] : []
    })
    database.close()
    expect(differing).toEqual([])
  })
})
