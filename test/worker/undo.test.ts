import { afterEach, describe, expect, test, vi } from 'vitest'
import { remoteTarget } from '../../src/cli/remote.ts'
import { undoImport } from '../../src/cli/undo.ts'
import type { ArticleInput } from '../../src/domain/input.ts'
import { openSite, type TestSite, token } from './site.ts'

const ndjson = { 'Content-Type': 'application/x-ndjson' }
const base = { text: 'Un paragraphe.', published: '2024-06-12T10:00:00Z' }

/** A site, and the command line that works on it through its API. */
async function openImporting() {
  const site = await openSite()
  vi.stubGlobal('fetch', (url: string, init: RequestInit) =>
    site.call(String(init.method), new URL(url).pathname, init.body, init.headers as Record<string, string>),
  )
  return { site, target: remoteTarget('https://kiosque.example', token) }
}

afterEach(() => {
  vi.unstubAllGlobals()
})

/** Imports articles as the import with this number, each of a file with the name of its title. */
async function imported(site: TestSite, run: number, articles: ArticleInput[]): Promise<void> {
  site.wait(1000)
  const lines = articles.map((one) => ({ ...base, ...one, import: { run, path: `${one.title}.md` } }))
  const body = lines.map((one) => JSON.stringify(one)).join('\n')
  const answer = await site.call('POST', '/api/articles', body, ndjson)
  const text = new TextDecoder().decode(await answer.arrayBuffer())
  expect(text).not.toContain('detail')
  site.wait(1000)
}

const stored = async (site: TestSite, slug: string) =>
  (await (await site.call('GET', `/api/articles/${slug}`)).json()) as Record<string, unknown>

/** Takes back the last import. Returns what the command prints. */
async function undone(target: Parameters<typeof undoImport>[0]) {
  const told: string[] = []
  const { notes, tally } = await undoImport(target, (reply) => {
    told.push(reply.ok ? `${reply.kind} ${reply.slug}` : reply.reason)
  })
  return { told: told.sort(), notes, isLeft: tally.refused !== undefined }
}

