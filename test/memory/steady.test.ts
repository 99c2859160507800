import { expect, test } from 'vitest'
import type { Within } from '../../src/domain/ports.ts'
import type { Counts, ShortLinks } from '../../src/domain/short-link.ts'
import type { Store } from '../../src/domain/store.ts'
import { steadyStore } from '../../src/memory/steady.ts'

const methods: Record<keyof Store | keyof Counts | keyof ShortLinks, 'read' | 'write'> = {
  ...{
    save: 'write',
    remove: 'write',
    rename: 'write',
    prepareRename: 'write',
    release: 'write',
    takeCharge: 'write',
  },
  ...{ add: 'write', fill: 'write', addOrigins: 'write', openImport: 'write', completeImport: 'write' },
  ...{
    heads: 'read',
    newest: 'read',
    page: 'read',
    canonical: 'read',
    archive: 'read',
    archived: 'read',
    withdrawn: 'read',
  },
  ...{
    find: 'read',
    findMany: 'read',
    findImported: 'read',
    lastImport: 'read',
    freeSlugs: 'read',
    names: 'read',
    deletedSlugs: 'read',
    moved: 'read',
    movedAmong: 'read',
    list: 'read',
    isKnown: 'read',
  },
  ...{ selections: 'read', initials: 'read', lastNumber: 'read', pathsNumbered: 'read', isEmpty: 'read' },
  ...{ sitemapParts: 'read', sitemapHead: 'read', sitemapEntries: 'read', newsEntries: 'read' },
  ...{ ofArticle: 'read', ofSite: 'read', isFilled: 'read', search: 'read' },
}

test.for(Object.entries(methods))('%s: a %s; only a read has a deadline', async ([method, kind]) => {
  let hasDeadline = false
  const within: Within = (_, work) => {
    hasDeadline = true
    return work
  }
  await steadyStore({ [method]: async () => {} }, within)[method]?.()
  expect(hasDeadline).toBe(kind === 'read')
})
