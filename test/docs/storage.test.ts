import { describe, expect, test } from 'vitest'
import { textOf } from '../source.ts'
import { migrations, schemaOf } from './schema.ts'

/**
 * A row of docs/storage.md: a column, an index or a trigger of a table, and the text that says what reads the
 * column, index or trigger.
 */
interface Entry {
  key: string
  name: string
  kind: string
  reader: string
}

/** Finds the rows in all sections of docs/storage.md that describe a database table; the result is sorted by key. */
function entriesIn(page: string): Entry[] {
  return page
    .split(/^### /m)
    .slice(1)
    .flatMap((section) => {
      const owner = /^`(\w+)`/.exec(section)?.[1]
      let kind = ''
      return section.split('\n').flatMap((line) => {
        kind = /^\| (column|index|trigger) \|/.exec(line)?.[1] ?? kind
        const [, name, reader = ''] = /^\| `(\w+)` \| [^|]+ \| ([^|]+) \|$/.exec(line) ?? []
        return name ? [{ key: `${owner} ${kind} ${name}`, name, kind, reader }] : []
      })
    })
    .sort((one, other) => (one.key < other.key ? -1 : 1))
}

const entries = entriesIn(textOf('docs/storage.md'))
const documented = entries.map(({ key }) => key)

describe('docs/storage.md lists what the migrations make', () => {
  test('every table, column, index and trigger, and no other', () => {
    const schema = schemaOf(migrations)
    expect(schema.length).toBeGreaterThan(100)
    expect({
      undocumented: schema.filter((one) => !documented.includes(one)),
      unknown: documented.filter((one) => !schema.includes(one)),
      twice: documented.filter((one, at) => documented[at - 1] === one),
    }).toEqual({ undocumented: [], unknown: [], twice: [] })
  })

  test('a file that is named as the reader of a column contains its name', () => {
    const named = entries
      .filter(({ kind }) => kind === 'column')
      .flatMap(({ key, name, reader }) =>
        [...reader.matchAll(/`([a-z]+\/[\w/-]+\.ts)`/g)].map(([, file]) => ({ key, name, file })),
      )
    expect(named.length).toBeGreaterThan(80)
    expect(
      named.filter(({ name, file }) => !new RegExp(`\\b${name}\\b`).test(textOf(`src/${file}`))),
    ).toEqual([])
  })

  test('the schema holds what a later migration adds', () => {
    const later = [
      'ALTER TABLE article ADD COLUMN nowhere TEXT',
      'CREATE INDEX article_nowhere ON article (nowhere)',
      'CREATE TRIGGER never AFTER INSERT ON place BEGIN DELETE FROM refusal; END',
    ]
    const before = schemaOf(migrations)
    const added = schemaOf([...migrations, ...later]).filter((one) => !before.includes(one))
    expect(added).toEqual(['article column nowhere', 'article index article_nowhere', 'place trigger never'])
  })
})
