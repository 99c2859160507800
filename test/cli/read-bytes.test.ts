import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { findArticles } from '../../src/cli/read-file.ts'
import { detailsOf } from '../../src/http/problem.ts'

const folder = mkdtempSync(join(tmpdir(), 'kiosque-bytes-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

/** The titles of the articles in a file, or the reasons why it is refused. */
const readIn = (path: string): string[] =>
  [...findArticles([path], {}, 'UTC')].map((item) => {
    if (!('article' in item)) return 'no article'
    return item.article.ok ? item.article.value.title : detailsOf(item.article.problem).detail
  })

describe('a file packed with gzip', () => {
  const text = '---\npublished: 2024-06-19\n---\n# Le pont\n'
  const two = '{"title":"Un"}\n{"title":"Deux"}\n'
  const rows: [name: string, content: string | Uint8Array, titles: string[]][] = [
    ['a.md.gz', gzipSync(text), ['Le pont']],
    ['A.MD.GZ', gzipSync(text), ['Le pont']],
    ['b.ndjson.gz', gzipSync(two), ['Un', 'Deux']],
    ['packed.md', gzipSync(text), ['Le pont']],
    ['two.md.gz', Buffer.concat([gzipSync(text.slice(0, 9)), gzipSync(text.slice(9))]), ['Le pont']],
    ['plain.md.gz', text, ['Le pont']],
    [
      'cut.md.gz',
      gzipSync(text).subarray(0, 20),
      ['Cannot read the file: it begins as a file packed with gzip, and cannot be unpacked'],
    ],
  ]
  test.for(rows)('%s', ([name, content, titles]) => {
    expect(readIn(file(name, content))).toEqual(titles)
  })

  test('has its fields in the file beside it, under its name without .gz', () => {
    file('c.meta.json', '{"section":"Ville"}')
    const packed = file('c.txt.gz', gzipSync('Le pont rouvre lundi\n\nLes piétons y passent depuis hier.\n'))
    expect([...findArticles([packed], {}, 'UTC')]).toMatchObject([
      { article: { value: { section: 'Ville' } } },
    ])
  })

  test('is refused if it would be larger than the limit, without unpacking all of it', () => {
    const million = gzipSync(Buffer.alloc(1_000_000))
    const bomb = file('bomb.md.gz', Buffer.concat(Array.from({ length: 2000 }, () => million)))
    const start = performance.now()
    expect(readIn(bomb)).toEqual([expect.stringContaining('unpacked, it has more than 200000000 bytes')])
    expect(performance.now() - start).toBeLessThan(20_000)
  })
})

describe('a symbolic link', () => {
  mkdirSync(join(folder, 'inner/deeper'), { recursive: true })
  const secret = file('secret.md', '# Secret')
  file('inner/here.md', '# Ici')
  file('inner/deeper/there.md', '# Là')
  const link = (to: string, name: string) => {
    symlinkSync(to, join(folder, 'inner', name))
    return join(folder, 'inner', name)
  }
  const rows: [what: string, path: string, read: string][] = [
    ['a file of the same folder', link('here.md', 'a.md'), 'Ici'],
    ['a file below the folder', link('deeper/there.md', 'b.md'), 'Là'],
    ['a file outside of the folder', link('../secret.md', 'c.md'), `name "${secret}"`],
    ['an absolute path outside', link(secret, 'd.md'), `name "${secret}"`],
    ['another link that leads outside', link('c.md', 'e.md'), `name "${secret}"`],
    ['nothing', link('absent.md', 'f.md'), 'there is no such file'],
  ]
  test.for(rows)('to %s is read only within the folder', ([, path, read]) => {
    expect(readIn(path)).toEqual([expect.stringContaining(read)])
  })

  test('as the folder is followed, because somebody named the folder', () => {
    symlinkSync(join(folder, 'inner'), join(folder, 'linked'))
    expect(readIn(join(folder, 'linked/here.md'))).toEqual(['Ici'])
  })

  test('beside a file is read only within the folder', () => {
    file('outside.json', '{"section":"Ville"}')
    symlinkSync('../outside.json', join(folder, 'inner/here.meta.json'))
    writeFileSync(join(folder, 'inner/here.txt'), 'Le pont rouvre lundi\n\nLes piétons y passent.\n')
    expect(readIn(join(folder, 'inner/here.txt'))).toEqual([
      expect.stringMatching(/^Cannot read ".*here\.meta\.json": it is a symbolic link/),
    ])
  })
})

test.for([
  ['capture.txt', 'text', 'Le pont rouvre lundi\nPar Kim Tremblay\n\nLes piétons y passent.\n'],
  ['saved.html', 'html', '<h1>Le pont rouvre lundi</h1><p>Par Kim Tremblay</p><p>Les piétons y passent.</p>'],
] as const)('the file beside %s gives also title, authors and body', ([name, body, text]) => {
  const fields = { title: 'Le pont ouvert', authors: [{ name: 'Ana Roy' }], published: '1er juin 2024' }
  file(name.replace(/\.\w+$/, '.meta.json'), JSON.stringify({ ...fields, [body]: '<p>Le corps</p>' }))
  const [item] = findArticles([file(name, text)], {}, 'UTC')
  expect(item && 'article' in item && item.article).toMatchObject({
    ok: true,
    value: { ...fields, published: '2024-06-01T12:00:00Z', [body]: '<p>Le corps</p>' },
  })
  expect(item && 'article' in item && item.article.ok && item.article.value.summary).toBeUndefined()
})

describe('a fault of a field', () => {
  const text = 'Le pont rouvre lundi\n\nLes piétons y passent.\n'
  const rows: [meta: object, given: object, says: string][] = [
    [{ rubrique: 'Ville' }, {}, ': page.meta.json: rubrique: is not a field'],
    [{ published: '2024-02-30' }, {}, ': page.meta.json: published: no such day'],
    [{ image: { url: 'pont.jpg' } }, {}, ': page.meta.json: image.url: must be'],
    [
      { published: '2024-06-12', updated: '2023-01-01' },
      {},
      ': page.meta.json: updated: is before published',
    ],
    [{ language: 'xx yy' }, { language: 'zz yy' }, '": language: must be'],
    [{ section: 'Ville' }, { section: '' }, '": section: must not be blank'],
  ]
  test.for(rows)(
    'of %o names the file beside only if it comes from there, also with %o',
    ([meta, given, says]) => {
      file('page.meta.json', JSON.stringify(meta))
      const [item] = findArticles([file('page.txt', text)], given, 'UTC')
      const article = item && 'article' in item ? item.article : undefined
      expect(
        article?.ok === false && detailsOf(article.problem).detail.replace('article:', 'article "":'),
      ).toContain(says)
    },
  )
})

test.for(['twice.meta.json', 'twice.json', 'twice.ndjson'])('%s with a field twice is refused', (name) => {
  file('twice.txt', 'Le pont rouvre lundi\n\nLes piétons y passent.\n')
  const given = file(name, '{"published":"2024-06-12","published":"2023-06-12"}')
  expect(readIn(name === 'twice.meta.json' ? join(folder, 'twice.txt') : given)).toEqual([
    expect.stringMatching(/^Cannot read .*: "published" is given twice$/),
  ])
})

test('a date of the file beside that is after the last change in the file is its fault, unless an option gives it', () => {
  file('change.meta.json', '{"published":"2024-06-12"}')
  const changed = file('change.md', '---\nupdated: 2023-01-01\n---\n# Le pont\n')
  expect(readIn(changed)).toEqual([
    expect.stringContaining(': change.meta.json: published: is after updated'),
  ])
  expect([...findArticles([changed], { published: '2024-06-13' }, 'UTC')]).toMatchObject([
    { article: { ok: true } },
  ])
  expect([...findArticles([changed], { status: 'withdrawn' }, 'UTC')]).toMatchObject([
    { article: { ok: true } },
  ])
})

/** Files beside which there is another, and whether that gives the section of the article. */
const kinds: [name: string, content: string, isRead: boolean][] = [
  ['a.txt', 'Le pont rouvre lundi\n\nLes piétons y passent depuis hier.\n', true],
  ['b.md', '# Le pont', true],
  ['c.json', '{"title":"Le pont","section":"Monde"}', true],
  ['d.ndjson', '{"title":"Le pont"}\n{"title":"Le canal"}', false],
  [
    'e.rss',
    '<rss version="2.0"><channel><item><title>A</title></item><item><title>B</title></item></channel></rss>',
    false,
  ],
  [
    'f.xml',
    '<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>A</title><wp:status>publish</wp:status></item></channel></rss>',
    false,
  ],
  ['g.json', '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"a","title":"A"}]}', false],
]
test.for(kinds)(
  '%s: a file beside it is read, or a warning says that it is not',
  ([name, content, isRead]) => {
    const beside = name.replace(/\..*/, '.meta.json')
    file(beside, '{"section":"Ville"}')
    const found = [...findArticles([file(name, content)], {}, 'UTC')]
    const sections = found.map((item) => 'article' in item && item.article.ok && item.article.value.section)
    const warned = found.map(({ warnings = [] }) =>
      warnings.some((one) => one.startsWith(`${beside}: not read`)),
    )
    expect(sections).toEqual(found.map(() => (isRead ? 'Ville' : undefined)))
    expect(warned).toEqual(found.map((_, at) => !isRead && at === 0))
  },
)

test.for<[what: string, input: string | Uint8Array, titles: string[]]>([
  ['Markdown', '---\ntitle: Le pont\n---\n', ['Le pont']],
  ['lines', '{"title":"Un"}\n{"title":"Deux"}\n', ['Un', 'Deux']],
  ['packed lines', gzipSync('{"title":"Un"}\n'), ['Un']],
])('the file - is standard input: %s', ([, input, titles]) => {
  const program = `import { findArticles } from './src/cli/read-file.ts'
    console.log(JSON.stringify([...findArticles(['-'], {}, 'UTC')].map(({ article }) => article.value.title)))`
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    input,
    encoding: 'utf8',
  })
  expect(JSON.parse(stdout)).toEqual(titles)
})
