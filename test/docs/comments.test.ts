import { expect, test } from 'vitest'
import { turnstileField } from '../../src/comments/turnstile.ts'
import {
  maxCommentCharacters,
  maxCommentNameCharacters,
  maxReportCharacters,
  reportReasons,
} from '../../src/domain/comment.ts'
import { maxKeptCharacters } from '../../src/domain/kept-comment.ts'
import { textOf } from '../source.ts'

const text = textOf('docs/comments.md')
const unbroken = text.replaceAll('\n', ' ')

test('docs/comments.md names each field that the form of a comment has, and each that is read', () => {
  const named = [...text.matchAll(/^\| `([\w-]+)` \|.*$/gm)].map(([, field]) => field)
  const sources = ['src/comments/given.ts', 'src/comments/write.ts', 'src/routes/comments/form.ts']
  const read = sources.flatMap((file) =>
    [...textOf(file).matchAll(/(?:form|value)\.get(?:All)?\('([\w-]+)'\)/g)].map(([, field]) => field),
  )
  expect(read.length).toBeGreaterThan(6)
  expect([...read, turnstileField].filter((field) => !named.includes(field))).toEqual([])
})

test('docs/comments.md gives the limits that hold', () => {
  const written = (count: number) => count.toLocaleString('en')
  expect(text).toContain(
    `| \`name\` | a name or pseudonym of at most ${maxCommentNameCharacters} characters |`,
  )
  expect(text).toContain(`| \`text\` | a text of at most ${written(maxCommentCharacters)} characters`)
  expect(text).toContain(`| the text of a report | ${written(maxReportCharacters)} characters |`)
  expect(text).toContain(`| an imported comment | ${written(maxKeptCharacters)} characters |`)
  expect(unbroken).toContain(reportReasons.map((one) => `\`${one}\``).join(', '))
})
