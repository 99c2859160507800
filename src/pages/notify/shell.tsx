import type { Child } from 'hono/jsx'
import type { Site } from '../../domain/site.ts'
import { notifyStyles } from '../bundle.ts'
import { renderShell } from '../parts/layout.tsx'

interface NotifyShell {
  site: Site
  language: string
  title: string
  /** What describes the page in `<head>`; without it, search engines are told to leave the page out. */
  head?: Child
  content: Child
}

/**
 * Renders a page about notifications. Its address may contain a token, so links from the page send no address, and search
 * engines leave the page out.
 */
export const renderNotifyPage = ({ site, language, title, head, content }: NotifyShell): string =>
  renderShell({
    site,
    language,
    title: `${title} — ${site.title}`,
    feeds: [],
    styles: notifyStyles,
    head: head ?? (
      <>
        <meta name="robots" content="noindex, nofollow" />
        <meta name="referrer" content="no-referrer" />
      </>
    ),
    content: <div class="problem notify">{content}</div>,
  })
