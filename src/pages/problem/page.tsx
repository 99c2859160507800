import { apologyIn, wordsIn } from '../../domain/language.ts'
import { address, type Site } from '../../domain/site.ts'
import { renderShell } from '../parts/layout.tsx'

interface ProblemPage {
  /** Missing where the settings themselves are wrong. */
  site?: Site
  status: number
  title: string
  detail: string
}

/** The page of a problem: what a reader can make of it, a way home, and the exact words, in English. */
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
        <p class="quiet" lang="en">
          {title}. {detail}
        </p>
      </div>
    ),
  })
}
