import type { Comment } from '../../../src/domain/comment.ts'
import { wordsIn } from '../../../src/domain/language.ts'
import type { CommentMistake } from '../../../src/domain/languages/comments.ts'
import { questionsOf } from '../../../src/domain/question.ts'
import type { Site } from '../../../src/domain/site.ts'
import { renderCommentEdit, renderEditOutcome } from '../../../src/pages/comments/edit.tsx'
import {
  renderCommentDone,
  renderCommentForm,
  renderCommentsShut,
} from '../../../src/pages/comments/form.tsx'
import { renderCommentsPage } from '../../../src/pages/comments/page.tsx'
import { renderReportDone, renderReportForm } from '../../../src/pages/comments/report.tsx'
import { feedLinksOf } from '../../../src/pages/parts/feed-links.ts'
import { sampleArticle } from '../../render/samples.ts'

/** A sample comment. Its text has everything that a comment may have. */
export const commentOf = (id: string, differs: Partial<Comment> = {}): Comment => ({
  id,
  name: 'zz',
  html: '<p>zz <em>zz</em> <strong>zz</strong> <code>zz</code> <a href="https://a.example/" rel="nofollow ugc noopener">zz</a></p>\n<blockquote>\n<p>zz</p>\n</blockquote>\n<pre><code>zz\n</code></pre>',
  published: Date.parse('2024-06-20T12:00:00Z'),
  on: { path: 'articles/marche-d-ete/comments', title: 'zz', language: 'fr' },
  ...differs,
})

/** Every page about comments on a site, by name; the texts of the site and of the people are `zz`. */
export function commentPages(site: Site): Record<string, string> {
  const { language } = site
  const article = sampleArticle({ language, title: 'zz', comments: 'open' })
  const asking = {
    ...article,
    html: '<p>zz <mark data-question="zz" data-question-id="pont">zz <em>zz</em></mark> zz</p>',
  }
  const form = 'l0.AAECAwQFBgcICQoLDA0ODw.AAAA'
  const given = { name: 'zz', email: 'zz@', text: 'zz', parent: '', question: '', notify: ['replies'] }
  const feeds = feedLinksOf(site, { path: 'articles/marche-d-ete/comments' })
  const replies = [
    commentOf('b', { parent: 'a' }),
    commentOf('c', { parent: 'b' }),
    commentOf('d', { parent: 'c', answering: 'zz' }),
    commentOf('e', { parent: 'elsewhere' }),
  ]
  const threads = [
    { id: 'a', comment: commentOf('a'), replies, more: true },
    { id: 'f', replies: [commentOf('g', { parent: 'f' })], more: false },
  ]
  const older = { published: 1, number: 2 }
  const own = { id: 'a', token: 'zz' }
  const words = wordsIn(language).comments
  const mistakes = Object.keys(words.wrong) as CommentMistake[]
  return {
    threads: renderCommentsPage({ site, article, threads, older, order: 'newest', isFirst: true, feeds }),
    'older threads': renderCommentsPage({ site, article, threads, isFirst: false, feeds: [] }),
    'further threads': renderCommentsPage({
      site,
      article,
      threads,
      older,
      order: 'answered',
      isFirst: false,
      feeds,
    }),
    answers: renderCommentsPage({
      ...{ site, article: asking, threads, older, order: 'newest', question: 'pont', isFirst: true, feeds },
    }),
    'threads with answers': renderCommentsPage({
      ...{ site, article: asking, order: 'newest', isFirst: true, feeds },
      threads: [{ id: 'a', comment: commentOf('a', { question: 'pont' }), replies, more: true }],
    }),
    'no answers': renderCommentsPage({
      ...{ site, article: asking, threads: [], order: 'newest', question: 'pont', isFirst: true, feeds },
    }),
    'form of an answer to a question': renderCommentForm({
      site,
      article,
      form,
      asked: questionsOf(asking)[0],
    }),
    closed: renderCommentsPage({
      ...{ site, article, threads, order: 'newest', isFirst: true, feeds, closed: true },
    }),
    'no threads': renderCommentsPage({ site, article, threads: [], order: 'newest', isFirst: true, feeds }),
    form: renderCommentForm({ site, article, form }),
    'form with notices': renderCommentForm({ site, article, form, given, postal: 'zz' }),
    'threads with the form of mail': renderCommentsPage({
      ...{ site, article, threads, order: 'newest', isFirst: false, feeds: [], postal: 'zz' },
    }),
    'done, and asked': renderCommentDone({ site, article, done: 'pending', isAsked: true }),
    'form with Turnstile': renderCommentForm({ site, article, form, siteKey: 'zz' }),
    'form of an answer': renderCommentForm({ site, article, form, parent: 'a', answered: commentOf('a') }),
    ...Object.fromEntries(
      mistakes.map((mistake) => [
        `form: ${mistake}`,
        renderCommentForm({ site, article, form, given, mistake }),
      ]),
    ),
    report: renderReportForm({ site, language, comment: commentOf('a'), form }),
    ...Object.fromEntries(
      (['reason', 'email', 'tooLong', 'expired'] as const).map((mistake) => [
        `report: ${mistake}`,
        renderReportForm({
          site,
          language,
          comment: commentOf('a'),
          form,
          mistake,
          given: { ...given, reason: 'spam' },
        }),
      ]),
    ),
    reported: renderReportDone({ site, language, comment: commentOf('a') }),
    shut: renderCommentsShut(site, article),
    'shut: text': renderCommentsShut(site, article, 'zz'),
    approved: renderCommentDone({ site, article, done: 'approved', own }),
    edit: renderCommentEdit({ site, language, own, text: 'zz' }),
    'edit: text': renderCommentEdit({ site, language, own, text: 'zz', mistake: 'text' }),
    changed: renderEditOutcome({ site, language, ...words.change.saved.approved, own, slug: article.slug }),
    'changed: waits': renderEditOutcome({ site, language, ...words.change.saved.pending, own }),
    deleted: renderEditOutcome({ site, language, ...words.outcomes.deleted, slug: article.slug }),
    over: renderEditOutcome({ site, language, ...words.outcomes.over }),
    'over: text': renderEditOutcome({ site, language, ...words.outcomes.over, text: 'zz' }),
    pending: renderCommentDone({ site, article, done: 'pending' }),
  }
}
