import { wordsIn } from '../../domain/language.ts'
import { address, type Site } from '../../domain/site.ts'
import { PreviewTags } from '../parts/head.tsx'
import { renderShell } from '../parts/layout.tsx'

interface HubPage {
  site: Site
  /** The public address of the hub. */
  hub: string
  /** An example of a request to the hub, as a command line. */
  example: string
}

/** Where the W3C publishes the specification of WebSub. */
export const specification = 'https://www.w3.org/TR/websub/'

/** Renders the page that a person gets at the hub's address: what the hub is, and how a program subscribes. */
export function renderHubPage({ site, hub, example }: HubPage): string {
  const { language } = site
  const words = wordsIn(language).hub
  const title = `${words.title} — ${site.title}`
  return renderShell({
    site,
    language,
    title,
    feeds: [],
    head: (
      <PreviewTags
        site={site}
        preview={{ kind: 'website', title, description: words.explanation, url: hub, language }}
      />
    ),
    content: (
      <div class="problem">
        <p class="kicker">WebSub</p>
        <h1>{words.title}</h1>
        <p class="standfirst">{words.explanation}</p>
        <p>
          <a class="action" href={address(site, 'feeds')}>
            {words.choose}
          </a>
        </p>
        <section>
          <h2>{words.developers}</h2>
          <p>{words.request}</p>
          <pre tabindex={0}>
            <code>{example}</code>
          </pre>
          <p>{words.answer}</p>
          <p>
            <a href={specification} hreflang="en">
              {words.specification}
            </a>
          </p>
        </section>
      </div>
    ),
  })
}
