import { expect, test } from 'vitest'
import { readKnownArticles } from '../../src/cli/known-articles.ts'
import type { FoundThread } from '../../src/cli/sources/found-comments.ts'
import type { Article } from '../../src/domain/article.ts'
import type { KnownPath } from '../../src/domain/path.ts'
import { sampleArticle } from '../render/samples.ts'

const article = (slug: string, more: Partial<Article> = {}): Article =>
  sampleArticle({ slug, id: `urn:x:${slug}`, published: '2020-01-02T10:00:00Z', ...more })

async function* each<T>(values: readonly T[]) {
  yield* values
}

const articlesOf = (articles: readonly Article[], paths: readonly KnownPath[] = []) =>
  readKnownArticles({ list: () => each(articles), paths: () => each(paths) })

const page = (more: Partial<FoundThread>): FoundThread => ({
  key: '1',
  title: '',
  addresses: [],
  ids: [],
  ...more,
})

test.for<[what: string, page: Partial<FoundThread>, slug: string | undefined]>([
  ['its id', { ids: ['https://old.example/?p=1'] }, 'un'],
  [
    'its id before its address',
    { ids: ['https://old.example/?p=1'], addresses: ['https://old.example/b/'] },
    'un',
  ],
  ['its address', { addresses: ['https://old.example/b/'] }, 'deux'],
  ['its address with another protocol and host', { addresses: ['http://www.old.example/b'] }, 'deux'],
  [
    'its address with what a network adds',
    { addresses: ['https://old.example/b/?utm_source=x&fbclid=y#c'] },
    'deux',
  ],
  ['an address that is the id of an article', { addresses: ['https://old.example/?p=1'] }, 'un'],
  ['its address with any query', { addresses: ['https://old.example/b?x=1'] }, 'deux'],
  ['its address as a file', { addresses: ['https://old.example/b/index.html'] }, 'deux'],
  [
    'the end of an address as a file',
    { addresses: ['https://other.example/2020/01/02/trois/index.html'] },
    'trois',
  ],
  [
    'the end of the address of a translation',
    { addresses: ['https://x.translate.example/2020/01/02/trois/?tl=ja'] },
    'trois',
  ],
  ['an address with another query', { addresses: ['https://old.example/?p=2'] }, undefined],
  ['the slug', { slug: 'trois' }, 'trois'],
  ['the slug, on the same day', { slug: 'trois', published: Date.parse('2020-01-03T09:00:00Z') }, 'trois'],
  [
    'the slug, but on another day',
    { slug: 'trois', published: Date.parse('2020-03-03T09:00:00Z') },
    undefined,
  ],
  ['the end of the address', { addresses: ['https://other.example/x/trois.html?a=b'] }, 'trois'],
  [
    'the end of the address, with its day',
    { addresses: ['https://other.example/2020/01/02/trois/'] },
    'trois',
  ],
  [
    'the end of the address, with its month',
    { addresses: ['https://other.example/2020/01/trois/'] },
    'trois',
  ],
  [
    'the end of the address, but with another day',
    { addresses: ['https://other.example/2020/01/09/trois/'] },
    undefined,
  ],
  [
    'the end of the address, but with another month',
    { addresses: ['https://other.example/2019/12/trois/'] },
    undefined,
  ],
  ['a former slug', { slug: 'ancien' }, 'trois'],
  ['the address of an article here', { addresses: ['https://kiosque.example/articles/trois'] }, 'trois'],
  ['nothing', { addresses: ['https://other.example/'], ids: ['x:y'], slug: 'zero' }, undefined],
  ['no address', { addresses: ['javascript:alert(1)', '::'] }, undefined],
])('a page is found by %s', async ([, given, slug]) => {
  const { find } = await articlesOf(
    [
      article('un', { id: 'https://old.example/?p=1' }),
      article('deux', { url: 'https://old.example/b' }),
      article('trois'),
    ],
    [{ path: 'articles/ancien', to: 'articles/trois' }],
  )
  expect(find(page(given))?.slug).toBe(slug)
})
