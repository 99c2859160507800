import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readMarkdown } from '../../src/cli/sources/markdown.ts'
import { parseDated } from '../../src/ingest/date-fields.ts'
import { articleSchema } from '../../src/ingest/json.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/importing.md'), 'utf8')
const [, section = ''] = /\n## Markdown and JSON\n(.*?)\n## /s.exec(page) ?? []
const rows = section
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
const bodies = ['markdown', 'html', 'text']

test('docs/importing.md has a row for each field of an article', () => {
  const named = rows.flatMap(([, names = '']) => [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name))
  expect(named.toSorted()).toEqual(Object.keys(articleSchema.pipe[0].entries).toSorted())
})

test('the examples of front matter in docs/importing.md make an article with these fields', () => {
  const examples = rows.flatMap(([, , example = '']) => /^`(\w+: [^`]*)`/.exec(example)?.[1] ?? [])
  const read = readMarkdown(`---\n${examples.join('\n')}\n---\nLe pont couvert rouvre.\n`)
  const article = read.ok ? parseDated(read.value, 'America/Toronto') : read
  expect(article).toMatchObject({ ok: true })
  const fields = article.ok ? Object.keys(article.value.value) : []
  const expected = Object.keys(articleSchema.pipe[0].entries).filter((field) => !bodies.includes(field))
  expect(fields.toSorted()).toEqual([...expected, 'markdown'].toSorted())
})
