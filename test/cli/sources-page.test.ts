import { describe, expect, test } from 'vitest'
import { readPage } from '../../src/cli/sources/page.ts'
import { detailsOf } from '../../src/http/problem.ts'
import { parseDated } from '../../src/ingest/date-fields.ts'

const paragraphs =
  '<p>Un paragraphe assez long, avec des virgules, pour que la page soit lue comme un article, et non comme un menu.</p>'.repeat(
    6,
  )
const page = (head: string, body = paragraphs, html = 'lang="fr-CA"') =>
  `<!doctype html><html ${html}><head><meta charset="utf-8"><title>Le sommet de juin à Québec - Le Journal</title>${head}</head>
  <body><nav><a href="/">Accueil</a></nav><article><h1>Le sommet de juin à Québec</h1>${body}</article><footer>Partager</footer></body></html>`
const meta = (name: string, content: string) => `<meta property="${name}" content="${content}">`

describe('readPage', () => {
  const read: [title: string, html: string, expected: object][] = [
    [
      'a title without the newspaper',
      page(meta('og:title', 'Le sommet de juin à Québec')),
      { title: 'Le sommet de juin à Québec' },
    ],
    ['the language', page(''), { language: 'fr-CA' }],
    ['an author', page('<meta name="author" content="Jean Roy">'), { authors: [{ name: 'Jean Roy' }] }],
    [
      'a byline of two and an agency',
      page('<meta name="author" content="Par Jean Roy et Marie Côté, AFP">'),
      { authors: [{ name: 'Jean Roy' }, { name: 'Marie Côté' }], source: { name: 'AFP' } },
    ],
    [
      'a name that no byline has',
      page('<meta name="author" content="rédaction">'),
      { authors: [{ name: 'rédaction' }] },
    ],
    [
      'a date in the metadata',
      page(meta('article:published_time', '2024-06-19T08:00:00-04:00')),
      { published: '2024-06-19T12:00:00Z' },
    ],
    [
      'a date in JSON-LD',
      page(
        '<script type="application/ld+json">{"@graph":[{"@type":"X","datePublished":"2024-06-19T12:00:00Z"}]}</script>',
      ),
      { published: '2024-06-19T12:00:00Z' },
    ],
    [
      'broken JSON-LD is no hindrance',
      page('<script type="application/ld+json">{"datePublished":</script>'),
      { title: 'Le sommet de juin à Québec' },
    ],
    [
      'a date in a time element',
      page('', `<time datetime="2024-06-19T08:00:00Z">hier</time>${paragraphs}`),
      { published: '2024-06-19T08:00:00Z' },
    ],
    [
      'a canonical address',
      page('<link rel="canonical" href="https://journal.example/a?b=1&amp;c=2">'),
      { url: 'https://journal.example/a?b=1&c=2' },
    ],
    [
      'the address that a browser noted',
      page('').replace('<html', '<!-- saved from url=(0028)https://journal.example/note -->\n<html'),
      { url: 'https://journal.example/note' },
    ],
    [
      'a picture',
      page(
        `${meta('og:image', 'https://journal.example/a.jpg')}${meta('og:image:width', '640')}${meta('og:image:height', 'x')}${meta('og:image:alt', 'Une &amp; image')}`,
      ),
      { image: { url: 'https://journal.example/a.jpg', width: 640, alt: 'Une & image' } },
    ],
    ['a summary', page('<meta name="description" content="Le résumé.">'), { summary: 'Le résumé.' }],
    [
      'a page without html and body',
      `<!doctype html><html lang=en><title>Le sommet de juin à Québec</title>${paragraphs}`,
      { title: 'Le sommet de juin à Québec', language: 'en' },
    ],
  ]
  test.for(read)('%s', ([, html, expected]) => {
    const result = readPage(html)
    expect(result.ok && parseDated(result.value.value, 'UTC')).toMatchObject({
      ok: true,
      value: { value: expected },
    })
  })

  const left: [title: string, html: string, field: string][] = [
    ['a picture in data:', page(meta('og:image', 'data:image/png;base64,AA')), 'image'],
    ['an address that is no web address', page('<link rel="canonical" href="file:///home/a.html">'), 'url'],
    ['no date', page(''), 'published'],
  ]
  test.for(left)('%s is left out', ([, html, field]) => {
    const result = readPage(html)
    expect(result.ok && parseDated(result.value.value, 'UTC')).toMatchObject({ ok: true })
    expect(result.ok && result.value.value).not.toHaveProperty(field)
  })

  const noSummaries = [
    '<p>Posté par Kim Tremblay le 12 juin 2024</p>',
    '<p>Par Kim Tremblay</p>',
    '<p>12 juin 2024</p>',
    '<p>Hôtel de ville</p>',
    '<p>3 min de lecture</p>',
    '<p>12 juin 2024 | Ville | 3 commentaires</p>',
  ]
  test.each(noSummaries)('%s before the text is no summary', (line) => {
    const result = readPage(page('', `${line}${paragraphs}`))
    const { summary = '' } = result.ok ? (result.value.value as { summary?: string }) : {}
    expect(paragraphs).toContain(summary.slice(0, 60))
    expect(summary).not.toBe('')
  })

  test('pictures that the browser saved beside the page go, the others stay', () => {
    const body = `${paragraphs}<p><img src="Le%20sommet_files/a.jpg"><img src="https://journal.example/b_files/c.jpg"></p>${paragraphs}`
    const result = readPage(page('', body))
    const html = result.ok ? (result.value.value as { html: string }).html : ''
    expect(html).toContain('b_files/c.jpg')
    expect(html).not.toContain('a.jpg')
    expect(result).toMatchObject({
      value: {
        warnings: expect.arrayContaining([
          'picture Le%20sommet_files/a.jpg: is a file that the browser saved, and left out; import it with its web address',
        ]),
      },
    })
  })

  test('given fields win over the fields of the page', () => {
    expect(readPage(page(''), { language: 'en', section: 'Monde' })).toMatchObject({
      value: { value: { language: 'en', section: 'Monde' } },
    })
  })

  const refused: [title: string, html: string, says: string][] = [
    ['nothing', '', 'nothing in it reads like an article'],
    ['an empty page', '<html><body></body></html>', 'nothing in it reads like an article'],
    ['scripts only', '<html><body><script>alert(1)</script></body></html>', 'nothing in it reads'],
    ['no title', `<html><body>${paragraphs}</body></html>`, 'it has no title'],
    ['20,000 boxes, one in the other', '<div>'.repeat(20_000), 'nests deeper'],
    ['1,000,000 tags', '<div>'.repeat(1_000_000), 'more than 50000 tags'],
    ['500,000 signs <', '< '.repeat(500_000), 'more than 200000 character references and signs <'],
    ['500,000 comments', '<!-- -->'.repeat(500_000), 'more than 200000 character references and signs <'],
    ['500,000 references', '&lt;'.repeat(500_000), 'more than 200000 character references and signs <'],
    ['5 MB', page('', `<p>${'mot, '.repeat(1_000_000)}</p>`), 'at most 1048576'],
  ]
  test.for(refused)('%s is refused, with the reason', ([, html, says]) => {
    const result = readPage(html)
    const parsed = result.ok ? parseDated(result.value.value, 'UTC') : result
    expect(parsed.ok ? 'no refusal' : detailsOf(parsed.problem).detail).toContain(says)
  })
})
