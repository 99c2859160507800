import { raw } from 'hono/html'
import type { FC } from 'hono/jsx'
import type { Article } from '../../domain/article.ts'
import type { Comment } from '../../domain/comment.ts'
import { wordsIn } from '../../domain/language.ts'
import type { CommentMistake } from '../../domain/languages/comments.ts'
import { newComments, newReplies } from '../../domain/notify.ts'
import type { Question } from '../../domain/question.ts'
import type { Site } from '../../domain/site.ts'
import { consentIn, maxEmailCharacters } from '../notify/fields.tsx'
import { Asked } from './asked.tsx'
import { type Own, OwnForms } from './edit.tsx'
import { renderCommentShell, TextToCopy } from './shell.tsx'

/** What a person has written into the form. */
interface Given {
  name: string
  email: string
  text: string
  notify: readonly string[]
}

interface CommentForm {
  site: Site
  article: Article
  /** The token of the form, which says when it was made. */
  form: string
  /** The id of the comment that is answered. A form keeps it if the comment is not public any more, so that the text is no first comment. */
  parent?: string
  /** The comment that is answered, if it is public. */
  answered?: Comment | undefined
  /** The question that is answered. */
  asked?: Question | undefined
  /** What the person has sent, if the form is shown again because something was wrong. */
  given?: Given
  mistake?: CommentMistake
  /** The site key of Turnstile; undefined on a site without this check. */
  siteKey?: string | undefined
  /** The postal address of the site, if people can be told of comments by mail. */
  postal?: string | undefined
}

/** The script of Turnstile. It is loaded by the page of the form only. */
const turnstileScript = 'https://challenges.cloudflare.com/turnstile/v0/api.js'

/** Renders the form of a comment. It works without a script. No cache may keep it, because its token is used once. */
export function renderCommentForm(page: CommentForm): string {
  const { site, article, answered, asked, mistake } = page
  const words = wordsIn(article.language).comments
  return renderCommentShell({
    site,
    language: article.language,
    title: words.write,
    content: (
      <>
        <h1>{words.write}</h1>
        <p>
          <a href={`/articles/${article.slug}`}>{article.title}</a>
        </p>
        {asked && <Asked question={asked} language={article.language} />}
        {answered && <Answered language={article.language} comment={answered} />}
        {mistake && (
          <p class="wrong" role="alert" id="wrong">
            {words.wrong[mistake]}
          </p>
        )}
        {mistake === 'closed' && (
          <p class="acts">
            <a href={`/articles/${article.slug}/comments/new`}>{words.write}</a>
          </p>
        )}
        <Form {...page} />
      </>
    ),
  })
}

const Answered: FC<{ language: string; comment: Comment }> = ({ language, comment }) => (
  <blockquote>
    <p class="by">
      <bdi>{wordsIn(language).comments.answering(comment.name)}</bdi>
    </p>
    <div class="said" dir="auto">
      {raw(comment.html)}
    </div>
  </blockquote>
)

