import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { readArticleFile } from '../../src/cli/read-file.ts'
import { readMarkdown } from '../../src/cli/sources/markdown.ts'
import { articleOf, isSame } from '../../src/ingest/article.ts'
import { parseDated } from '../../src/ingest/date-fields.ts'
import { dateFields } from '../../src/ingest/field-types.ts'
import { parseArticle } from '../../src/ingest/json.ts'
import { site } from '../render/samples.ts'
import { changes, whole } from '../whole.ts'

const folder = mkdtempSync(join(tmpdir(), 'kiosque-whole-'))
afterAll(() => rmSync(folder, { recursive: true }))

const now = Date.parse('2024-06-19T12:00:00Z')

/** Imports a line of a backup and returns the line that an export would write for the imported article. */
function imported(line: string): string {
  const input = parseArticle(JSON.parse(line))
  const made = input.ok ? articleOf(input.value, { site, now }) : input
  if (!made.ok) throw new Error(JSON.stringify(made.problem))
  return JSON.stringify(made.value)
}

describe('an article with every field', () => {
  test('is stored with every field', () => {
    expect(JSON.parse(imported(JSON.stringify(whole)))).toEqual(whole)
  })

  test('is exported as it was imported, byte by byte', () => {
    const exported = imported(JSON.stringify(whole))
    expect(imported(exported)).toBe(exported)
  })

  test('can be written as front matter', () => {
    const read = readMarkdown(`---\n${stringify(whole)}---\n`)
    expect(read.ok && parseArticle(read.value)).toEqual({ ok: true, value: whole })
  })

  test('has in front matter a day for every date', () => {
    const days = Object.fromEntries(dateFields.map((name, at) => [name, `2024-06-${at + 10}`]))
    const read = readMarkdown(`---\ntitle: A\n${stringify(days)}---\n`)
    expect(dateFields.length).toBeGreaterThan(3)
    expect(read.ok && parseDated(read.value, 'UTC')).toMatchObject({
      value: {
        value: Object.fromEntries(
          dateFields.map((name, at) => [name, expect.stringMatching(`^2024-06-${at + 10}T`)]),
        ),
      },
    })
  })

  test('can stand beside a capture, but for what the capture says', () => {
    const {
      title: _title,
      summary: _summary,
      html: _html,
      authors: _authors,
      source: _source,
      ...beside
    } = whole
    writeFileSync(join(folder, 'page.txt'), 'Le titre\n\nUn paragraphe.\n')
    writeFileSync(join(folder, 'page.meta.json'), JSON.stringify(beside))
    expect(readArticleFile(join(folder, 'page.txt'), {})).toMatchObject({
      ok: true,
      value: { ...beside, title: 'Le titre' },
    })
  })

  test.for(changes)('is another one when %s differs', ([, changed]) => {
    expect(isSame(whole, changed)).toBe(false)
    expect(isSame(changed, structuredClone(changed))).toBe(true)
  })

  test('is the same in whatever order its keys stand, and no other for a value that is not there', () => {
    const reversed = <T>(value: T): T =>
      typeof value !== 'object' || value === null || Array.isArray(value)
        ? value
        : (Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, inner]) => [key, reversed(inner)]),
          ) as T)
    expect(JSON.stringify(reversed(whole))).not.toBe(JSON.stringify(whole))
    expect(isSame(reversed(whole), whole)).toBe(true)
    const { note: _, ...silent } = whole
    expect(isSame(silent, { ...silent, note: undefined as never })).toBe(true)
    expect(isSame(silent, whole)).toBe(false)
    expect(isSame({ ...whole, tags: [] }, { ...whole, tags: {} as never })).toBe(false)
    expect(isSame({ ...whole, tags: ['a', 'b'] }, { ...whole, tags: ['b', 'a'] })).toBe(false)
  })
})
