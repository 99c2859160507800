import { describe, expect, test } from 'vitest'
import { readPage } from '../../src/cli/sources/page.ts'
import { detailsOf } from '../../src/http/problem.ts'
import { articleOf, newspaperPage, paragraphs } from './pages.ts'

const bodyOf = (html: string): string => String(articleOf(html).fields.html)
const canonical = '<link rel="canonical" href="https://gazette.example/pont">'
const long = paragraphs.slice(0, paragraphs.indexOf('</p>') + 4)

/** Names of parts of an article that contain the word of a box around articles. */
const resembling = [
  'commentary',
  'social-affairs',
  'credit-union',
  'promoteur',
  'newsletter-history',
  'comment-faire',
]

describe('the text of a page', () => {
  const kept: [what: string, parts: Parameters<typeof newspaperPage>[0], texts: readonly string[]][] = [
    [
      'short items of a list at the end',
      { end: '<ul><li>Sel</li><li>Œufs</li><li>Eau</li></ul>' },
      ['Sel', 'Œufs', 'Eau'],
    ],
    [
      'cells of a table at the end',
      { end: '<table><tr><th>An</th><td>12</td></tr><tr><td>2022</td><td>14</td></tr></table>' },
      ['An', '12', '2022', '14'],
    ],
    [
      'a sentence with comments in it',
      {
        end: `<div>Kim Tremblay<!-- --> et <!-- -->Ana Roy<!-- --> <!-- -->ont contribué<!-- -->.</div>${long}`,
      },
      ['Kim Tremblay et Ana Roy ont contribué.'],
    ],
    [
      'a caption with a photo credit behind it',
      {
        end: `<img src="/a.jpg" alt=""><div>Le pont couvert au mois de mars - Photo : Kim Tremblay</div>${long}`,
      },
      ['Le pont couvert au mois de mars'],
    ],
    [
      'sentences with a photo credit behind them',
      {
        end:
          `<p>La mairesse a coupé le ruban à <em>midi. (Photo : Kim Roy)</em></p>` +
          `<p>Die Kapelle spielte bis nach Mitternacht. Foto: Kim Roy</p>${long}`,
      },
      ['La mairesse a coupé le ruban à <em>midi.', 'Die Kapelle spielte bis nach Mitternacht.'],
    ],
    [
      'captions with a photo credit behind them',
      {
        end:
          '<figure><img src="https://g.example/a.jpg"><figcaption>La fanfare. (Photo : Kim Roy)</figcaption></figure>' +
          `<figure><img src="https://g.example/b.jpg"><figcaption>Le pont en mars / Getty Images</figcaption></figure>${long}`,
      },
      ['<figcaption>La fanfare. </figcaption>', '<figcaption>Le pont en mars </figcaption>'],
    ],
    ['short answers at the end', { end: '<p>Oui.</p><p>Moi.</p>' }, ['Oui.', 'Moi.']],
    [
      'the last short sentences behind an advertisement',
      { end: '<p>Publicité</p><p>« Il pleut », dit-elle.</p><p>Puis elle part.</p>' },
      ['Il pleut', 'Puis elle part.'],
    ],
    [
      'the last short sentences behind a button',
      { end: '<p>Partager</p><p>« Il pleut », dit-elle.</p><p>Puis elle part.</p>' },
      ['Il pleut', 'Puis elle part.'],
    ],
    [
      'parts whose names only contain the word of a button',
      {
        end: resembling
          .map((name) => `<div class="${name}" id="${name}"><p>Voici ${name}. ${long.slice(3)}</div>`)
          .join(''),
      },
      resembling.map((name) => `Voici ${name}.`),
    ],
    [
      'a heading and a paragraph with the name of furniture',
      { end: `<h2 id="comment">Comment faire le tour</h2><p class="credit">Il faut marcher.</p>${long}` },
      ['Comment faire le tour', 'Il faut marcher.'],
    ],
    [
      'a part for buttons that holds prose',
      { end: `<div class="share"><p>Ce texte est à partager. ${long.slice(3)}</div>` },
      ['Ce texte est à partager.'],
    ],
    [
      'a list of links to other sites',
      {
        head: canonical,
        end: `<ul><li><a href="https://ville.example/a">Le rapport</a></li><li><a href="https://pays.example/b">La loi</a></li></ul>${long}`,
      },
      ['Le rapport', 'La loi'],
    ],
    [
      'a quotation that is a link',
      { head: canonical, end: `<blockquote><p><a href="/a">Le maire se tait</a></p></blockquote>${long}` },
      ['Le maire se tait'],
    ],
    [
      'a heading above a picture at the end',
      { end: '<h2>La carte du quartier</h2><figure><img src="https://g.example/c.png"></figure>' },
      ['La carte du quartier'],
    ],
    [
      'a label and a link to another site',
      { head: canonical, end: `<p>Programme : <a href="https://ville.example/a">Le rapport</a></p>${long}` },
      ['Programme', 'Le rapport'],
    ],
  ]
  test.for(kept)('keeps %s', ([, parts, texts]) => {
    const body = bodyOf(newspaperPage(parts))
    for (const text of texts) expect(body, text).toContain(text)
  })

  const removed: [what: string, parts: Parameters<typeof newspaperPage>[0], text: string][] = [
    [
      'a byline',
      { head: '<meta name="author" content="Kim Tremblay">', below: '<p>Par Kim Tremblay</p>' },
      'Kim',
    ],
    ['a date', { below: '<p>Publié le 14 octobre 2022</p>' }, '2022'],
    ['the label of an advertisement', { end: `<p>Publicité</p>${long}` }, 'Publicité'],
    ['all from the last button on', { end: '<p>Partager</p><p>Le stade ferme</p>' }, 'stade'],
    ...[
      'comments',
      'comment-list',
      'comment-12',
      'td-social-sharing',
      'article__share-buttons',
      'relatedPosts',
    ].map((name): [string, Parameters<typeof newspaperPage>[0], string] => [
      `a part named ${name}`,
      { end: `<div class="${name}"><span>Le stade ferme.</span></div>${long}` },
      'stade',
    ]),
    [
      'a label and a link to an article of the site',
      { head: canonical, end: `<p>À voir : <a href="/b">Le stade ferme</a></p>${long}` },
      'stade',
    ],
    ['headings with nothing below them', { end: '<h3>Autres textes</h3><p>Sur le stade :</p>' }, 'textes'],
    [
      'a line with a colon and nothing below it',
      { end: '<h3>Autres textes</h3><p>Sur le stade :</p>' },
      'stade',
    ],
    ...['author-info', 'entry-author-info', 'relatedlinks', 'disclaimer', 'kommentare'].map(
      (name): [string, Parameters<typeof newspaperPage>[0], string] => [
        `prose in a part named ${name}`,
        { end: `<div class="${name}"><p>Le stade ferme. ${long.slice(3)}</div>` },
        'stade',
      ],
    ),
    [
      'a paragraph whose class names another text',
      { end: `<p class="newsletter-promo">Le stade ferme ? Recevez nos nouvelles.</p>${long}` },
      'stade',
    ],
    [
      'a list of links to articles of the site',
      {
        head: canonical,
        end: `<ul><li><a href="https://gazette.example/a">Le stade ferme</a></li><li><a href="/b">Le parc</a></li></ul>${long}`,
      },
      'stade',
    ],
  ]
  test.for(removed)('leaves out %s', ([, parts, text]) => {
    expect(bodyOf(newspaperPage(parts))).not.toContain(text)
  })

  test('a page whose elements are many and deep is refused', () => {
    const read = readPage(
      newspaperPage({ end: '<div class=a>'.repeat(240) + '<p>x</p>'.repeat(8000) + '</div>'.repeat(240) }),
    )
    expect(read.ok ? 'no refusal' : detailsOf(read.problem).detail).toContain('add up to more than 300000')
  })
})