describe('undo', () => {
  test('withdraws or deletes what the last import created, and gives back what it replaced', async () => {
    const { site, target } = await openImporting()
    await imported(site, 1, [{ title: 'Avant' }])
    await site.put('brouillon', { ...base, title: 'Brouillon', status: 'draft' })
    const before = await stored(site, 'avant')
    const draft = await stored(site, 'brouillon')
    await imported(site, 2, [
      { title: 'Avant', text: 'Un paragraphe de plus.', note: 'Corrigé.' },
      { title: 'Neuf' },
      { title: 'Futur', status: 'draft' },
      { title: 'Brouillon', status: 'published' },
    ])
    expect((await site.get('/articles/brouillon')).status).toBe(200)
    site.invalidated.length = 0
    const { told, notes, isLeft } = await undone(target)
    expect(told).toEqual(['deleted futur', 'restored avant', 'restored brouillon', 'withdrawn neuf'])
    expect(notes.join('\n')).toMatch(/answer 410.*\n.*imported\n.*names of sections/)
    expect(isLeft).toBe(false)
    expect(await stored(site, 'avant')).toEqual(before)
    expect(await stored(site, 'brouillon')).toEqual(draft)
    expect((await site.get('/articles/neuf')).status).toBe(410)
    expect((await site.get('/articles/brouillon')).status).toBe(404)
    expect((await site.call('GET', '/api/articles/futur')).status).toBe(404)
    expect(site.invalidated).toContain('articles/neuf')
    const feed = await (await site.get('/feed.json')).text()
    expect([feed.includes('Avant'), feed.includes('Neuf')]).toEqual([true, false])
  })

  test('a second time finds nothing to take back', async () => {
    const { site, target } = await openImporting()
    expect((await undone(target)).notes[0]).toMatch(/^nothing to take back/)
    await imported(site, 1, [{ title: 'Un' }])
    expect((await undone(target)).told).toEqual(['withdrawn un'])
    const again = await undone(target)
    expect([again.told, again.notes[0]]).toEqual([[], expect.stringMatching(/^nothing to take back/)])
  })

  test('leaves what somebody has saved since, and says so', async () => {
    const { site, target } = await openImporting()
    await imported(site, 1, [{ title: 'Un' }, { title: 'Deux' }])
    await site.put('un', { ...base, title: 'Un', note: 'Corrigé.' })
    const { told, isLeft } = await undone(target)
    expect(told).toEqual([
      'Cannot take back the import of article "un": it was saved since',
      'withdrawn deux',
    ])
    expect(isLeft).toBe(true)
    expect(await stored(site, 'un')).toMatchObject({ status: 'published', note: 'Corrigé.' })
  })

  const clockRows: [
    what: string,
    article: Partial<ArticleInput>,
    edits: boolean,
    told: string,
    status: number,
  ][] = [
    ['an embargo that has ended', { embargo: '2024-07-01T00:00:00Z' }, false, 'withdrawn un', 410],
    ['an expiry that has come', { expires: '2024-07-01T00:00:00Z' }, false, 'withdrawn un', 410],
    [
      'both',
      { embargo: '2024-06-30T00:00:00Z', expires: '2024-07-01T00:00:00Z' },
      ...([false, 'withdrawn un', 410] as const),
    ],
    ['an editor, then an embargo that has ended', { embargo: '2024-07-01T00:00:00Z' }, true, 'left', 200],
  ]
  test.for(clockRows)('after %s', async ([, article, edits, says, status]) => {
    const { site, target } = await openImporting()
    await imported(site, 1, [{ title: 'Un', ...article }])
    if (edits) await site.put('un', { ...base, title: 'Un', ...article, note: 'Corrigé.' })
    site.at('2024-07-02T00:00:00Z')
    await site.get('/feed.json')
    const { told } = await undone(target)
    expect(told).toEqual([says === 'left' ? expect.stringMatching(/it was saved since$/) : says])
    expect((await site.get('/articles/un')).status).toBe(status)
  })

  test('gives back the version before the import, though the embargo of the import has ended', async () => {
    const { site, target } = await openImporting()
    await imported(site, 1, [{ title: 'Un' }])
    const before = await stored(site, 'un')
    await imported(site, 2, [{ title: 'Un', text: 'Corrigé.', embargo: '2024-07-01T00:00:00Z' }])
    site.at('2024-07-02T00:00:00Z')
    await site.get('/feed.json')
    expect((await undone(target)).told).toEqual(['restored un'])
    expect(await stored(site, 'un')).toEqual(before)
  })

  test('gives back what an editor saved between two parts of an interrupted import', async () => {
    const { site, target } = await openImporting()
    await imported(site, 1, [{ title: 'Un' }])
    await site.put('un', { ...base, title: 'Un', text: 'Une rédactrice l’a réécrit.' })
    const edited = await stored(site, 'un')
    await imported(site, 1, [{ title: 'Un', text: 'Un autre texte du fichier.' }])
    expect((await undone(target)).told).toEqual(['restored un'])
    expect(await stored(site, 'un')).toEqual(edited)
  })

  test('leaves withdrawn what somebody had withdrawn before the import that it takes back', async () => {
    const { site, target } = await openImporting()
    await imported(site, 1, [{ title: 'Un' }])
    await site.call('DELETE', '/api/articles/un')
    await imported(site, 2, [{ title: 'Un', status: 'published' }])
    expect((await undone(target)).told).toEqual(['restored un'])
    await expect(imported(site, 3, [{ title: 'Un' }])).rejects.toThrow('"status":409')
    expect(await stored(site, 'un')).toMatchObject({ status: 'withdrawn' })
  })

  test('takes back only the last import that changed anything', async () => {
    const { site, target } = await openImporting()
    await imported(site, 1, [{ title: 'Un' }])
    await imported(site, 2, [{ title: 'Deux' }])
    await imported(site, 3, [{ title: 'Deux' }])
    expect((await undone(target)).told).toEqual(['withdrawn deux'])
    expect((await undone(target)).told).toEqual([])
    expect((await site.get('/articles/un')).status).toBe(200)
  })

  test('gives back the version before an import that saved the article twice', async () => {
    const { site, target } = await openImporting()
    await imported(site, 1, [{ title: 'Un', id: 'urn:x:1' }])
    const before = await stored(site, 'un')
    await imported(site, 2, [{ title: 'Un', id: 'urn:x:1', note: 'Une.' }])
    await imported(site, 2, [{ title: 'Un', id: 'urn:x:1', note: 'Deux.' }])
    await undone(target)
    expect(await stored(site, 'un')).toEqual(before)
  })

  test('gives back the former address, unless another article of the import has got it', async () => {
    const { site, target } = await openImporting()
    const article = { ...base, title: 'Ancien', id: 'urn:x:1', slug: 'ancien' }
    await imported(site, 1, [article])
    await imported(site, 2, [{ ...article, slug: 'nouveau' }])
    expect((await site.get('/articles/ancien')).status).toBe(301)
    expect((await undone(target)).told).toEqual(['restored ancien'])
    expect((await site.get('/articles/ancien')).status).toBe(200)
  })

  test('what was taken back can be imported again, at the same addresses', async () => {
    const { site, target } = await openImporting()
    await imported(site, 1, [{ title: 'Un' }])
    const { id } = await stored(site, 'un')
    await undone(target)
    await imported(site, 2, [{ title: 'Un', text: 'Un paragraphe corrigé.' }])
    expect(await stored(site, 'un')).toMatchObject({ id, status: 'published' })
    expect((await site.get('/articles/un')).status).toBe(200)
  })

  test('what was taken back leaves nothing in the article that is imported again', async () => {
    const { site, target } = await openImporting()
    await imported(site, 1, [{ title: 'Un', note: 'Ajout.', section: 'Ville', language: 'de' }])
    await undone(target)
    await imported(site, 2, [{ title: 'Un' }])
    const again = await stored(site, 'un')
    expect(again).toMatchObject({ status: 'published', language: 'fr-CA' })
    expect([again.note, again.section]).toEqual([undefined, undefined])
  })

  test('what was taken back can be imported again after Atom has stopped reporting the withdrawal', async () => {
    const { site, target } = await openImporting()
    await imported(site, 1, [{ title: 'Un' }])
    await undone(target)
    site.wait(31 * 86_400_000)
    await site.get('/feed.atom')
    await imported(site, 2, [{ title: 'Un' }])
    expect(await stored(site, 'un')).toMatchObject({ status: 'published' })
  })

  test('an article that somebody withdrew stays withdrawn, whatever is imported', async () => {
    const { site } = await openImporting()
    await imported(site, 1, [{ title: 'Un' }])
    await site.call('DELETE', '/api/articles/un')
    const again = { ...base, title: 'Un', import: { run: 2, path: 'Un.md' } }
    const answer = await site.call('POST', '/api/articles', JSON.stringify(again), ndjson)
    expect(new TextDecoder().decode(await answer.arrayBuffer())).toContain('it was withdrawn')
  })

  test('takes back an import of many articles in parts', async () => {
    const { site, target } = await openImporting()
    await imported(
      site,
      1,
      Array.from({ length: 45 }, (_, at): ArticleInput => {
        return { title: `Article ${at}`, ...(at % 5 === 0 && { status: 'draft' }) }
      }),
    )
    const { told } = await undone(target)
    expect(told).toHaveLength(45)
    expect(told.filter((one) => one.startsWith('withdrawn '))).toHaveLength(36)
    expect(told.filter((one) => one.startsWith('deleted '))).toHaveLength(9)
    const { articles } = (await (await site.call('GET', '/api/articles?status=published')).json()) as {
      articles: object[]
    }
    expect(articles).toEqual([])
  })
})
