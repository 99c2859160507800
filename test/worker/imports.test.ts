import { describe, expect, test } from 'vitest'
import { readBackup } from '../../src/cli/backup.ts'
import { openSmall, restoreInto, sourceOf } from './backups.ts'
import { emptyDatabase } from './database.ts'
import { openSite, type TestSite } from './site.ts'

/** What the answer says about one line. */
interface Answer {
  status: number
  saved?: string
  slug?: string
  id?: string
  former?: { title: string; day: string }
  detail?: string
}

const ndjson = { 'Content-Type': 'application/x-ndjson' }

/** Sends lines to an address of the API, and returns what the answer says about each. */
async function sent(site: TestSite, lines: readonly object[], path = '/api/articles'): Promise<Answer[]> {
  const body = lines.map((line) => JSON.stringify(line)).join('\n')
  const answer = await site.call('POST', path, body, ndjson)
  const texts = new TextDecoder().decode(await answer.arrayBuffer()).split('\n')
  return texts.filter(Boolean).map((line) => JSON.parse(line))
}

/** What an import did with each line, in a few words. */
const told = (answers: readonly Answer[]): string[] =>
  answers.map(({ saved, slug, former, detail }) =>
    saved === undefined
      ? `refused: ${detail}`
      : [saved, slug, ...(former ? [`"${former.title}" of ${former.day}`] : [])].join(' '),
  )

const rain = 'La pluie tombe sur la ville depuis le matin, et le fleuve monte encore.'
const sun = 'Le soleil revient sur les collines, après une semaine de brouillard.'
const base = { title: 'Météo', published: '2024-06-12T10:00:00Z', text: rain }
const next = { title: 'Météo', published: '2024-06-19T10:00:00Z', text: sun }

/** A line of an import of the file `path`. */
const line = (article: object, path?: string, more: object = {}) => ({
  ...article,
  import: { run: 2, ...(path && { path }), ...more },
})

/** The line of an import that ran before. */
const before = (article: object, path?: string) => line(article, path, { run: 1 })

/** The line of an article that gets the present as its date if it is new. */
const now = (article: object, path?: string) =>
  line({ ...article, published: '2024-06-20T12:00:00Z', dayOnly: ['published'] }, path, { keepsDate: true })

const corrected = { ...base, text: `${rain} Le maire a fermé le pont.` }

