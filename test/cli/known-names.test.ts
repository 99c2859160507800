import { describe, expect, test } from 'vitest'
import type { ImportItem } from '../../src/cli/import.ts'
import { keyOf, nearestName, readNames } from '../../src/cli/known-names.ts'
import { warnOfNewSections } from '../../src/cli/new-sections.ts'
import type { Filter } from '../../src/cli/target.ts'
import type { Article } from '../../src/domain/article.ts'
import type { KnownPath } from '../../src/domain/path.ts'
import { success } from '../../src/domain/problem.ts'

const target = {
  async *paths(): AsyncGenerator<KnownPath> {
    yield { path: 'articles/vu', seen: true }
    yield { path: 'sections/ville', title: 'Ville' }
    yield { path: 'sections/economie', title: 'Économie' }
    yield { path: 'sections/ancienne', to: 'sections/ville' }
    yield { path: 'tags/c', title: 'C' }
    yield { path: 'tags/c-sharp', title: 'C#' }
    yield { path: 'tags/peche', title: 'Pêche' }
    yield { path: 'tags/peche-2', title: 'Péché' }
    yield { path: 'authors/kim-tremblay', title: 'Kim Tremblay' }
  },
  async *list({ status }: Filter): AsyncGenerator<Article> {
    const sections = { draft: ['Brouillons', undefined], scheduled: ['Bientôt'] }[status ?? ''] ?? []
    for (const section of sections)
      yield { slug: 'pont', title: 'Le pont', ...(section && { section }) } as Article
  },
}

describe('a name of the command line', () => {
  const rows: [given: string, folder: 'sections' | 'tags' | 'authors', key: string | undefined][] = [
    ['ville', 'sections', 'ville'],
    ['Ville', 'sections', 'ville'],
    ['VILLE', 'sections', 'ville'],
    ['Économie', 'sections', 'economie'],
    ['economie', 'sections', 'economie'],
    ['ancienne', 'sections', undefined],
    ['Vile', 'sections', undefined],
    ['C#', 'tags', 'c-sharp'],
    ['C', 'tags', 'c'],
    ['Péché', 'tags', 'peche-2'],
    ['peche', 'tags', 'peche'],
    ['kim tremblay', 'authors', 'kim-tremblay'],
    ['Ville', 'authors', undefined],
  ]
  test.for(rows)('%s in %s has the key %s', async ([given, folder, key]) => {
    expect(keyOf(given, folder, await readNames(target))).toBe(key)
  })
})

describe('what may be meant', () => {
  const names = ['Ville', 'Économie', 'Sports', 'Art']
  test.for([
    ['Vile', 'Ville'],
    ['ville ', undefined],
    ['Vlile', 'Ville'],
    ['Economie', 'Économie'],
    ['Econmies', 'Économie'],
    ['Sport', 'Sports'],
    ['Arts', 'Art'],
    ['Monde', undefined],
    ['Ar', 'Art'],
    ['A', undefined],
    ['', undefined],
    ['x'.repeat(200), undefined],
  ] as const)('by %s: %s', ([given, meant]) => {
    expect(nearestName(given, names)).toBe(meant)
  })
})

const article = (where: string, section?: string, more: object = {}): ImportItem => ({
  where,
  article: success({ title: 'Le pont', ...(section !== undefined && { section }) }),
  ...more,
})

test('the first article of each new section gets a warning', async () => {
  const found = [
    article('a', 'Ville'),
    article('b', 'Vile', { warnings: ['no byline found'] }),
    article('c', 'VILE'),
    article('d', 'Monde'),
    article('e'),
    article('f', 'Loisirs', { origin: {} }),
  ]
  const items = await warnOfNewSections(found, target)
  expect(items.map(({ where, warnings }) => [where, warnings])).toEqual([
    ['a', undefined],
    ['b', ['no byline found', 'Vile: new section; did you mean Ville?']],
    ['c', undefined],
    ['d', ['Monde: new section']],
    ['e', undefined],
    ['f', undefined],
  ])
})

test('a section that only drafts or scheduled articles have is known', async () => {
  const sections = ['Brouillons', 'BIENTÔT', 'Brouillon', 'Ville']
  const items = await warnOfNewSections(
    sections.map((section) => article(section, section)),
    target,
  )
  expect(items.map(({ warnings }) => warnings)).toEqual([
    undefined,
    undefined,
    ['Brouillon: new section; did you mean Brouillons?'],
    undefined,
  ])
})

test('drafts are not read if the sections of all articles have paths', async () => {
  const unreadable = {
    paths: target.paths,
    // biome-ignore lint/correctness/useYield: it fails before it yields
    async *list(): AsyncGenerator<Article> {
      throw new Error('read')
    },
  }
  expect(await warnOfNewSections([article('a', 'Ville')], unreadable)).toEqual([article('a', 'Ville')])
})

test('names are not read if no article has a section', async () => {
  const unreadable = {
    // biome-ignore lint/correctness/useYield: it fails before it yields
    async *paths(): AsyncGenerator<KnownPath> {
      throw new Error('read')
    },
    list: target.list,
  }
  expect(await warnOfNewSections([article('a')], unreadable)).toEqual([article('a')])
})
