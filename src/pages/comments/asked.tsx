import { raw } from 'hono/html'
import type { FC } from 'hono/jsx'
import { wordsIn } from '../../domain/language.ts'
import type { Question } from '../../domain/question.ts'

/** Renders a question of the article with the passage that it is about. With `href`, the question leads to its answers. */
export const Asked: FC<{ question: Question; language: string; href?: string }> = (props) => {
  const { question, language, href } = props
  return (
    <figure class="asked">
      <figcaption>{wordsIn(language).comments.question.passage}</figcaption>
      <blockquote>
        <mark>{raw(question.passage)}</mark>
      </blockquote>
      <p>{href === undefined ? question.text : <a href={href}>{question.text}</a>}</p>
    </figure>
  )
}