/** A stored article, an article that is imported afterwards, and what becomes of it. */
const rows: [what: string, stored: object | undefined, given: object, outcome: string | RegExp][] = [
  ['nothing is known', undefined, line(base, 'a.txt'), 'created meteo'],
  ['the same file', before(base, 'a.txt'), line(base, 'a.txt'), 'unchanged meteo'],
  [
    'another title',
    before(base, 'a.txt'),
    line({ ...base, title: 'Pluie' }, 'a.txt'),
    'replaced meteo "Météo" of 2024-06-12',
  ],
  [
    'another date',
    before(base, 'a.txt'),
    line({ ...base, published: '2024-06-13T10:00:00Z' }, 'a.txt'),
    'replaced meteo "Météo" of 2024-06-12',
  ],
  [
    'another text',
    before(base, 'a.txt'),
    line({ ...base, text: sun }, 'a.txt'),
    'replaced meteo "Météo" of 2024-06-12',
  ],
  [
    'another title and text in the same file',
    before(base, 'a.txt'),
    line({ ...next, title: 'Soleil' }, 'a.txt'),
    'created soleil',
  ],
  [
    'another date and text in the same file',
    before(base, 'a.txt'),
    line(next, 'a.txt'),
    /^refused: .*"meteo" \("Météo" of 2024-06-12\): it came from the same file.*--replace/,
  ],
  [
    'the same, with --replace',
    before(base, 'a.txt'),
    line(next, 'a.txt', { replace: true }),
    'replaced meteo "Météo" of 2024-06-12',
  ],
  [
    'the same, with a slug of its own',
    before(base, 'a.txt'),
    line({ ...next, slug: 'beau' }, 'a.txt'),
    'created beau',
  ],
  ['another file of another day', before(base, 'a.txt'), line(next, 'b.txt'), 'created meteo-2'],
  [
    'another file of the same day with the same text',
    before(base, 'a.txt'),
    line(corrected, 'b.txt'),
    'replaced meteo "Météo" of 2024-06-12',
  ],
  [
    'another file of the same day with another text',
    before(base, 'a.txt'),
    line({ ...base, text: sun }, 'b.txt'),
    /^refused: .*came from another file/,
  ],
  [
    'an article of the API on the same day',
    base,
    line(corrected, 'a.txt'),
    'replaced meteo "Météo" of 2024-06-12',
  ],
  [
    'an article of the API on the same day, with another text',
    base,
    line({ ...base, text: sun }, 'a.txt'),
    /^refused: .*it has the same title and date, but another text; .*--replace/,
  ],
  [
    'the same, with --replace',
    base,
    line({ ...base, text: sun }, 'a.txt', { replace: true }),
    'replaced meteo "Météo" of 2024-06-12',
  ],
  ['an article of the API on another day', base, line(next, 'a.txt'), 'created meteo-2'],
  [
    'the day in the time zone of the site',
    { ...base, published: '2024-06-13T01:00:00Z' },
    line(base, 'a.txt'),
    'replaced meteo "Météo" of 2024-06-12',
  ],
  [
    'its slug, on the same day',
    base,
    line({ ...base, slug: 'meteo', title: 'Pluie' }, 'a.txt'),
    'replaced meteo "Météo" of 2024-06-12',
  ],
  [
    'its slug, on another day',
    base,
    line({ ...next, slug: 'meteo' }, 'a.txt'),
    /^refused: .*another date and another text/,
  ],
  [
    'its slug, with --replace',
    base,
    line({ ...next, slug: 'meteo' }, 'a.txt', { replace: true }),
    'replaced meteo "Météo" of 2024-06-12',
  ],
  [
    'the same file, whose language is only guessed',
    before({ ...base, language: 'de' }, 'a.txt'),
    line({ ...base, language: 'en' }, 'a.txt', { guessesLanguage: true }),
    'unchanged meteo',
  ],
  [
    'the same file, which states another language',
    before({ ...base, language: 'de' }, 'a.txt'),
    line({ ...base, language: 'en' }, 'a.txt'),
    'replaced meteo "Météo" of 2024-06-12',
  ],
  [
    'its id',
    before({ ...base, id: 'urn:x:1' }),
    line({ ...next, title: 'Soleil', id: 'urn:x:1' }),
    'replaced meteo "Météo" of 2024-06-12',
  ],
  [
    'its id, which an earlier article of the import has',
    before({ ...base, id: 'urn:x:1' }),
    line({ ...next, id: 'urn:x:1' }, undefined, { repeats: true }),
    /^refused: .*has the same id, and another text/,
  ],
  [
    'its id, which the same import has saved',
    line({ ...base, id: 'urn:x:1' }),
    line({ ...next, id: 'urn:x:1' }),
    /^refused: .*has the same id, and another text/,
  ],
  [
    'another id on the same day',
    before({ ...base, id: 'urn:x:1' }),
    line({ ...base, id: 'urn:x:2' }),
    'created meteo-2',
  ],
  [
    'an id that the file has got since',
    before(base, 'a.txt'),
    line({ ...corrected, id: 'urn:x:1' }, 'a.txt'),
    'replaced meteo "Météo" of 2024-06-12',
  ],
  [
    'the slug of another id',
    before({ ...base, id: 'urn:x:1' }),
    line({ ...base, id: 'urn:x:2', slug: 'meteo' }),
    /^refused: .*another article has, or had, this slug/,
  ],
  ['the same file, published now', before(base, 'a.txt'), now(base, 'a.txt'), 'unchanged meteo'],
  [
    'the same file with a corrected title, published now',
    before(base, 'a.txt'),
    now({ ...base, title: 'Pluie' }, 'a.txt'),
    'replaced meteo "Météo" of 2024-06-12',
  ],
  [
    'its id, published now',
    before({ ...base, id: 'urn:x:1' }),
    now({ ...base, id: 'urn:x:1' }),
    'unchanged meteo',
  ],
  ['its title and text, published now', before(base), now(base), 'unchanged meteo'],
  ['its title and another text, published now', before(base), now({ ...base, text: sun }), 'created meteo-2'],
  ['its title and a longer text, published now', before(base), now(corrected), 'created meteo-2'],
  ['no date and the same text', base, line({ title: 'Météo', text: rain }, 'a.txt'), 'unchanged meteo'],
  ['no date and another text', base, line({ title: 'Météo', text: sun }, 'a.txt'), /^refused: .*has no date/],
]

