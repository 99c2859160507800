import { expect, test } from 'vitest'
import type { Outcome, Store } from '../../src/domain/store.ts'
import { publish } from '../../src/write/publish.ts'
import { rename } from '../../src/write/rename.ts'
import { site } from '../render/samples.ts'

/** Ports whose store answers each save with the next outcome, and counts. */
function portsWith(outcomes: Outcome[]) {
  const seen = { saves: 0, invalidated: [] as string[] }
  const store: Store = {
    heads: async () => undefined,
    newest: async () => ({ articles: [] }),
    page: async () => ({ articles: [] }),
    archive: async () => undefined,
    archived: async () => ({ title: '', articles: [] }),
    withdrawn: async () => [],
    find: async () => undefined,
    findMany: async () => [],
    freeSlugs: async (slugs) => [...slugs],
    moved: async () => undefined,
    selections: async () => [],
    initials: async () => [],
    lastNumber: async () => 0,
    pathsNumbered: async () => [],
    sitemapParts: async () => [],
    sitemapHead: async () => undefined,
    sitemapEntries: async () => [],
    newsEntries: async () => [],
    list: async () => ({ articles: [] }),
    remove: async () => false,
    isKnown: async () => false,
    rename: async () => ({ kind: 'conflict' }),
    save: async () => outcomes[seen.saves++] ?? { kind: 'conflict' },
    release: async () => [],
    isEmpty: async () => true,
  }
  const invalidate = async (paths: readonly string[]) => {
    seen.invalidated.push(...paths)
  }
  return { seen, ports: { site, store, clock: () => 0, invalidate } }
}

const input = { title: 'Titre', text: 'Corps.' }

test('a save that somebody else’s came before is tried again on what stands now', async () => {
  const { seen, ports } = portsWith([
    { kind: 'conflict' },
    { kind: 'saved', revision: 7, touched: ['', 'tags/x'] },
  ])
  expect(await publish(ports, input)).toMatchObject({ ok: true, value: { kind: 'created', revision: 7 } })
  expect(seen).toEqual({ saves: 2, invalidated: ['', 'tags/x'] })
})

test('after ten tries the caller is told', async () => {
  const { seen, ports } = portsWith([])
  expect(await publish(ports, input)).toEqual({ ok: false, problem: { kind: 'conflict', slug: 'titre' } })
  expect(seen).toEqual({ saves: 10, invalidated: [] })
})

test('a title that makes no slug needs one', async () => {
  const { seen, ports } = portsWith([])
  expect(await publish(ports, { title: '…' })).toMatchObject({
    ok: false,
    problem: { kind: 'invalid-article', issues: [{ field: 'slug' }] },
  })
  expect(seen.saves).toBe(0)
})

test('a renaming that saves keep coming between is refused by its path, as what it is', async () => {
  const { ports } = portsWith([])
  const store = { ...ports.store, isKnown: async () => true }
  expect(await rename({ ...ports, store }, 'sections', 'monde', 'Ailleurs')).toEqual({
    ok: false,
    problem: { kind: 'rename-conflict', path: 'sections/monde' },
  })
})
