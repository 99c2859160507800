import { describe, expect, test } from 'vitest'
import { articleOf, newspaperPage, paragraphs } from './pages.ts'

const meta = (name: string, content: string) => `<meta name="${name}" content="${content}">`
const data = (value: object) => `<script type="application/ld+json">${JSON.stringify(value)}</script>`

describe('the date of a page', () => {
  const stated: [what: string, parts: Parameters<typeof newspaperPage>[0], date: string][] = [
    [
      'meta',
      { head: meta('article:published_time', '2022-10-14T09:27:00-04:00') },
      '2022-10-14T09:27:00-04:00',
    ],
    [
      'an offset without a colon',
      { head: meta('article:published_time', '20221014T092700+0200') },
      '2022-10-14T09:27:00+02:00',
    ],
    [
      'the article of several that has the headline',
      {
        head: data([
          { '@type': 'NewsArticle', headline: 'Le stade ferme', datePublished: '2020-01-01' },
          { '@type': 'NewsArticle', headline: 'Le pont rouvre lundi à midi', datePublished: '2022-10-14' },
        ]),
      },
      '2022-10-14',
    ],
    [
      'the article, not a comment and not the web page',
      {
        head: data([
          { '@type': 'WebPage', datePublished: '2020-01-01' },
          { '@type': 'Comment', datePublished: '2020-01-02' },
          { itemListElement: [{ '@type': 'Thing', datePublished: '2020-01-03' }] },
        ]),
        below: '<time datetime="2022-10-14">14 octobre</time>',
      },
      '2022-10-14',
    ],
    [
      'the article’s own date, not just any date of the page',
      {
        head: meta('date', '2022-10-15') + data([{ '@type': 'NewsArticle', datePublished: '2022-10-14' }]),
      },
      '2022-10-14',
    ],
    [
      'of two dates the one that the page shows',
      {
        head:
          meta('article:published_time', '2022-10-15T09:00:00Z') +
          data({ '@type': 'NewsArticle', datePublished: '2022-10-13T18:00:00Z' }),
        below: '<p>Publié le 13 octobre 2022, mis à jour le 15 octobre 2022</p>',
      },
      '2022-10-13T18:00:00Z',
    ],
    [
      'of two dates that of meta, if the page shows both',
      {
        head:
          meta('article:published_time', '2022-10-15T09:00:00Z') +
          data({ '@type': 'NewsArticle', datePublished: '2022-10-13T18:00:00Z' }),
        below: '<p>Publié le 15 octobre 2022</p><p>Le 13 octobre 2022</p>',
      },
      '2022-10-15T09:00:00Z',
    ],
    [
      'of two dates that of meta, if the other one is the same day in another zone',
      {
        head:
          meta('article:published_time', '2022-10-14T01:00:00Z') +
          data({ '@type': 'NewsArticle', datePublished: '2022-10-13' }),
        below: '<p>Publié le 13 octobre 2022</p>',
      },
      '2022-10-14T01:00:00Z',
    ],
    ['a number of seconds', { head: meta('date', '1665754020') }, '2022-10-14T13:27:00Z'],
    ['a day alone stays a day', { head: meta('DC.date.issued', '2022-10-14') }, '2022-10-14'],
    ['Dublin Core with a colon', { head: meta('dc:date', '2022-10-14') }, '2022-10-14'],
    ['itemprop on meta', { head: '<meta itemprop="datePublished" content="2022-10-14">' }, '2022-10-14'],
    [
      'itemprop in the text',
      { below: '<span itemprop="datePublished" content="2022-10-14">vendredi</span>' },
      '2022-10-14',
    ],
    [
      'a date in e-mail’s form',
      { head: meta('pubdate', 'Fri, 14 Oct 2022 09:27:00 +0200') },
      '2022-10-14T09:27:00+02:00',
    ],
    ['a German day', { head: meta('date', '14.10.2022') }, '2022-10-14'],
    ['a text without a zone', { head: meta('date', '2022-10-14 09:27') }, '2022-10-14T09:27:00'],
    [
      'an unreadable date falls back to the next one',
      {
        head:
          meta('article:published_time', '10/05/2022 05:22 pm') +
          data({ '@type': 'NewsArticle', datePublished: '2022-05-11' }),
        html: ' lang="en"',
      },
      '2022-05-11',
    ],
    [
      'a day that does not exist falls back to the next one',
      { head: meta('article:published_time', '2022-02-30') + meta('date', '2022-03-01') },
      '2022-03-01',
    ],
    ...['1970-01-01T00:00:00Z', '1969-12-31T19:00:00-05:00', '2099-01-01'].map(
      (unlikely): [string, Parameters<typeof newspaperPage>[0], string] => [
        `${unlikely} falls back to the next one`,
        { head: meta('article:published_time', unlikely) + meta('date', '2022-03-01') },
        '2022-03-01',
      ],
    ),
    [
      'a number of milliseconds in JSON-LD',
      { head: data({ '@type': 'NewsArticle', datePublished: 1665754020000 }) },
      '2022-10-14T13:27:00Z',
    ],
    ...['//<![CDATA[\n', '/*<![CDATA[*/', '<![CDATA[', '//<!--\n'].map(
      (opening): [string, Parameters<typeof newspaperPage>[0], string] => [
        `JSON-LD behind ${JSON.stringify(opening)}`,
        { head: data({ datePublished: '2022-10-14' }).replace('>{', `>${opening}{`) },
        '2022-10-14',
      ],
    ),
    ['a time in the article', { below: '<time datetime="2022-10-14">14 octobre</time>' }, '2022-10-14'],
    [
      'not the time of a teaser in the margin',
      {
        above: '<aside><time datetime="2020-01-01">x</time></aside>',
        below: '<time datetime="2022-10-14">x</time>',
      },
      '2022-10-14',
    ],
    [
      'not the time of a related article',
      {
        below:
          '<div class="related-list"><time datetime="2020-01-01">x</time></div><time datetime="2022-10-14">x</time>',
      },
      '2022-10-14',
    ],
    [
      'not the time of a comment, although the page’s class has the word',
      {
        html: ' lang="fr" class="comments-open"',
        below: '<time datetime="2022-10-14">x</time>',
        end: '<div id="comments"><time datetime="2023-01-01">x</time></div>',
      },
      '2022-10-14',
    ],
  ]
  test.for(stated)('%s', ([, parts, date]) => {
    const { fields, warnings } = articleOf(newspaperPage(parts))
    expect({ published: fields.published, warnings }).toEqual({ published: date, warnings: [] })
  })

  const guessed: [what: string, parts: Parameters<typeof newspaperPage>[0], date: string, says: string][] = [
    [
      'a line below the headline',
      { below: '<p>Publié le 14 octobre 2022 à 9 h 27</p>' },
      '2022-10-14T09:27',
      'Publié le 14 octobre',
    ],
    ['a line above the headline', { above: '<p>Ville | 14.10.2022</p>' }, '2022-10-14', 'Ville | 14.10.2022'],
    [
      'the beginning of the text',
      { below: '<p>14.10.2022 – Le pont rouvre lundi.</p>' },
      '2022-10-14',
      '14.10.2022',
    ],
    [
      'a label below the text',
      { end: '<p>Erstellt am: 14.10.2022</p>' },
      '2022-10-14',
      'Erstellt am: 14.10.2022',
    ],
    [
      'the address',
      { head: '<link rel="canonical" href="https://g.example/2022/10/14/pont">' },
      '2022-10-14',
      'address',
    ],
    [
      'a line, not the date of a video in the JSON-LD',
      {
        head: data({ '@type': 'VideoObject', datePublished: '2020-01-01' }),
        below: '<p>Publié le 14 octobre 2022</p>',
      },
      '2022-10-14',
      'Publié le 14 octobre',
    ],
    [
      'a line, not the JSON-LD of an article with another headline',
      {
        head: data({
          '@type': 'NewsArticle',
          headline: 'Le stade ferme samedi',
          datePublished: '2020-01-01',
        }),
        below: '<p>Publié le 14 octobre 2022</p>',
      },
      '2022-10-14',
      'Publié le 14 octobre',
    ],
    [
      'what the JSON-LD says about a video',
      { head: data({ '@type': 'VideoObject', datePublished: '2022-10-14' }) },
      '2022-10-14',
      'video',
    ],
    ['a date before 1995', { head: meta('date', '1987-10-14') }, '1987-10-14', 'before there were web pages'],
    [
      'what the JSON-LD says about the web page',
      { head: data({ '@type': 'WebPage', datePublished: '2022-10-14' }) },
      '2022-10-14',
      'JSON-LD',
    ],
  ]
  test.for(guessed)('%s is a guess, and is reported', ([, parts, date, says]) => {
    const { fields, warnings } = articleOf(newspaperPage(parts))
    expect(fields.published).toBe(date)
    expect(warnings).toEqual([
      expect.stringMatching(new RegExp(`^published: .*${says.replaceAll('|', '\\|')}`)),
    ])
  })

  test('a page without a date has none', () => {
    expect(articleOf(newspaperPage({})).fields).not.toHaveProperty('published')
  })
})

