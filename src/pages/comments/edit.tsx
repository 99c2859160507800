import type { FC } from 'hono/jsx'
import { wordsIn } from '../../domain/language.ts'
import type { CommentMistake } from '../../domain/languages/comments.ts'
import type { Site } from '../../domain/site.ts'
import { renderCommentShell, TextToCopy } from './shell.tsx'

/** A comment that its author may change: its id, and the token that allows it. */
export interface Own {
  id: string
  token: string
}

interface EditPage {
  site: Site
  language: string
  own: Own
  text: string
  mistake?: CommentMistake
}

/** What a button of the forms about one's own comment does. */
export const editActions = ['open', 'save', 'delete'] as const

/** Renders the buttons with which an author opens or deletes a comment. The token is in no address, only in the forms. */
export const OwnForms: FC<{ language: string; own: Own }> = ({ language, own }) => {
  const words = wordsIn(language).comments
  return (
    <>
      <p>{words.own}</p>
      <OwnForm own={own} action="open" label={words.edit} />
      <OwnForm own={own} action="delete" label={words.delete} />
    </>
  )
}

const OwnForm: FC<{ own: Own; action: (typeof editActions)[number]; label: string }> = ({
  own,
  action,
  label,
}) => (
  <form method="post" action={`/comments/${own.id}/edit`}>
    <input type="hidden" name="token" value={own.token} />
    <input type="hidden" name="action" value={action} />
    <p>
      <button type="submit">{label}</button>
    </p>
  </form>
)

/** Renders the form with which an author changes the text of a comment. */
export function renderCommentEdit({ site, language, own, text, mistake }: EditPage): string {
  const words = wordsIn(language).comments
  return renderCommentShell({
    site,
    language,
    title: words.edit,
    content: (
      <>
        <h1>{words.edit}</h1>
        {mistake && (
          <p class="wrong" role="alert" id="wrong">
            {words.wrong[mistake]}
          </p>
        )}
        <form method="post" action={`/comments/${own.id}/edit`}>
          <input type="hidden" name="token" value={own.token} />
          <input type="hidden" name="action" value="save" />
          <p>
            <label for="text">{words.text}</label>
            <textarea
              {...{ id: 'text', name: 'text', required: true }}
              {...(mistake && { 'aria-invalid': 'true', 'aria-describedby': 'wrong' })}
            >
              {text}
            </textarea>
            <span class="quiet">{words.textHint}</span>
          </p>
          <p>
            <button type="submit">{words.send}</button>
          </p>
        </form>
        <OwnForm own={own} action="delete" label={words.delete} />
      </>
    ),
  })
}

interface EditOutcome extends Pick<EditPage, 'site' | 'language'> {
  title: string
  detail: string
  /** The comment, if its author may still change it. */
  own?: Own
  /** The slug of the article, if the comments on it can be read. */
  slug?: string
  /** The text that could not be saved, for copying. */
  text?: string
}

/** Renders the page that says what became of a change of a comment. */
export function renderEditOutcome({ site, language, title, detail, own, slug, text }: EditOutcome): string {
  const words = wordsIn(language).comments
  return renderCommentShell({
    site,
    language,
    title,
    content: (
      <>
        <h1>{title}</h1>
        <p class="standfirst" role="status">
          {detail}
        </p>
        {text !== undefined && <TextToCopy language={language} text={text} />}
        {own && <OwnForms language={language} own={own} />}
        {slug !== undefined && (
          <p class="acts">
            <a href={`/articles/${slug}/comments`}>{words.title}</a>
            <a href={`/articles/${slug}`}>{words.article}</a>
          </p>
        )}
      </>
    ),
  })
}
