import type { FC } from 'hono/jsx'
import type { Article } from '../../domain/article.ts'
import { commentsPath } from '../../domain/comment.ts'
import { wordsIn } from '../../domain/language.ts'
import { type Question, questionsOf } from '../../domain/question.ts'
import type { Site } from '../../domain/site.ts'
import { escapeAttribute } from '../../render/guard.ts'
import { feedLinksOf } from '../parts/feed-links.ts'

/** The address of the answers to a question. */
const answersAt = (slug: string, { key }: Question): string =>
  `/articles/${slug}/comments?question=${encodeURIComponent(key)}`

/**
 * Returns the body of an article, in which a link to the answers follows each passage about which the author asks a question. The
 * script of the element of comments makes a button of it, which opens the answers in place.
 */
export function bodyWithQuestions(article: Pick<Article, 'slug' | 'language' | 'html' | 'rights'>): string {
  const { slug, language, html } = article
  const { answersTo } = wordsIn(language).comments.question
  const questions = questionsOf(article).toSorted((one, other) => one.end - other.end)
  let body = ''
  let copied = 0
  for (const question of questions) {
    const attributes = {
      ...{ href: answersAt(slug, question), 'data-article': slug, 'data-question': question.key },
      ...{ rel: 'nofollow', title: question.text, 'aria-label': answersTo(question.text) },
    }
    const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`)
    body += `${html.slice(copied, question.end)}<sup><a${written.join('')}>?</a></sup>`
    copied = question.end
  }
  return body + html.slice(copied)
}

/** The feeds of the comments on an article, for its `<head>`. */
export const commentFeeds = (site: Site, { slug, title, language }: Article) => ({
  name: wordsIn(language).comments.on(title),
  feeds: feedLinksOf(site, { path: commentsPath(slug) }),
})

/** The links to the comments on an article. No number stands beside them, so that no comment changes the page. */
export const CommentsLink: FC<{ article: Article }> = ({ article }) => {
  const { slug, language } = article
  const { title, view, write } = wordsIn(language).comments
  const path = `/articles/${slug}/comments`
  return (
    <section>
      <h2 class="label">{title}</h2>
      <kiosque-comments article={slug}>
        <ul class="row">
          <li>
            <a href={path}>{view}</a>
          </li>
          <li>
            <a href={`${path}/new`} rel="nofollow">
              {write}
            </a>
          </li>
        </ul>
      </kiosque-comments>
      <script type="module" src="/e/comments/v1.js"></script>
    </section>
  )
}

/** The questions that an article asks, each as a link to its answers. */
export const Questions: FC<{ article: Article }> = ({ article }) => {
  const { slug, language } = article
  const questions = questionsOf(article)
  return questions.length === 0 ? null : (
    <section>
      <h2 class="label">{wordsIn(language).comments.question.title}</h2>
      <ul>
        {questions.map((question) => (
          <li>
            <a href={answersAt(slug, question)} rel="nofollow">
              {question.text}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