describe('the `time` elements of a page', () => {
  const time = '<time datetime="2024-06-12">12 juin 2024</time>'
  const none: [where: string, parts: Parameters<typeof newspaperPage>[0]][] = [
    ['in the header of the site', { above: `</main><header>${time}</header><main>` }],
    ['in the header of the site, as text', { above: '</main><header>Mercredi 12 juin 2024</header><main>' }],
    ['in a footer', { end: `</article></main><footer>${time}</footer><main><article>` }],
    ['in a margin', { end: `</article><aside>${time}</aside><article>` }],
    ['in a sentence', { end: `<p>Le premier vote avait eu lieu le ${time} et avait échoué.</p>` }],
    ['in a quotation', { end: `<blockquote><p>La ville a tout su.</p>${time}</blockquote>` }],
    ['behind a label that is no date’s', { end: `<p>Prochain concert du festival : ${time}</p>` }],
    ['of an event', { end: `<div itemscope itemtype="https://schema.org/Event">${time}</div>` }],
    [
      'of a comment',
      { end: `<p>Commentaires</p><div><b>Un lecteur</b> ${time}<p>Bravo à la ville.</p></div>` },
    ],
    ['of a teaser', { end: `<div><a href="/x">Le traversier reste encore en panne</a> ${time}</div>` }],
  ]

  test.each(none)('%s are not its date', (_, parts) => {
    expect(articleOf(newspaperPage(parts)).fields.published).toBeUndefined()
  })

  const guesses: [where: string, parts: Parameters<typeof newspaperPage>[0], guess: string][] = [
    ['of an update', { below: time.replace('<time', '<time class="updated"') }, 'the date of an update'],
    ['behind a label of an update', { below: `<p>Mis à jour le ${time}</p>` }, 'the date of an update'],
    [
      'above the headline',
      { above: `</main><div>${time}</div><main>` },
      'the date in an element above the headline',
    ],
    ['below the text', { end: `<p>${time}</p>` }, 'the date in an element below the first paragraph'],
  ]

  test.each(guesses)('%s are its date only with a warning', (_, parts, guess) => {
    const { fields, warnings } = articleOf(newspaperPage(parts))
    expect(fields.published).toBe('2024-06-12')
    expect(warnings).toContain(`published: 2024-06-12 is ${guess}`)
  })

  const certain: [where: string, parts: Parameters<typeof newspaperPage>[0]][] = [
    ['below the headline', { below: time }],
    [
      'in the header of the article',
      { headline: `<header><h1>Le pont rouvre lundi à midi</h1>${time}</header>` },
    ],
    ['with both names', { below: time.replace('<time', '<time class="entry-date published updated"') }],
    [
      'with a later update',
      { below: `<p>${time}, mis à jour le <time datetime="2024-06-14">14 juin 2024</time></p>` },
    ],
    [
      'in a sentence that says it',
      { below: `<p>Cet article a été publié le ${time} par la rédaction de la ville.</p>` },
    ],
  ]

  test.each(certain)('%s are its date', (_, parts) => {
    const { fields, warnings } = articleOf(newspaperPage(parts))
    expect(fields.published).toBe('2024-06-12')
    expect(warnings.filter((warning) => warning.startsWith('published:'))).toEqual([])
  })
})

describe('the only date of a page without a headline', () => {
  const table = (cells: string) =>
    `<html lang="fr"><head><title>Le Courrier</title></head><body><table><tr><td><b>Le pont rouvre</b><br><i>Kim Tremblay</i><br>${cells}<br><br>${paragraphs}</td></tr></table></body></html>`

  test('is that of the publication, with a warning', () => {
    const { fields, warnings } = articleOf(table('Le mercredi 12 mai 1999'))
    expect(fields.published).toBe('1999-05-12')
    expect(warnings).toContain('published: 1999-05-12 is taken from the line "Le mercredi 12 mai 1999"')
  })

  test('is none beside another one', () => {
    const { fields } = articleOf(table('Le mercredi 12 mai 1999<br>Le jeudi 13 mai 1999'))
    expect(fields.published).toBeUndefined()
  })
})
