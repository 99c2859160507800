import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { databaseFileIn, temporaryStore } from '../../scripts/local-server.ts'
import { freePort } from '../../scripts/ports.ts'
import type { ProcessGroup } from '../../scripts/process-group.ts'
import { kill, serve, token } from '../../scripts/worker-process.ts'
import { root } from '../source.ts'

/*
 * The command line on a store with bad rows. The commands run in a copy of the project, because the local store is in
 * the folder of the project.
 */

const { store: folder, remove } = temporaryStore()
const copy = join(folder, 'kiosque')
const state = join(copy, '.wrangler', 'state')
afterAll(remove)

/** Runs `npx kiosque` in the copy. */
function kiosque(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(copy, 'src', 'cli', 'kiosque.js'), ...words],
    { cwd: copy, env: { ...process.env, KIOSQUE_TOKEN: token }, encoding: 'utf8' },
  )
  return { status, out: stdout.trimEnd().split('\n'), error: stderr.trimEnd() }
}

function save(...articles: object[]) {
  const file = join(folder, 'articles.ndjson')
  writeFileSync(file, articles.map((article) => JSON.stringify(article)).join('\n'))
  return kiosque('import', '--published', '2024-06-19', file)
}

const articles = ['bon', 'mauvais'].map((slug) => ({ slug, title: slug, text: 'Un paragraphe.' }))

/** What a person may do wrong by hand: a field without a value, and a list that is not JSON. */
function plant(): void {
  const database = new DatabaseSync(databaseFileIn(state))
  database.exec(`UPDATE article SET json = json_set(json, '$.note', NULL) WHERE slug = 'mauvais';
    UPDATE selection SET newest = '{' WHERE path = ''`)
  database.close()
}

beforeAll(() => {
  mkdirSync(copy)
  for (const name of ['src', 'migrations', 'wrangler.toml', 'package.json', 'tsconfig.json'])
    cpSync(join(root, name), join(copy, name), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction')
  const { status, error } = save(...articles)
  expect(status, error).toBe(0)
})

const ofArticle = { table: 'article', id: 'mauvais', reason: 'note: must be a text' }
const ofSelection = { table: 'selection', id: '', reason: expect.stringMatching(/^newest: /) }

/** The commands, in an order in which the store becomes sound again. `to` is the option that names the Worker. */
function mend(to: string[]): void {
  const found = kiosque('doctor', ...to)
  expect(found).toMatchObject({ status: 1, error: '2 findings' })
  expect(found.out).toEqual([
    'article "mauvais": note: must be a text',
    expect.stringMatching(/^ {2}save the article again/),
    'selection "": newest: must be a JSON list, the numbers of the newest articles',
    '  run `npx kiosque doctor --fix`',
  ])
  const fixed = kiosque('doctor', '--fix', ...to)
  expect(fixed).toMatchObject({ status: 1, error: '1 corrected, 1 finding' })
  expect(fixed.out[0]).toBe(
    'corrected selection "": newest: must be a JSON list, the numbers of the newest articles',
  )
  const again = kiosque('doctor', '--fix', '--json', ...to)
  expect(again).toMatchObject({ status: 1, error: '' })
  expect(again.out.map((line) => JSON.parse(line))).toMatchObject([ofArticle])
  const listed = kiosque('list', ...to)
  expect([listed.status, listed.out.length]).toEqual([0, 1])
  expect(listed.error).toContain('left out article "mauvais", which is a bad row: note: must be a text')
  const exported = kiosque('export', ...to)
  expect(exported.status).toBe(1)
  expect(exported.error).toMatch(/"mauvais".*note/)
  expect(exported.out.join('\n')).toContain('"slug":"bon"')
  expect(exported.out.join('\n')).not.toContain('"slug":"mauvais"')
}

// Each command starts the platform of the local store, which takes seconds on a busy machine.
describe('a store with a bad article and a bad list', { timeout: 180_000 }, () => {
  beforeEach(plant)

  test('without --to, in the local store', () => {
    mend([])
    expect(save(articles[1] as object).status).toBe(0)
    expect(kiosque('doctor')).toMatchObject({ status: 0, out: [''], error: 'nothing to mend' })
  })

  test('with --to, in a Worker', async () => {
    const port = await freePort()
    const server: ProcessGroup = await serve(state, port)
    const to = ['--to', `http://localhost:${port}`]
    try {
      const found = kiosque('doctor', '--json', ...to)
      expect(found).toMatchObject({ status: 1, error: '' })
      expect(found.out.map((line) => JSON.parse(line))).toMatchObject([ofArticle, ofSelection])
      mend(to)
      expect(kiosque('withdraw', '--yes', 'mauvais', ...to).status).toBe(0)
      expect(kiosque('doctor', ...to)).toMatchObject({ status: 0, out: [''], error: 'nothing to mend' })
      expect(kiosque('export', ...to)).toMatchObject({ status: 0, error: '' })
    } finally {
      await kill(server)
    }
  })
})
