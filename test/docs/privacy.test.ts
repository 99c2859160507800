import { describe, expect, test } from 'vitest'
import { textOf } from '../source.ts'
import { migrations, schemaOf } from './schema.ts'

/** The tables of people: those of the parts of docs/storage.md about notifications and comments, which list every table. */
const parts = [...textOf('docs/storage.md').matchAll(/^## (?:Notifications|Comments)$(.*?)(?=^## )/gms)]
const tables = parts.flatMap(([part]) => [...part.matchAll(/^### `(\w+)`/gm)].map(([, table = '']) => table))

const page = textOf('docs/privacy.md')
const [, sentence = ''] = /^Six tables(.*?)\n\n/ms.exec(page) ?? []
const impersonal = [...sentence.matchAll(/`(\w+)`/g)].map(([, table = '']) => table)

/** The columns that the cells `where` of the table name. */
const named = [...page.matchAll(/^\| [^|]+ \| ([^|]+) \| [^|]+ \| [^|]+ \|$/gm)].flatMap(([, where = '']) =>
  [...where.matchAll(/`(\w+)\.(\w+)`/g)].map(([, table, column]) => `${table}.${column}`),
)

const columnsOf = (sql: readonly string[]): string[] =>
  schemaOf(sql).flatMap((one) => {
    const [table = '', kind, column] = one.split(' ')
    return kind === 'column' && tables.includes(table) ? [`${table}.${column}`] : []
  })
const personal = (columns: readonly string[]): string[] =>
  columns.filter((one) => !impersonal.includes(one.split('.')[0] ?? ''))

describe('the table of docs/privacy.md', () => {
  test('names each column of the tables of people, and none that does not exist', () => {
    expect(parts.length).toBe(2)
    const columns = personal(columnsOf(migrations))
    expect(columns.length).toBeGreaterThan(50)
    expect({
      forgotten: columns.filter((one) => !named.includes(one)),
      unknown: named.filter((one) => !columns.includes(one)),
    }).toEqual({ forgotten: [], unknown: [] })
  })

  test('would lack a column that a later migration adds', () => {
    const later = ['ALTER TABLE opt_in ADD COLUMN place TEXT']
    const columns = personal(columnsOf([...migrations, ...later]))
    expect(columns.filter((one) => !named.includes(one))).toEqual(['opt_in.place'])
  })

  test('leaves out only tables that refer to no person', () => {
    expect(impersonal).toEqual(['digest', 'hold', 'capped', 'discussed', 'discussion', 'salt'])
    expect(
      columnsOf(migrations).filter((one) =>
        /^(digest|hold|capped|discussed|discussion|salt)\.(subscriber|number|id|address|hash|name|email)/.test(
          one,
        ),
      ),
    ).toEqual([])
  })
})