const Form: FC<CommentForm> = ({
  site,
  article,
  form,
  parent = '',
  asked,

  given,
  mistake,
  siteKey,
  postal,
}) => {
  const words = wordsIn(article.language).comments
  const about = (...mistakes: CommentMistake[]) =>
    mistake && mistakes.includes(mistake)
      ? ({ 'aria-invalid': 'true', 'aria-describedby': 'wrong' } as const)
      : {}
  return (
    <form method="post" action={`/articles/${article.slug}/comments/new`}>
      <input type="hidden" name="form" value={form} />
      {parent !== '' && <input type="hidden" name="parent" value={parent} />}
      {asked && <input type="hidden" name="question" value={asked.key} />}
      <p>
        <label for="text">{words.text}</label>
        <textarea id="text" name="text" required {...about('text', 'tooLong', 'unreadable')}>
          {given?.text}
        </textarea>
        <span class="quiet">{words.textHint}</span>
      </p>
      <p>
        <label for="name">{words.name}</label>
        <input
          {...{ id: 'name', name: 'name', autocomplete: 'nickname', required: true }}
          {...{ value: given?.name, ...about('name') }}
        />
        <span class="quiet">{words.nameHint}</span>
      </p>
      <p>
        <label for="email">{words.email}</label>
        <input
          {...{ id: 'email', name: 'email', type: 'email', autocomplete: 'email' }}
          {...{ maxlength: maxEmailCharacters, value: given?.email, ...about('email', 'notify') }}
        />
        <span class="quiet">{words.emailHint}</span>
      </p>
      {postal !== undefined && (
        <Notices {...{ site, language: article.language, postal, ticked: given?.notify ?? [] }} />
      )}
      <p class="trap" aria-hidden="true">
        <label for="website">{words.trap}</label>
        <input id="website" name="website" tabindex={-1} autocomplete="off" />
      </p>
      {siteKey !== undefined && (
        <>
          <div
            {...{ class: 'cf-turnstile', 'data-sitekey': siteKey, 'data-action': 'comment' }}
            {...{ 'data-size': 'flexible', 'data-language': article.language.toLowerCase() }}
          />
          <script src={turnstileScript} async defer />
          <noscript>
            <p class="quiet">{words.withoutScript}</p>
          </noscript>
        </>
      )}
      <p>
        <button type="submit">{words.send}</button>
      </p>
    </form>
  )
}

interface Offer {
  site: Site
  language: string
  postal: string
}

/** Renders the boxes of what the author of a comment can be told, and to what the author agrees by ticking them. */
const Notices: FC<Offer & { ticked: readonly string[] }> = ({ ticked, ...offer }) => {
  const { tell } = wordsIn(offer.language).comments
  return (
    <fieldset>
      <legend>{tell.tellMe}</legend>
      {([newReplies, newComments] as const).map((one) => (
        <label>
          <input type="checkbox" name="notify" value={one} checked={ticked.includes(one)} />
          {tell.boxes[one]}
        </label>
      ))}
      <p class="quiet">{tell.hint}</p>
      <Consent {...offer} />
    </fieldset>
  )
}

/** Renders to what a person agrees who wants to be told. */
export const Consent: FC<Offer> = ({ site, language, postal }) => (
  <>
    {consentIn(language, site, postal).map((sentence) => (
      <p class="quiet">{sentence}</p>
    ))}
  </>
)

/** Renders the page that follows a comment that was sent or changed. With `own`, its author can change it. */
export function renderCommentDone({
  site,
  article,
  done,
  own,
  isAsked = false,
}: Pick<CommentForm, 'site' | 'article'> & {
  done: 'approved' | 'pending'
  own?: Own | undefined
  /** Whether a mail asks the person to confirm what was ticked. */
  isAsked?: boolean
}): string {
  const words = wordsIn(article.language).comments
  const { title, detail } = words.done[done]
  return renderCommentShell({
    site,
    language: article.language,
    title,
    content: (
      <>
        <h1>{title}</h1>
        <p class="standfirst" role="status">
          {detail}
        </p>
        {isAsked && <p>{words.tell.asked}</p>}
        {own && <OwnForms language={article.language} own={own} />}
        <p class="acts">
          <a href={`/articles/${article.slug}/comments`}>{words.title}</a>
          <a href={`/articles/${article.slug}`}>{words.article}</a>
        </p>
      </>
    ),
  })
}

/** Renders the page that says that nobody can comment on an article any more. A text that was sent all the same is not lost. */
export function renderCommentsShut(site: Site, article: Article, text?: string): string {
  const words = wordsIn(article.language).comments
  return renderCommentShell({
    site,
    language: article.language,
    title: words.write,
    content: (
      <>
        <h1>{words.write}</h1>
        <p class="standfirst" role={text === undefined ? 'status' : 'alert'}>
          {words.wrong.shut}
        </p>
        {text !== undefined && <TextToCopy language={article.language} text={text} />}
        <p class="acts">
          <a href={`/articles/${article.slug}/comments`}>{words.title}</a>
          <a href={`/articles/${article.slug}`}>{words.article}</a>
        </p>
      </>
    ),
  })
}
