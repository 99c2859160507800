import { env } from 'cloudflare:workers'
import { describe, expect, test, vi } from 'vitest'
import { foldName } from '../../src/domain/name.ts'
import { open, pathsIn, storedIn, tagsOf } from './stored-names.ts'

describe('the title of a known path', () => {
  const belongs = (name: string) => `title: the path belongs to “${name}” here; if both are one`
  const elsewhere = (path: string) => `title: this name has the path ${path} here`
  type Title = { path: string; title?: string; to?: string; names?: string[] }
  const titles: [what: string, given: Title[], replies: string[]][] = [
    ['the name that the path has', [{ path: 'tags/net', title: 'Net' }], ['unchanged']],
    ['another spelling', [{ path: 'tags/net', title: 'NET' }], ['saved']],
    ['a name with another sign', [{ path: 'tags/c', title: 'C#' }], [belongs('c')]],
    [
      'a name with another sign that wants the same key',
      [{ path: 'tags/net', title: '.NET' }],
      [belongs('net')],
    ],
    ['a name with an accent', [{ path: 'tags/net', title: 'Nét' }], [belongs('net')]],
    ['a name that only a draft has', [{ path: 'tags/strasse', title: 'Strasse' }], [belongs('straße')]],
    ['a new name with a path that is free', [{ path: 'tags/go', title: 'Go' }], ['saved']],
    ['a new name with a number', [{ path: 'tags/net-2', title: '.NET' }], ['saved']],
    ['a name that has another path', [{ path: 'tags/net-2', title: 'Net' }], [elsewhere('tags/net')]],
    ['a name of another folder', [{ path: 'sections/net-2', title: 'Net' }], ['saved']],
    [
      'a correction that the backup tells of',
      [{ path: 'tags/net', title: 'Nét', names: ['NET'] }],
      ['saved'],
    ],
    ['a correction of a third name', [{ path: 'tags/net', title: 'Nét', names: ['Nèt'] }], [belongs('net')]],
    [
      'a correction to a name that has a path',
      [{ path: 'tags/c', title: 'C++', names: ['C'] }],
      [elsewhere('tags/c-plus-plus')],
    ],
    [
      'two names for one free path',
      [
        { path: 'tags/go', title: 'Go' },
        { path: 'tags/go', title: 'Go!' },
      ],
      ['saved', 'path: is given twice'],
    ],
    [
      'a redirect to a title that is refused',
      [
        { path: 'tags/c', title: 'C#' },
        { path: 'tags/csharp', to: 'tags/c' },
      ],
      [belongs('c'), 'to: the title of this path is refused'],
    ],
    [
      'two free paths for one name',
      [
        { path: 'tags/go', title: 'Go' },
        { path: 'tags/go-2', title: 'GO' },
      ],
      ['saved', elsewhere('tags/go')],
    ],
  ]

  test.for(titles)('%s', async ([, paths, expected]) => {
    const site = await open()
    await site.put('un', { tags: ['C', 'C++', 'Net'] })
    await site.put('brouillon', { status: 'draft', tags: ['Straße'] })
    const names = async () => (await env.DB.prepare('SELECT path, name FROM name').all()).results
    const before = await names()
    const ask = async (address: string) => {
      const answer = (await (await site.call('POST', address, { paths })).json()) as {
        paths: { saved?: string; detail?: string }[]
      }
      return answer.paths.map(({ saved, detail }) => saved ?? detail)
    }
    const tried = await ask('/api/paths/dry-run')
    expect(await names()).toEqual(before)
    const replies = await ask('/api/paths')
    expect(replies).toEqual(expected.map((reply) => expect.stringContaining(reply)))
    expect(tried).toEqual(replies)
    const present = ['C', 'C++', 'Net', 'Straße', ...paths.flatMap(({ title }) => title ?? [])]
    await site.put('deux', { tags: [...new Set(present)] })
    const stored = (await storedIn(site)).find(({ slug }) => slug === 'deux')
    const folded = new Set(stored?.tags.map(foldName))
    // Of the names that are there now, only those of a correction have one path.
    const corrected = paths.some(({ names }, at) => names && replies[at] === 'saved') ? 1 : 0
    expect([...new Set(pathsIn(stored, 'tags'))]).toHaveLength(folded.size - corrected)
  })

  test('is refused if another save takes the path while it is saved, and the rest of the call is saved', async () => {
    const site = await open()
    const original = env.DB.batch.bind(env.DB)
    let isFirst = true
    const batch = vi.spyOn(env.DB, 'batch').mockImplementation(async (statements) => {
      if (isFirst && statements.length > 1) {
        isFirst = false
        await site.put('un', { tags: ['.NET', 'Nét'] })
      }
      return original(statements) as never
    })
    const answer = await site.call('POST', '/api/paths', {
      paths: [
        { path: 'tags/net', title: 'Net' },
        { path: 'tags/net-2', title: 'Nèt', names: ['Nêt'] },
        { path: 'tags/go', title: 'Go' },
      ],
    })
    batch.mockRestore()
    expect(((await answer.json()) as { paths: object[] }).paths).toEqual([
      { path: 'tags/net', detail: expect.stringContaining(belongs('.net')) },
      { path: 'tags/net-2', detail: expect.stringContaining(belongs('nét')) },
      { path: 'tags/go', saved: 'saved' },
    ])
  })

  test('and a renaming never give a second path to a name that another save gives one meanwhile', async () => {
    for (const change of ['paths', 'tags/net'] as const) {
      const site = await open()
      const slugs = [`${change.length}a`, `${change.length}b`, `${change.length}c`] as const
      await site.put(slugs[0], { tags: ['Net'] })
      const original = env.DB.batch.bind(env.DB)
      let isFirst = true
      const batch = vi.spyOn(env.DB, 'batch').mockImplementation(async (statements) => {
        if (isFirst && statements.length > 1) {
          isFirst = false
          await site.put(slugs[1], { tags: ['Nét'] })
        }
        return original(statements) as never
      })
      await (change === 'paths'
        ? site.call('POST', '/api/paths', { paths: [{ path: 'tags/net', title: 'Nét', names: ['net'] }] })
        : site.call('PUT', `/api/${change}`, { name: 'Nét' }))
      batch.mockRestore()
      const paths = (await env.DB.prepare("SELECT path FROM name WHERE name = 'nét'").all()).results
      expect(paths, change).toEqual([{ path: 'tags/net-2' }])
      await env.DB.batch(
        ['article', 'name', 'selection', 'redirect'].map((table) =>
          env.DB.prepare(`DELETE FROM ${table} WHERE true`),
        ),
      )
    }
  })

  test('finds a former name in the spelling that the migration has kept', async () => {
    const site = await open()
    await env.DB.prepare("INSERT INTO name (path, name) VALUES ('tags/c', 'C#'), ('tags/c', 'c')").run()
    await site.call('POST', '/api/paths', {
      paths: [{ path: 'tags/c-sharp', title: 'C sharp', names: ['c#'] }],
    })
    await site.put('un', { tags: ['C#', 'C Sharp'] })
    expect(await tagsOf(site, 'un')).toEqual(['tags/c', 'tags/c-sharp'])
  })

  test('a redirect keeps the names that had its path', async () => {
    const site = await open()
    await site.put('un', { tags: ['Net'] })
    await site.call('PUT', '/api/tags/net', { name: 'Internet' })
    const list = (await (await site.call('GET', '/api/paths')).json()) as { paths: object[] }
    expect(list.paths).toContainEqual({ path: 'tags/net', to: 'tags/internet', names: ['net'] })
    await env.DB.prepare("DELETE FROM name WHERE path = 'tags/net'").run()
    await env.DB.prepare("DELETE FROM redirect WHERE path = 'tags/net'").run()
    await site.call('POST', '/api/paths', list)
    await site.put('deux', { tags: ['.NET'] })
    expect(await tagsOf(site, 'deux')).toEqual(['tags/net-2'])
  })

  test('a former name that a backup tells of leads to the path from then on', async () => {
    const site = await open()
    await site.call('POST', '/api/paths', {
      paths: [{ path: 'tags/sante', title: 'Santé', names: ['sante'] }],
    })
    await site.put('un', { tags: ['Sante'] })
    expect(await tagsOf(site, 'un')).toEqual(['tags/sante'])
  })
})
