import { describe, expect, test } from 'vitest'
import { articleOf, newspaperPage, paragraphs } from './pages.ts'

const authorsOf = (html: string) => articleOf(html).fields.authors
const below = (part: string) => newspaperPage({}).replace('</main>', `</main>${part}`)

describe('people whom a page names beside its author', () => {
  const others: [who: string, html: string][] = [
    [
      'the author of a teaser below',
      below(
        '<section><div><h3><a href="/b">Le bac</a></h3><span class="byline">Par Ana Roy</span></div></section>',
      ),
    ],
    [
      'the author of a card below',
      below(
        '<div class="card"><a href="/b">Le bac est en panne</a><span class="author">Ana Roy</span></div>',
      ),
    ],
    [
      'a list of columnists below',
      below('<section><h2>Chroniques</h2><a rel="author" href="/auteur/ana">Ana Roy</a></section>'),
    ],
    [
      'the author of a teaser above',
      newspaperPage({
        above: '<div><h3><a href="/b">Le bac</a></h3><span class="author">Ana Roy</span></div>',
      }),
    ],
    [
      'a colleague in a sentence',
      newspaperPage({
        end: `<p>Comme <a href="/auteur/ana">Ana Roy</a> le racontait ici la semaine dernière, nul ne sait.</p>${paragraphs}`,
      }),
    ],
    [
      'somebody who is quoted',
      newspaperPage({
        end: `<blockquote><p>Nul ne sait.</p><cite class="author">Ana Roy</cite></blockquote>${paragraphs}`,
      }),
    ],
    [
      'a photographer at the end',
      newspaperPage({ end: '<p>Photos : <a rel="author" href="/auteur/ana">Ana Roy</a></p>' }),
    ],
    [
      'a photographer in the text',
      newspaperPage({ below: '<p>Photo by <span class="author">Ana Roy</span></p>' }),
    ],
    [
      'a photographer in a figure',
      newspaperPage({
        below: '<figure><img src="https://g.example/a.jpg"><span class="author">Ana Roy</span></figure>',
      }),
    ],
    [
      'a translator',
      newspaperPage({ end: '<div>Traduit par <a rel="author" href="/auteur/ana">Ana Roy</a></div>' }),
    ],
    [
      'a translator from a language',
      newspaperPage({ end: '<p>Traduit de l’anglais par <span class="author">Ana Roy</span></p>' }),
    ],
    ['an editor', newspaperPage({ end: '<p>Edited by <span class="author">Ana Roy</span></p>' })],
    ['an editor in a line of text', newspaperPage({ below: '<p>Edited by Ana Roy</p>' })],
    [
      'a German translator',
      newspaperPage({ end: '<p>Aus dem Englischen übersetzt von <span class="author">Ana Roy</span></p>' }),
    ],
    [
      'the reader who is logged in',
      `${newspaperPage({}).replace('<nav>', '<header>Bonjour, <span class="author">Ana Roy</span></header><nav>')}`,
    ],
  ]
  test.for(others)('%s is no author', ([, html]) => {
    expect(authorsOf(html)).toBeUndefined()
  })

  const authors: [where: string, html: string][] = [
    ['behind the text', newspaperPage({ end: '<p>Par <span class="author">Kim Tremblay</span></p>' })],
    [
      'in a sentence with a word such as By',
      newspaperPage({
        below:
          '<p>Posted by <a rel="author" href="/author/kim">Kim Tremblay</a> on the first day of the fair.</p>',
      }),
    ],
    [
      'before a sentence about the author',
      newspaperPage({
        end: '<p><a rel="author" href="/auteur/kim">Kim Tremblay</a> écrit sur la ville et ses ponts.</p>',
      }),
    ],
    [
      'beside a translator',
      newspaperPage({
        below: '<p class="author">Kim Tremblay</p>',
        end: '<p>Translated by <span class="author">Ana Roy</span></p>',
      }),
    ],
  ]
  test.for(authors)('an author %s is one', ([, html]) => {
    expect(authorsOf(html)).toEqual([{ name: 'Kim Tremblay' }])
  })

  const roles = ['Edited by', 'Translated by', 'Traduit par', 'Übersetzt von', 'Editado por']
  test.for(roles)('%s does not lose its name', (role) => {
    const { fields, warnings } = articleOf(
      newspaperPage({ end: `<p>${role} <span class="author">Ana Roy</span></p>` }),
    )
    const text = String(fields.html).replace(/<[^>]*>/g, '')
    expect(text.includes(`${role} Ana Roy`) || warnings.join().includes(`"${role} Ana Roy"`)).toBe(true)
    expect(text).not.toMatch(new RegExp(`${role}\\s*$`, 'm'))
  })
})

describe('a name that programs have changed', () => {
  const metaAuthor = (name: string) =>
    articleOf(newspaperPage({ head: `<meta name="author" content="${name}">` }))

  test('a user name of two words is written as a name, with a warning', () => {
    const { fields, warnings } = metaAuthor('kim.tremblay')
    expect(fields.authors).toEqual([{ name: 'Kim Tremblay' }])
    expect(warnings).toEqual(['authors: "Kim Tremblay" is written in place of the user name "kim.tremblay"'])
  })

  test('a button behind a name goes, also before another name', () => {
    expect(metaAuthor('Kim TremblayFollow | Ana Roy').fields.authors).toEqual([
      { name: 'Kim Tremblay' },
      { name: 'Ana Roy' },
    ])
  })
})
