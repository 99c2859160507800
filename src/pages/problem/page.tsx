import { apologyIn, wordsIn } from '../../domain/language.ts'
import { address, type Site } from '../../domain/site.ts'
import { renderShell } from '../parts/layout.tsx'

interface ProblemPage {
  /** The site; absent if the settings themselves are invalid. */
  site?: Site
  status: number
  title: string
  detail: string
}

/**
 * Renders the page for an HTTP error: an explanation for readers, a link to the front page, and the exact problem text in English
 * where that helps: whoever gets a server's error, or an error for which there is no text in the reader's language. Programs get
 * the problem text of every error as JSON.
 */
export function renderProblemPage({ site, status, title, detail }: ProblemPage): string {
  const language = site?.language ?? 'fr-CA'
  const words = wordsIn(language).page
  const apology = apologyIn(language, status)
  const heading = apology?.title ?? title
  return renderShell({
    site,
    language,
    title: site ? `${heading} — ${site.title}` : heading,
    feeds: [],
    head: <meta name="robots" content="noindex" />,
    content: (
      <div class="problem">
        <p class="kicker">{status}</p>
        <h1 lang={apology ? undefined : 'en'}>{heading}</h1>
        {apology && <p class="standfirst">{apology.detail}</p>}
        <p>
          <a class="action" href={site ? address(site, '') : '/'}>
            {words.home}
          </a>
        </p>
        {!(apology && status < 500) && (
          <p class="quiet" lang="en">
            {title}. {detail}
          </p>
        )}
      </div>
    ),
  })
}
