import { raw } from 'hono/html'
import { type Comment, reportReasons } from '../../domain/comment.ts'
import { wordsIn } from '../../domain/language.ts'
import type { ReportWords } from '../../domain/languages/reports.ts'
import type { Site } from '../../domain/site.ts'
import { renderCommentShell } from './shell.tsx'

interface ReportPage {
  site: Site
  /** The language of the article. */
  language: string
  comment: Comment
  /** The token of the form, which says when it was made. */
  form: string
  /** What the person has sent, if the form is shown again because something was wrong. */
  given?: { reason: string; text: string; email: string }
  mistake?: ReportMistake
}

/** What is wrong with a report, or that its network has sent too much. */
type ReportMistake = keyof ReportWords['wrong'] | 'tooMany'

/** Renders the form with which a reader reports a comment. It works without a script. */
export function renderReportForm({ site, language, comment, form, given, mistake }: ReportPage): string {
  const { report: words, wrong } = wordsIn(language).comments
  const about = (one: ReportMistake) =>
    mistake === one ? ({ 'aria-invalid': 'true', 'aria-describedby': 'wrong' } as const) : {}
  return renderCommentShell({
    site,
    language,
    title: words.title,
    content: (
      <>
        <h1>{words.title}</h1>
        <blockquote>
          <p class="by">
            <bdi>{comment.name}</bdi>
          </p>
          <div class="said" dir="auto">
            {raw(comment.html)}
          </div>
        </blockquote>
        {mistake && (
          <p class="wrong" role="alert" id="wrong">
            {mistake === 'tooMany' ? wrong.tooMany : words.wrong[mistake]}
          </p>
        )}
        <form method="post" action={`/comments/${comment.id}/report`}>
          <input type="hidden" name="form" value={form} />
          <fieldset {...about('reason')}>
            <legend>{words.why}</legend>
            {reportReasons.map((reason) => (
              <label>
                <input
                  {...{ type: 'radio', name: 'reason', value: reason, required: true }}
                  checked={given?.reason === reason}
                />{' '}
                {words.reasons[reason]}
              </label>
            ))}
          </fieldset>
          <p>
            <label for="text">{words.text}</label>
            <textarea id="text" name="text" {...about('tooLong')}>
              {given?.text}
            </textarea>
            <span class="quiet">{words.textHint}</span>
          </p>
          <p>
            <label for="email">{words.email}</label>
            <input
              {...{ id: 'email', name: 'email', type: 'email', autocomplete: 'email' }}
              {...{ value: given?.email, ...about('email') }}
            />
            <span class="quiet">{words.emailHint}</span>
          </p>
          <p>
            <button type="submit">{words.send}</button>
          </p>
        </form>
      </>
    ),
  })
}

/** Renders the page that thanks for a report. */
export function renderReportDone({ site, language, comment }: Omit<ReportPage, 'form'>): string {
  const words = wordsIn(language).comments
  const { title, detail } = words.report.done
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
        <p class="acts">
          <a href={`/${comment.on.path}`}>{words.title}</a>
        </p>
      </>
    ),
  })
}