describe('an article of an import is known by its id, its file, or its slug and day', () => {
  test.for(rows)('%s', async ([, stored, given, outcome]) => {
    const site = await openSite()
    if (stored) expect(told(await sent(site, [stored]))[0]).toMatch(/^created/)
    const [dry] = await sent(site, [given], '/api/dry-run')
    const [done] = await sent(site, [given])
    expect(told([done as Answer])[0]).toEqual(
      typeof outcome === 'string' ? outcome : expect.stringMatching(outcome),
    )
    expect(dry).toEqual(done)
  })
})

test('the numbered article of a weekly column is found by its day', async () => {
  const site = await openSite()
  const week = (at: number) => ({ ...base, published: `2024-0${at}-12T10:00:00Z`, text: `${rain} ${at}` })
  const weeks = [1, 2, 3, 4, 5].map((at) => line(week(at), `${at}.txt`))
  expect(told(await sent(site, weeks))).toEqual([
    'created meteo',
    ...[2, 3, 4, 5].map((at) => `created meteo-${at}`),
  ])
  expect(told(await sent(site, weeks))).toEqual([
    'unchanged meteo',
    ...[2, 3, 4, 5].map((at) => `unchanged meteo-${at}`),
  ])
  const moved = line({ ...week(3), text: `${rain} Corrigé.` }, 'archives/3.txt')
  expect(told(await sent(site, [moved]))).toEqual(['replaced meteo-3 "Météo" of 2024-03-12'])
})

test('two files of one import that concern the same article are compared with each other', async () => {
  const site = await openSite()
  const lines = [line(base, 'a.txt'), line(corrected, 'b.txt'), line({ ...base, text: sun }, 'c.txt')]
  expect(told(await sent(site, lines))).toEqual([
    'created meteo',
    'replaced meteo "Météo" of 2024-06-12',
    expect.stringMatching(/^refused: .*came from another file/),
  ])
})

test('an import of an unchanged article gives it the origin of its file', async () => {
  const site = await openSite()
  await sent(site, [base])
  expect(told(await sent(site, [line(base, 'a.txt')]))).toEqual(['unchanged meteo'])
  const renamed = line({ ...next, title: 'Pluie', text: rain }, 'a.txt')
  expect(told(await sent(site, [renamed]))).toEqual(['replaced meteo "Météo" of 2024-06-12'])
})

test('an equal copy in another file does not take over the origin of an article', async () => {
  const site = await openSite()
  await sent(site, [before(base, 'a.txt')])
  expect(told(await sent(site, [line(base, 'copie.txt')]))).toEqual(['unchanged meteo'])
  await sent(site, [line({ ...base, text: `${rain} Corrigé.` }, 'a.txt')])
  const renamed = line({ ...base, title: 'Pluie', text: `${rain} Corrigé.` }, 'a.txt')
  expect(told(await sent(site, [renamed]))).toEqual(['replaced meteo "Météo" of 2024-06-12'])
})

test('a file that changes the article of another file gives it its origin', async () => {
  const site = await openSite()
  await sent(site, [before(base, 'a.txt'), line(corrected, 'archives/a.txt')])
  const renamed = line({ ...corrected, title: 'Pluie' }, 'archives/a.txt')
  expect(told(await sent(site, [renamed]))).toEqual(['replaced meteo "Météo" of 2024-06-12'])
})

