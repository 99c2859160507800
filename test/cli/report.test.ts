import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type ImportItem, importAll } from '../../src/cli/import.ts'
import { findArticles } from '../../src/cli/read-file.ts'
import { reportOn } from '../../src/cli/report.ts'
import type { Reply } from '../../src/cli/target.ts'
import { success } from '../../src/domain/problem.ts'

const folder = mkdtempSync(join(tmpdir(), 'kiosque-report-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Collects what a report writes to standard output and standard error. */
function outputs() {
  const written = { stdout: '', stderr: '' }
  const stream = (name: 'stdout' | 'stderr') => ({
    write(text: string) {
      written[name] += text
    },
  })
  return { written, output: { stdout: stream('stdout'), stderr: stream('stderr') } }
}

const saved: Reply = { ok: true, slug: 'un', kind: 'created' }
const refused: Reply = { ok: false, reason: 'title: must be given' }
const clock = () => 0

/** Replies, and what is printed about them. */
const printed: [rule: string, reply: Reply, stdout: string, stderr: string][] = [
  ['what was saved', saved, 'created un (a.txt)\n', '1 x\n'],
  ['a refusal', refused, '', 'refused a.txt: title: must be given\n1 x\n'],
  [
    'warnings of what was saved',
    { ...saved, warnings: ['no byline found', 'language: guessed as fr'] },
    'created un (a.txt)\n',
    'warning a.txt: no byline found\nwarning a.txt: language: guessed as fr\n1 x, 2 warnings\n',
  ],
  [
    'a warning of what was refused',
    { ...refused, warnings: ['no byline found'] },
    '',
    'warning a.txt: no byline found\nrefused a.txt: title: must be given\n1 x, 1 warning\n',
  ],
]

test.for(printed)('%s is printed', ([, reply, stdout, stderr]) => {
  const { written, output } = outputs()
  const report = reportOn(output, { all: 1, json: false, verbose: false, clock })
  report.reply('a.txt', reply)
  report.summary({ x: 1 })
  expect(written).toEqual({ stdout, stderr })
})

test('with --json, a reply is one line with its warnings in a field, and there is no summary', () => {
  const { written, output } = outputs()
  const report = reportOn(output, { all: 1, json: true, verbose: false, clock })
  report.reply('a.txt', { ...saved, warnings: ['no byline found'] })
  report.summary({ created: 1 })
  expect(written.stderr).toBe('')
  expect(written.stdout.endsWith('}\n')).toBe(true)
  expect(JSON.parse(written.stdout)).toEqual({ where: 'a.txt', ...saved, warnings: ['no byline found'] })
})

test('a run that found nothing says so', () => {
  const { written, output } = outputs()
  reportOn(output, { all: 0, json: false, verbose: false, clock }).summary({})
  expect(written).toEqual({ stdout: '', stderr: 'nothing found\n' })
})

test('the reply to an article has the warnings of its file, then those of its save', async () => {
  const path = join(folder, 'a.md')
  writeFileSync(
    path,
    '---\ntitle: A\nlanguage: fr\npublished: 2026-11-01 01:30\nupdated: 2027-03-14 02:30\n---\n',
  )
  const items: ImportItem[] = [...findArticles([path], {}, 'America/Toronto')]
  const target = {
    save: async (): Promise<Reply[]> => [{ ...saved, warnings: ['the section stays'] }],
    savePaths: async () => [],
  }
  const replies: Reply[] = []
  const tally = await importAll(items, target, (_, reply) => replies.push(reply))
  expect(tally).toEqual({ created: 1 })
  expect(replies).toEqual([
    {
      ...saved,
      warnings: [
        'published: clocks in America/Toronto show 2026-11-01T01:30:00 twice; 2026-11-01T01:30:00-04:00 is taken',
        'updated: clocks in America/Toronto show 2027-03-14T02:30:00 never; 2027-03-14T03:30:00-04:00 is taken',
        'the section stays',
      ],
    },
  ])
})

/** Reports 21 replies, of which the last is another one, and returns what was written. */
function manyReplies(last: Reply, verbose: boolean, json = false) {
  const { written, output } = outputs()
  const report = reportOn(output, { all: 21, json, verbose, clock })
  for (let at = 0; at < 20; at++) report.reply(`${at}.md`, saved)
  report.reply('20.md', last)
  report.summary({ created: 20, other: 1 })
  return written
}

test.for([
  ['a replacement', { ok: true, slug: 'b', kind: 'replaced' }, 'replaced b (20.md)\n', ''],
  [
    'a replacement of a dry run',
    { ok: true, slug: 'b', kind: 'would be replaced' },
    'would be replaced b (20.md)\n',
    '',
  ],
  ['a refusal', refused, '', 'refused 20.md: title: must be given\n'],
  ['a creation', saved, '', ''],
  ['a creation of a dry run', { ok: true, slug: 'b', kind: 'would be created' }, '', ''],
] as [string, Reply, string, string][])(
  'of many articles, %s is printed as it should',
  ([, reply, stdout, stderr]) => {
    expect(manyReplies(reply, false)).toEqual({
      stdout,
      stderr: `${stderr}20 created, 1 other (--verbose lists each)\n`,
    })
  },
)

test('with --verbose or --json, each of many articles has a line', () => {
  const { stdout, stderr } = manyReplies(saved, true)
  expect(stdout.trim().split('\n')).toHaveLength(21)
  expect(stderr).toBe('20 created, 1 other\n')
  expect(manyReplies(saved, false, true).stdout.trim().split('\n')).toHaveLength(21)
})

test('what a run of unknown length did with an article has a line only with --verbose; a refusal has one', () => {
  const lines = (verbose: boolean) => {
    const { written, output } = outputs()
    const report = reportOn(output, { all: undefined, json: false, verbose, clock })
    report.reply('import', { ok: true, slug: 'un', kind: 'withdrawn' })
    report.reply('import', { ok: true, slug: 'deux', kind: 'deleted' })
    report.reply('import', refused)
    report.summary({ withdrawn: 1, deleted: 1, refused: 1 })
    return written
  }
  const end = 'refused import: title: must be given\n1 withdrawn, 1 deleted, 1 refused'
  expect(lines(false)).toEqual({ stdout: '', stderr: `${end} (--verbose lists each)\n` })
  expect(lines(true)).toEqual({
    stdout: 'withdrawn un (import)\ndeleted deux (import)\n',
    stderr: `${end}\n`,
  })
})

test('a warning that many articles have is printed three times and counted; another one is printed', () => {
  const lines = (verbose: boolean) => {
    const { written, output } = outputs()
    const report = reportOn(output, { all: 30, json: false, verbose, clock })
    for (let at = 0; at < 30; at++)
      report.reply(`${at}.md`, { ...saved, warnings: at === 9 ? ['une', 'autre'] : at < 10 ? ['une'] : [] })
    report.summary({ created: 30 })
    return written.stderr.trimEnd().split('\n')
  }
  expect(lines(false)).toEqual([
    ...[0, 1, 2].map((at) => `warning ${at}.md: une`),
    ...[
      'warning 9.md: autre',
      'warning 7 more articles: une',
      '30 created, 11 warnings (--verbose lists each)',
    ],
  ])
  expect(lines(true)).toHaveLength(12)
})

/** What the store keeps of an article whose language was guessed, and the warnings about the article. */
const keptFields: [kept: string[] | undefined, warnings: string[]][] = [
  [undefined, ['title: made of the first words', 'language: fr is guessed from the text']],
  [
    ['section'],
    [
      'title: made of the first words',
      'language: fr is guessed from the text',
      'section: left out, and kept as stored',
    ],
  ],
  [['language'], ['title: made of the first words', 'language: left out, and kept as stored']],
]
test.for(keptFields)('with %o kept, an import warns of what is true', async ([kept, warnings]) => {
  const languageWarning = 'language: fr is guessed from the text'
  const item: ImportItem = {
    where: 'a.txt',
    article: success({ title: 'Un' }),
    warnings: ['title: made of the first words', languageWarning],
    languageWarning,
  }
  const target = {
    save: async (): Promise<Reply[]> => [{ ...saved, ...(kept && { kept }) }],
    savePaths: async () => [],
  }
  const replies: Reply[] = []
  await importAll([item], target, (_, reply) => replies.push(reply))
  expect(replies).toEqual([{ ...saved, warnings }])
})
