import { expect, test } from 'vitest'
import { lastWithin, relatedLine, relatedLines } from '../../src/cli/related.ts'
import type { ArticleInput } from '../../src/domain/input.ts'

const line = (input: ArticleInput, path?: string) =>
  relatedLine(input, path === undefined ? undefined : { import: { run: 0, path } })

test('the earlier lines that may concern the same article are found, also through others, in their order', () => {
  const related = relatedLines()
  const [meteo, renamed, other, withId, sameSlug] = [
    line({ title: 'Météo' }, 'a.txt'),
    line({ title: 'Pluie' }, 'a.txt'),
    line({ title: 'Autre' }, 'b.txt'),
    line({ title: 'Soleil', id: 'urn:x:1' }),
    line({ title: 'Vent', slug: 'pluie' }),
  ] as const
  related.add([meteo, other, withId])
  related.add([renamed, sameSlug])
  const before = (one: ReturnType<typeof line>, limit = 10) => related.before([one], limit)
  expect(before(line({ title: 'METEO' }))).toEqual([meteo.line, renamed.line, sameSlug.line])
  expect(before(line({ title: 'Vent' }), 2)).toEqual([renamed.line, sameSlug.line])
  expect(before(line({ title: 'Neige', id: 'urn:x:1' }))).toEqual([withId.line])
  expect(before(line({ title: 'Neige' }, 'c.txt'))).toEqual([])
})

test('of lines that are too long together, the last are kept', () => {
  expect(lastWithin(['aaaa', 'bbbb', 'é'], 8)).toEqual(['bbbb', 'é'])
  expect(lastWithin(['aaaa', 'bbbb'], 4)).toEqual([])
})