test('what an import leaves out stays, and the answer names it; a line that is whole removes it', async () => {
  const site = await openSite()
  await sent(site, [{ ...base, section: 'Ville', note: 'Corrigé.', tags: ['a'] }])
  const read = async () => (await (await site.call('GET', '/api/articles/meteo')).json()) as object
  expect(await sent(site, [line(corrected, 'a.txt')])).toMatchObject([
    { saved: 'replaced', kept: ['section', 'tags', 'note'] },
  ])
  expect(await read()).toMatchObject({ section: 'Ville', note: 'Corrigé.', tags: ['a'] })
  expect(await sent(site, [line(corrected, 'a.txt')])).toMatchObject([
    { saved: 'unchanged', kept: ['section', 'tags', 'note'] },
  ])
  const [whole] = await sent(site, [line({ ...corrected, section: 'Monde' }, 'a.txt', { whole: true })])
  expect(whole).not.toHaveProperty('kept')
  expect(await read()).toMatchObject({ section: 'Monde', tags: [] })
  expect(await read()).not.toHaveProperty('note')
})

test('an article that is published now keeps its date when it is replaced', async () => {
  const site = await openSite()
  await sent(site, [before({ ...base, updated: '2024-06-13T10:00:00Z' }, 'a.txt')])
  expect(told(await sent(site, [now({ ...corrected, title: 'Pluie' }, 'a.txt')]))).toEqual([
    expect.stringMatching(/^replaced meteo/),
  ])
  const stored = await (await site.call('GET', '/api/articles/meteo')).json()
  expect(stored).toMatchObject({ title: 'Pluie', published: base.published })
})

test('a slug that another article had is not given to a new article', async () => {
  const site = await openSite()
  await site.put('meteo', { ...base, id: 'urn:x:1' })
  await site.put('pluie', { ...base, id: 'urn:x:1' })
  const lines = [line(next, 'a.txt'), line({ ...next, title: 'Autre' }, 'b.txt')]
  expect(told(await sent(site, lines))).toEqual(['created meteo-2', 'created autre'])
})

test('no answer of the API shows the origin of an article, and a backup has it', async () => {
  const site = await openSite()
  await sent(site, [line(base, 'bureau/a.txt')])
  const shown = [
    '/api/articles',
    '/api/articles?form=stored',
    '/api/articles/meteo',
    '/feed.json',
    '/articles/meteo',
  ]
  for (const address of shown) {
    const answer = await (address.startsWith('/api') ? site.call('GET', address) : site.get(address))
    expect(await answer.text(), address).not.toContain('a.txt')
  }
  const { lines } = (await (await site.call('GET', '/api/backup/origins')).json()) as { lines: object[] }
  expect(lines).toEqual([{ kind: 'origin', id: expect.any(String), path: 'bureau/a.txt' }])
})

test('a backup brings the origins into an empty store', async () => {
  const site = await openSmall()
  await sent(site, [line(base, 'bureau/a.txt'), line({ ...next, title: 'Autre' })])
  const { lines } = await readBackup(sourceOf(site))
  expect(lines.at(-1)).toEqual({
    kind: 'origin',
    id: 'tag:kiosque.example,2024:meteo',
    path: 'bureau/a.txt',
  })
  await emptyDatabase()
  const empty = await openSmall()
  expect(await restoreInto(empty, lines)).toMatchObject({
    tally: { restored: expect.any(Number) },
    refused: [],
  })
  expect((await readBackup(sourceOf(empty))).lines).toEqual(lines)
  const moved = line({ ...base, title: 'Pluie' }, 'bureau/a.txt')
  expect(told(await sent(empty, [moved]))).toEqual(['replaced meteo "Météo" of 2024-06-12'])
})

test('an import that was interrupted goes on under its number', async () => {
  const site = await openSite()
  const open = async (files: string) =>
    (await (await site.call('POST', '/api/imports', { files: files.repeat(64) })).json()) as {
      run: number
      goesOn: boolean
    }
  const first = await open('a')
  expect(first.goesOn).toBe(false)
  expect(await open('a')).toEqual({ run: first.run, goesOn: true })
  const second = await open('b')
  expect(second.goesOn).toBe(false)
  expect(second.run).toBeGreaterThan(first.run)
  expect((await site.call('POST', '/api/imports/complete', { run: second.run })).status).toBe(200)
  const third = await open('b')
  expect(third).toMatchObject({ goesOn: false })
  expect(third.run).toBeGreaterThan(second.run)
  expect((await site.call('POST', '/api/imports', { files: 'x' })).status).toBe(422)
  expect((await site.call('POST', '/api/imports/complete', { run: 'x' })).status).toBe(422)
})
