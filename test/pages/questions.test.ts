import { describe, expect, test } from 'vitest'
import type { Article, CommentMode } from '../../src/domain/article.ts'
import { cleanHtml } from '../../src/ingest/html.ts'
import { renderArticlePage } from '../../src/pages/article/page.tsx'
import { sampleArticle, site } from '../render/samples.ts'

const html =
  '<p>Le pont ferme <mark data-question="Oui ?" data-question-id="pont">du 3 au 14 juin</mark>.</p>'

function pageOf(comments: CommentMode | undefined, differs: Partial<Article> = {}): string {
  const article = sampleArticle({ html, language: 'fr', ...differs })
  const of = { ...site, ...(comments !== undefined && { comments }) }
  return renderArticlePage({ site: of, article, share: [], feeds: [] })
}

const link = /<sup><a [^>]*>\?<\/a><\/sup>/g

describe('the page of an article with questions', () => {
  test('has a link to the answers beside the passage, and a list of the questions', () => {
    const page = pageOf('open')
    expect(page.match(link)).toEqual([
      '<sup><a href="/articles/marche-d-ete/comments?question=pont" data-article="marche-d-ete" data-question="pont" rel="nofollow" title="Oui ?" aria-label="Inline Feedbacks\u00a0: Oui ?">?</a></sup>',
    ])
    expect(page).toContain('</mark><sup>')
    expect(page).toContain('<a href="/articles/marche-d-ete/comments?question=pont" rel="nofollow">Oui ?</a>')
  })

  const without: [what: string, comments: CommentMode | undefined, differs: Partial<Article>][] = [
    ['on a site without comments', undefined, {}],
    ['where nobody may comment', 'off', {}],
    ['if the article says so', 'open', { comments: 'off' }],
    ['without its body', 'open', { rights: { syndicate: 'summary' } }],
  ]
  test.for(without)('has a plain mark, or none, %s', ([, comments, differs]) => {
    const page = pageOf(comments, differs)
    expect([
      page.includes('<sup>'),
      page.includes('question=pont'),
      page.includes('Inline Feedbacks'),
    ]).toEqual([false, false, false])
  })

  test('shows a hostile question as text', () => {
    const hostile = `"><script>alert(1)</script>' onmouseover='x </a></mark>`
    const clean = cleanHtml(
      `<p><mark data-question="${hostile.replaceAll('"', '&quot;')}">a</mark></p>`,
      site.url,
    )
    if (!clean.ok) throw new Error('refused')
    const page = pageOf('open', { html: clean.value })
    // In the body, the value of the attribute is as the sanitizer left it.
    expect(page.replace(/ data-question="[^"]*"/g, '')).not.toContain('<script>alert')
    expect(page.split('&lt;script&gt;alert(1)&lt;/script&gt;').length - 1).toBe(3)
  })

  test('has a link for each of several questions', () => {
    const two = html + html.replace('"pont"', '"autre"')
    expect(pageOf('open', { html: two }).match(link)).toHaveLength(2)
  })
})
