import { expect, test } from 'vitest'
import { readBackup } from '../../src/cli/backup.ts'
import type { ArticleLine, BackupState, ExportedLine, ListedKind } from '../../src/domain/backup.ts'
import type { KnownPath } from '../../src/domain/path.ts'
import { sampleArticle } from '../render/samples.ts'

const line = (number: number, revision: number, title = `A${number}`): ArticleLine => ({
  ...sampleArticle({ slug: `a${number}`, id: `urn:x:${number}`, title }),
  backup: { number, revision, state: 'published', seen: true },
})

/**
 * A store with three articles that changes during an export: `change` is called after each reading of the articles,
 * with the number of the reading.
 */
function changing(change: (reading: number, articles: Map<number, ArticleLine>) => void) {
  const articles = new Map([1, 2, 3].map((number) => [number, line(number, number)]))
  let revision = 3
  let readings = 0
  const lines = async function* (kind: ListedKind, since = 0): AsyncGenerator<ExportedLine> {
    if (kind !== 'articles') return
    yield* [...articles.values()].filter(({ backup }) => backup.revision > since)
    change(++readings, articles)
    revision = Math.max(revision, ...[...articles.values()].map(({ backup }) => backup.revision))
  }
  const state = async (): Promise<BackupState> => {
    return { revision, selections: 0, articles: articles.size, archives: 0 }
  }
  const paths = async function* (): AsyncGenerator<KnownPath> {
    yield { path: 'articles/vieux', to: 'articles/a1' }
    yield { path: 'articles/a3', seen: true }
  }
  return { source: { paths, backup: { lines, state } }, articles, readings: () => readings }
}

const titles = (lines: readonly object[]) =>
  lines.flatMap((one) => ('title' in one ? [String(one.title)] : []))

test('a backup has its kinds of lines in the order in which they are restored', async () => {
  const { source } = changing(() => {})
  const { lines } = await readBackup(source)
  expect(lines[0]).toEqual({ kind: 'backup', revision: 3, selections: 0, articles: 3, archives: 0 })
  expect(lines[1]).toEqual({ path: 'articles/a3', seen: true })
  expect(titles(lines)).toEqual(['A1', 'A2', 'A3'])
  expect(lines.at(-1)).toEqual({ path: 'articles/vieux', to: 'articles/a1' })
})

test('what is saved during an export is read again until nothing is saved', async () => {
  const { source, readings } = changing((reading, articles) => {
    if (reading < 4) articles.set(1, line(1, 20 * reading, `Corrigé ${reading}`))
    if (reading === 2) articles.set(4, line(4, 41))
  })
  const { lines } = await readBackup(source)
  expect(titles(lines)).toEqual(['Corrigé 3', 'A2', 'A3', 'A4'])
  expect(lines[0]).toMatchObject({ revision: 60, articles: 4 })
  expect(readings()).toBe(4)
})

test('a draft that is deleted during an export is not in the backup', async () => {
  const { source } = changing((reading, articles) => {
    if (reading === 1) articles.delete(2)
  })
  expect(titles((await readBackup(source)).lines)).toEqual(['A1', 'A3'])
})

test('the number of a deleted draft may belong to another article', async () => {
  const { source } = changing((reading, articles) => {
    if (reading === 1) articles.set(3, line(3, 30, 'Autre'))
  })
  expect(titles((await readBackup(source)).lines)).toEqual(['A1', 'A2', 'Autre'])
})

test('an export of a store that always changes ends', async () => {
  const { source } = changing((reading, articles) => articles.set(1, line(1, 10 + reading)))
  await expect(readBackup(source)).rejects.toThrow('Cannot export: the store changed again and again')
})

test('an article that cannot be read is named with the reason, and is no line', async () => {
  const { source } = changing(() => {})
  const badRow = { slug: 'a2', id: 'urn:x:2', field: 'note', reason: 'must be a text' }
  const lines = async function* (kind: ListedKind, since?: number): AsyncGenerator<ExportedLine> {
    for await (const one of source.backup.lines(kind, since))
      yield (one as ArticleLine).slug === 'a2' ? { bad: badRow, number: 2 } : one
  }
  const backup = await readBackup({ ...source, backup: { ...source.backup, lines } })
  expect(backup.bad).toEqual([badRow])
  expect(titles(backup.lines)).toEqual(['A1', 'A3'])
  expect(backup.lines[0]).toMatchObject({ articles: 2 })
})
