import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findArticles } from '../../src/cli/read-file.ts'
import type { Reply } from '../../src/cli/target.ts'
import { refuseUndated } from '../../src/cli/undated.ts'
import type { ArticleInput } from '../../src/domain/input.ts'
import { detailsOf } from '../../src/http/problem.ts'

const folder = mkdtempSync(join(tmpdir(), 'kiosque-undated-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A store that has the article `connu`, and counts the articles about which it is asked. */
function storeWith() {
  const asked: string[] = []
  return {
    asked,
    async wouldSave(inputs: readonly ArticleInput[]): Promise<Reply[]> {
      asked.push(...inputs.map(({ title }) => title))
      return inputs.map(({ slug = 'x', title }) =>
        title === 'Refusé'
          ? { ok: false, reason: 'slug: must be given' }
          : { ok: true, slug, kind: slug === 'connu' ? 'replaced' : 'created' },
      )
    },
  }
}

const page = `<html><head><title>Le pont rouvre</title></head><body><article>${'<p>Un paragraphe qui a assez de mots pour un article.</p>'.repeat(9)}</article></body></html>`

const rows: [what: string, name: string, content: string, isRefused: boolean][] = [
  ['a page', 'a.html', page, true],
  ['a capture', 'a.txt', 'Le pont rouvre lundi matin\n\nLes piétons y passent depuis hier soir.\n', true],
  ['Markdown', 'a.md', '# Le pont', true],
  ['Markdown with a date', 'b.md', '---\npublished: 2024-06-19\n---\n# Le pont', false],
  ['Markdown of a draft', 'c.md', '---\nstatus: draft\n---\n# Le pont', false],
  ['Markdown with an embargo', 'd.md', '---\nembargo: 2027-01-01\n---\n# Le pont', false],
  ['Markdown of an article that is stored', 'e.md', '---\nslug: connu\n---\n# Le pont', false],
  ['a withdrawn article', 'f.md', '---\nstatus: withdrawn\n---\n# Le pont', true],
  ['JSON', 'a.json', '{"title":"Le pont"}', true],
  ['JSON with a date', 'b.json', '{"title":"Le pont","published":"2024-06-19T12:00:00Z"}', false],
  ['a line of NDJSON', 'a.ndjson', '{"title":"Le pont"}', true],
  [
    'an item of a feed',
    'a.rss',
    '<rss version="2.0"><channel><item><title>A</title></item></channel></rss>',
    true,
  ],
]

test.for(rows)(
  '%s without a date is refused if readers would see it as new',
  async ([, name, content, isRefused]) => {
    const file = join(folder, name)
    writeFileSync(file, content)
    const [item] = await refuseUndated([...findArticles([file], {}, 'UTC')], storeWith())
    const article = item && 'article' in item ? item.article : undefined
    expect(article?.ok).toBe(!isRefused)
    if (article && !article.ok)
      expect(detailsOf(article.problem).detail).toMatch(
        /published: no date was found; give it as the field published/,
      )
  },
)

test('a date of the command line is enough, and the store is asked about nothing', async () => {
  const store = storeWith()
  const file = join(folder, 'a.md')
  writeFileSync(file, '# Le pont')
  const found = [...findArticles([file], { published: '2024-06-19' }, 'UTC')]
  expect(await refuseUndated(found, store)).toEqual(found)
  expect(store.asked).toEqual([])
})

test('what is refused for another reason keeps that reason, and the order of the files stays', async () => {
  const lines = ['Un', 'Refusé', 'Trois'].map((title) => JSON.stringify({ title }))
  const dated = JSON.stringify({ title: 'Quatre', published: '2024-06-19' })
  const file = join(folder, 'many.ndjson')
  writeFileSync(file, [...lines, dated, '{'].join('\n'))
  const found = [...findArticles([file], {}, 'UTC')]
  const kept = await refuseUndated(found, storeWith())
  expect(kept.map(({ where }) => where)).toEqual(found.map(({ where }) => where))
  expect(kept.map((item) => 'article' in item && item.article.ok)).toEqual([false, true, false, true, false])
})

test('the store is asked in portions that one request can save', async () => {
  const sizes: number[] = []
  const file = join(folder, 'long.ndjson')
  writeFileSync(file, Array.from({ length: 120 }, (_, at) => `{"title":"a${at}"}`).join('\n'))
  const store = storeWith()
  const kept = await refuseUndated([...findArticles([file], {}, 'UTC')], {
    wouldSave: (inputs) => {
      sizes.push(inputs.length)
      return store.wouldSave(inputs)
    },
  })
  expect(kept.filter((item) => !('article' in item) || item.article.ok)).toEqual([])
  expect(Math.max(...sizes)).toBeLessThanOrEqual(50)
  expect(sizes.reduce((sum, size) => sum + size)).toBe(120)
})
