import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { digestOfRenderers } from '../../scripts/renderer-digest.ts'
import { storedArticle } from '../../src/domain/own-addresses.ts'
import { sourceDigest } from '../../src/render/digest.ts'
import { formats } from '../../src/render/formats.ts'
import { behaviours } from './samples.ts'

const folder = join(import.meta.dirname, '../../fixtures/golden')
const cases = Object.keys(behaviours).flatMap((behaviour) =>
  formats.map(({ format }) => `${behaviour}.${format}`),
)

describe('golden files: `npm run golden` writes them, the diff is read', () => {
  test.for(cases)('%s', (name) => {
    const [behaviour = '', format] = name.split('.')
    const { render } = formats.find((one) => one.format === format) ?? {}
    const feed = behaviours[behaviour]
    const golden = readFileSync(join(folder, name), 'utf8')
    expect(feed && render?.(feed)).toBe(golden)
    const articles = feed?.articles.map((article) => storedArticle(feed.site, article)) ?? []
    expect(feed && render?.({ ...feed, articles }), 'with its addresses as they are stored').toBe(golden)
  })

  test('no golden file is left over', () => {
    expect(readdirSync(folder).sort()).toEqual(cases.sort())
  })
})

test('the digest in every validator was written for the present source of the renderers: `npm run golden`, after a move `npm run compare` (decision 017)', () => {
  expect(sourceDigest).toBe(digestOfRenderers())
})
