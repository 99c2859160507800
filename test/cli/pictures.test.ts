import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { ImportItem } from '../../src/cli/import.ts'
import { warnOfMissingPictures } from '../../src/cli/pictures.ts'
import { hasStaticFile } from '../../src/cli/static-files.ts'
import type { ArticleInput } from '../../src/domain/input.ts'
import { success } from '../../src/domain/problem.ts'

/** A site that has one picture, and records what it was asked for. */
function siteWith(path: string) {
  const asked: string[] = []
  return {
    asked,
    hasFile: async (one: string) => {
      asked.push(one)
      return one === path
    },
  }
}

const item = (input: Partial<ArticleInput>, more: object = {}): ImportItem => ({
  where: 'a',
  article: success({ title: 'Le pont', slug: 'pont', ...input }),
  ...more,
})

const end = 'there is no such file; give its web address, or put it into public/media'
const relative = `picture a.jpg, which is /articles/a.jpg on the site: ${end}`

const rows: [what: string, input: Partial<ArticleInput>, warnings: string[]][] = [
  ['no picture', { text: 'Corps.' }, []],
  ['a picture that is there', { image: { url: '/media/pont.jpg' } }, []],
  ['a lead picture', { image: { url: '/media/a.jpg' } }, [`picture /media/a.jpg: ${end}`]],
  ['the lead picture of another site', { image: { url: 'https://x.example/a.jpg' } }, []],
  [
    'the lead picture of an article that is read elsewhere',
    { url: 'https://x.example/pont', image: { url: '/media/a.jpg' } },
    [`picture /media/a.jpg: ${end}`],
  ],
  ['a picture in Markdown', { markdown: 'Un ![pont](a.jpg "Titre").' }, [relative]],
  ['a picture in Markdown, in angle brackets', { markdown: '![](<a.jpg>)' }, [relative]],
  ['a picture in HTML within Markdown', { markdown: '<img alt="x" src=a.jpg>' }, [relative]],
  ['a picture in HTML', { html: `<p><img class="x" src='a.jpg' alt=""></p>` }, [relative]],
  ['a picture twice', { html: '<img src="a.jpg"><img src="a.jpg">' }, [relative]],
  [
    'a path with letters outside of ASCII',
    { html: '<img src="/media/été.jpg">' },
    [`picture /media/été.jpg, which is /media/%C3%A9t%C3%A9.jpg on the site: ${end}`],
  ],
  [
    'a relative address of an article that is read elsewhere',
    { url: 'https://x.example/pont', html: '<img src="a.jpg">' },
    [],
  ],
  [
    'addresses of other kinds',
    { html: '<img src="https://x.example/a"><img src="data:image/png;base64,AA"><img src="//y.example/a">' },
    [],
  ],
  [
    'a path with a space in Markdown',
    { markdown: '![](<photos/mon image.jpg>)' },
    [`picture photos/mon image.jpg, which is /articles/photos/mon%20image.jpg on the site: ${end}`],
  ],
  [
    'a picture in a block of code',
    { markdown: '```\n![](a.jpg)\n```\n\n    ![](a.jpg)\n\n`![](a.jpg)`' },
    [],
  ],
  ['a picture in code of HTML', { html: '<pre>&lt;img src="a.jpg"&gt;</pre><!-- <img src="a.jpg"> -->' }, []],
  ['a picture by reference', { markdown: '![Le pont][p]\n\n[p]: a.jpg "Titre"' }, [relative]],
  ['brackets in the description', { markdown: '![[le] pont](a.jpg)' }, [relative]],
  ['a picture in a link', { markdown: '[![pont](a.jpg)](https://x.example/)' }, [relative]],
  ['a link', { markdown: '[pont](a.jpg)' }, []],
]

test.for(rows)('%s', async ([, input, warnings]) => {
  const [checked] = await warnOfMissingPictures([item(input)], siteWith('/media/pont.jpg'))
  expect(checked).toEqual(item(input, warnings.length > 0 ? { warnings } : {}))
})

test('each path is asked for once, and a backup is not', async () => {
  const site = siteWith('')
  const image = { url: '/media/a.jpg' }
  const items = [item({ image }), item({ image }), item({ image: { url: '/media/b.jpg' } }, { origin: {} })]
  const checked = await warnOfMissingPictures(items, site)
  expect(site.asked).toEqual(['/media/a.jpg'])
  expect(checked.map(({ warnings = [] }) => warnings.length)).toEqual([1, 1, 0])
})

test('a run of thousands of pictures asks for a bounded number', async () => {
  const site = siteWith('')
  const html = Array.from({ length: 3000 }, (_, at) => `<img src="${at}.jpg">`).join('')
  const other = item({ html: '<img src="1.jpg">' })
  const checked = await warnOfMissingPictures([item({ html }), other], site)
  expect(site.asked).toHaveLength(1000)
  expect(checked.map(({ warnings = [] }) => warnings.filter((one) => one.startsWith('pictures:')))).toEqual([
    ['pictures: only the first 1000 on the site were looked for, 2000 more were not'],
    [],
  ])
})

test.for(['<img ', '<img src="', '![', '![]('])(
  'a body of %s over and over takes linear time',
  async (piece) => {
    const start = performance.now()
    const markdown = piece.repeat(200_000)
    await warnOfMissingPictures([item({ markdown }), item({ html: markdown })], siteWith(''))
    expect(performance.now() - start).toBeLessThan(5000)
  },
)

const folder = mkdtempSync(join(tmpdir(), 'kiosque-static-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('a static file is one of the folder media', () => {
  mkdirSync(join(folder, 'media/été'), { recursive: true })
  writeFileSync(join(folder, 'media/été/a b.jpg'), '')
  writeFileSync(join(folder, 'secret'), '')
  const there = ['/media/%C3%A9t%C3%A9/a%20b.jpg', '/media/été/a b.jpg']
  const missing = [
    '/media/',
    '/media/été',
    '/secret',
    '/media/../secret',
    '/media/%2e%2e/secret',
    '/media/%',
    '/media/%00',
  ]
  expect(there.filter((path) => !hasStaticFile(path, [folder]))).toEqual([])
  expect(missing.filter((path) => hasStaticFile(path, [folder]))).toEqual([])
})
