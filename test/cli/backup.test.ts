import { expect, test } from 'vitest'
import { everyArticle } from '../../src/cli/backup.ts'
import type { Filter, UnsoundArticle } from '../../src/cli/target.ts'
import type { Article } from '../../src/domain/article.ts'
import { sampleArticle } from '../render/samples.ts'

/**
 * Simulates a list of three articles that changes during a backup: while the backup reads the first part of the
 * list, the third article gets a newer date and the first article is corrected.
 */
async function* list({ since }: Filter): AsyncGenerator<Article> {
  const named = (slug: string, title = slug) => sampleArticle({ slug, title, id: `urn:x:${slug}` })
  yield* since === undefined ? [named('un'), named('deux')] : [named('trois'), named('un', 'Corrigé')]
}

test('an article whose date changes while all are listed is in the backup, and each is there once', async () => {
  const articles = [...(await everyArticle({ list }, 0)).values()]
  expect(articles.map(({ slug }) => slug)).toEqual(['un', 'deux', 'trois'])
  expect(articles[0]?.title).toBe('Corrigé')
})

test('an article that cannot be read is named once', async () => {
  const spoiled = { slug: 'mauvais', id: 'urn:x:mauvais', field: 'note', reason: 'must be a text' }
  const listed = async function* (filter: Filter, unsound?: (article: UnsoundArticle) => void) {
    unsound?.(spoiled)
    yield* list(filter)
  }
  const named: UnsoundArticle[] = []
  const articles = await everyArticle({ list: listed }, 0, (article) => named.push(article))
  expect(articles.size).toBe(3)
  expect(named).toEqual([spoiled])
})
