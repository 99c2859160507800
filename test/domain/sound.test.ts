import { expect, test } from 'vitest'
import { checkStored } from '../../src/domain/sound.ts'
import { sampleArticle } from '../render/samples.ts'
import { variants, whole } from '../whole.ts'

test('an article with every field is sound, and one without those that may be left out', () => {
  const { section: _, ...least } = sampleArticle()
  for (const article of [whole, least])
    expect(checkStored(JSON.stringify(article)), article.slug).toEqual({ article })
})

test.for(variants(() => ({})))('an article with an object for %s is not sound', ([, article]) => {
  expect(checkStored(JSON.stringify(article))).toHaveProperty('issue')
})

test.for(['null', '[]', '"article"', '{}', '{'])('%s is not sound', (json) => {
  expect(checkStored(json)).toHaveProperty('issue')
})

const limits = { title: 'x'.repeat(2000), section: '…', status: 'live' }
test('a stored value that the API no longer accepts can be read', () => {
  const article = { ...whole, ...limits }
  expect(checkStored(JSON.stringify(article))).toEqual({ article })
})
