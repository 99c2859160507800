import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findArticles } from '../../src/cli/read-file.ts'
import type { Reply, Target } from '../../src/cli/target.ts'
import { refuseUndated } from '../../src/cli/undated.ts'
import type { ArticleInput } from '../../src/domain/input.ts'
import { detailsOf } from '../../src/http/problem.ts'

const folder = mkdtempSync(join(tmpdir(), 'kiosque-undated-'))
afterAll(() => rmSync(folder, { recursive: true }))

/**
 * A store that has the article `connu`, and remembers the sizes of the saves and the articles about which it is asked. A dry run
 * knows an article by its slug, else by its title; of the title "Refusé", it refuses all.
 */
function storeWith() {
  const asked: string[] = []
  const sizes: number[] = []
  const openDryRun = (): Pick<Target, 'save'> => {
    const known = new Set(['connu'])
    const replyTo = ({ title, slug = title }: ArticleInput): Reply => {
      if (title === 'Refusé') return { ok: false, reason: 'slug: must be given' }
      const kind = known.has(slug) ? 'replaced' : 'created'
      known.add(slug)
      return { ok: true, slug, kind }
    }
    return {
      async save(inputs) {
        asked.push(...inputs.map(({ title }) => title))
        sizes.push(inputs.length)
        return inputs.map(replyTo)
      },
    }
  }
  return { asked, sizes, openDryRun }
}

const page = `<html><head><title>Le pont rouvre</title></head><body><article>${'<p>Un paragraphe qui a assez de mots pour un article.</p>'.repeat(9)}</article></body></html>`

const options = 'to all articles of the call with --published DATE or --published now'

/** Files without a date; if one is refused, what the refusal says about giving the date. */
const rows: [what: string, name: string, content: string, refusal?: string][] = [
  ['a page', 'a.html', page, `in the file a.meta.json, or ${options}`],
  [
    'a capture',
    'a.txt',
    'Le pont rouvre lundi matin\n\nLes piétons y passent depuis hier soir.\n',
    `in the file a.meta.json, or ${options}`,
  ],
  [
    'Markdown',
    'a.md',
    '# Le pont',
    `as the field published in the front matter, or in the file a.meta.json, or ${options}`,
  ],
  ['Markdown with a date', 'b.md', '---\npublished: 2024-06-19\n---\n# Le pont'],
  ['Markdown of a draft', 'c.md', '---\nstatus: draft\n---\n# Le pont'],
  ['Markdown with an embargo', 'd.md', '---\nembargo: 2027-01-01\n---\n# Le pont'],
  ['Markdown of an article that is stored', 'e.md', '---\nslug: connu\n---\n# Le pont'],
  [
    'a withdrawn article',
    'f.md',
    '---\nstatus: withdrawn\n---\n# Le pont',
    `as the field published in the front matter, or in the file f.meta.json, or ${options}`,
  ],
  [
    'JSON',
    'a.json',
    '{"title":"Le pont"}',
    `as the field published, or in the file a.meta.json, or ${options}`,
  ],
  ['JSON with a date', 'b.json', '{"title":"Le pont","published":"2024-06-19T12:00:00Z"}'],
  ['a line of NDJSON', 'a.ndjson', '{"title":"Le pont"}', `as the field published, or ${options}`],
  [
    'an item of a feed',
    'a.rss',
    '<rss version="2.0"><channel><item><title>A</title></item></channel></rss>',
    options,
  ],
  [
    'a post of a WordPress export',
    'b.xml',
    '<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>A</title><wp:status>publish</wp:status></item></channel></rss>',
    options,
  ],
  [
    'an item of a JSON Feed',
    'c.json',
    '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"a","title":"A"}]}',
    options,
  ],
]

test.for(rows)(
  '%s without a date is refused if readers would see it as new',
  async ([, name, content, refusal]) => {
    const file = join(folder, name)
    writeFileSync(file, content)
    const [item] = await refuseUndated([...findArticles([file], {}, 'UTC')], storeWith())
    const article = item && 'article' in item ? item.article : undefined
    expect(article?.ok).toBe(refusal === undefined)
    if (article && !article.ok)
      expect(detailsOf(article.problem).detail).toMatch(
        new RegExp(`: published: no date was found; give it ${refusal}$`),
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
  const file = join(folder, 'long.ndjson')
  writeFileSync(file, Array.from({ length: 120 }, (_, at) => `{"title":"a${at}"}`).join('\n'))
  const store = storeWith()
  const kept = await refuseUndated([...findArticles([file], {}, 'UTC')], store)
  expect(kept.filter((item) => !('article' in item) || item.article.ok)).toEqual([])
  expect(store.sizes).toEqual([50, 50, 20])
})

/** Articles of one import, each with its title, its slug and perhaps a date, and whether each is taken. */
const runs: [
  what: string,
  articles: [title: string, slug: string | undefined, date?: string][],
  taken: boolean[],
][] = [
  [
    'after a dated one',
    [
      ['A', 'a', '2024-06-19'],
      ['A', 'a'],
    ],
    [true, true],
  ],
  [
    'before a dated one',
    [
      ['A', 'a'],
      ['A', 'a', '2024-06-19'],
    ],
    [false, true],
  ],
  [
    'between two dated ones',
    [
      ['A', 'a', '2024-06-19'],
      ['A', 'a'],
      ['A', 'a', '2024-06-20'],
    ],
    [true, true, true],
  ],
  [
    'after an undated one',
    [
      ['A', 'a'],
      ['A', 'a'],
    ],
    [false, false],
  ],
  [
    'after an undated and a dated one',
    [
      ['A', 'a'],
      ['A', 'a', '2024-06-19'],
      ['A', 'a'],
    ],
    [false, true, true],
  ],
  [
    'after a dated one with another slug',
    [
      ['A', 'b', '2024-06-19'],
      ['A', 'a'],
    ],
    [true, false],
  ],
  [
    'of a stored article',
    [
      ['A', 'connu'],
      ['A', 'connu'],
    ],
    [true, true],
  ],
]
test.for(runs)('an article without a date %s of the same import', async ([, articles, taken]) => {
  const file = join(folder, 'run.ndjson')
  const lines = articles.map(([title, slug, published]) => JSON.stringify({ title, slug, published }))
  writeFileSync(file, lines.join('\n'))
  const kept = await refuseUndated([...findArticles([file], {}, 'UTC')], storeWith())
  expect(kept.map((item) => 'article' in item && item.article.ok)).toEqual(taken)
})

test('many articles without a date, of which each would replace the one before, are refused in one pass', async () => {
  const store = storeWith()
  const file = join(folder, 'chain.ndjson')
  writeFileSync(file, Array.from({ length: 60 }, () => '{"title":"A"}').join('\n'))
  const kept = await refuseUndated([...findArticles([file], {}, 'UTC')], store)
  expect(kept.filter((item) => !('article' in item) || item.article.ok)).toEqual([])
  expect(store.asked).toHaveLength(60)
})

test('the store is asked about dated articles only if they may be the same as one without a date', async () => {
  const store = storeWith()
  const file = join(folder, 'related.ndjson')
  const titles = ['Seul', 'Pont', 'Autre'].map((title) => JSON.stringify({ title, published: '2024-06-19' }))
  writeFileSync(file, [...titles, '{"title":"pont"}'].join('\n'))
  await refuseUndated([...findArticles([file], {}, 'UTC')], store)
  expect(new Set(store.asked)).toEqual(new Set(['Pont', 'pont']))
})
