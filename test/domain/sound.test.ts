import { expect, test } from 'vitest'
import { soundArticle } from '../../src/domain/sound.ts'
import { sampleArticle } from '../render/samples.ts'
import { variants, whole } from '../whole.ts'

test('an article with every field is sound, and one without those that may be left out', () => {
  const { section: _, ...least } = sampleArticle()
  for (const article of [whole, least])
    expect(soundArticle(JSON.stringify(article)), article.slug).toEqual(article)
})

test.for(variants(() => ({})))('an article with an object for %s is not sound', ([, article]) => {
  expect(soundArticle(JSON.stringify(article))).toBeUndefined()
})

test.for(['null', '[]', '"article"', '{}', '{'])('%s is not sound', (json) => {
  expect(soundArticle(json)).toBeUndefined()
})

const limits = { title: 'x'.repeat(2000), section: '…', status: 'live', language: 'français' }
test('a stored value that the API no longer accepts can be read', () => {
  const article = { ...whole, ...limits }
  expect(soundArticle(JSON.stringify(article))).toEqual(article)
})
