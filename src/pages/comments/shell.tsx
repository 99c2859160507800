import type { Child, FC } from 'hono/jsx'
import { wordsIn } from '../../domain/language.ts'
import type { Site } from '../../domain/site.ts'
import { commentStyles } from '../bundle.ts'
import type { FeedLink } from '../parts/feed-links.ts'
import { renderShell } from '../parts/layout.tsx'

interface CommentShell {
  site: Site
  language: string
  title: string
  feeds?: readonly FeedLink[]
  /** What describes the page in `<head>`; without it, search engines are told to leave the page out. */
  head?: Child
  content: Child
}

/** Renders a page about comments, in the language of the article. */
export const renderCommentShell = ({
  site,
  language,
  title,
  feeds = [],
  head,
  content,
}: CommentShell): string =>
  renderShell({
    site,
    language,
    title: `${title} — ${site.title}`,
    feeds,
    styles: commentStyles,
    head: head ?? <meta name="robots" content="noindex, nofollow" />,
    content: <div class="comments">{content}</div>,
  })

/** A text that cannot be sent any more, which its author can still copy. */
export const TextToCopy: FC<{ language: string; text: string }> = ({ language, text }) => (
  <p>
    <label for="text">{wordsIn(language).comments.text}</label>
    <textarea id="text" readonly>
      {text}
    </textarea>
  </p>
)
