import { raw } from 'hono/html'
import type { FC } from 'hono/jsx'
import type { Article } from '../domain/article.ts'
import { address, readAt, type Site } from '../domain/site.ts'
import { bylineText, Moment } from './credits.tsx'
import { dayWriter } from './dates.ts'
import { embedStyles } from './embed-styles.ts'
import { HeadLink } from './head.tsx'
import { Picture } from './picture.tsx'
import { wordsIn } from './words.ts'

interface Part {
  site: Site
  article: Article
}

/** The card of an article for a frame on another site: no script, and never more than its summary. */
export const renderEmbed = (part: Part): string => `<!DOCTYPE html>\n${<Page {...part} />}\n`

const Page: FC<Part> = ({ site, article }) => (
  <html lang={article.language}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{`${article.title} — ${site.title}`}</title>
      <meta name="robots" content="noindex" />
      <HeadLink rel="canonical" href={readAt(site, article)} />
      {/* Raw, for the policy knows this text by its hash. */}
      <style>{raw(embedStyles)}</style>
    </head>
    <body>
      <Card site={site} article={article} />
    </body>
  </html>
)

const Card: FC<Part> = ({ site, article }) => {
  const { section, title, summary, image, language, published } = article
  const byline = bylineText(article, language)
  return (
    <article>
      {image && <Picture site={site} image={image} first />}
      <div class="text">
        {section !== undefined && <p class="kicker">{section}</p>}
        <h1>
          <Outward href={readAt(site, article)} label={title} hint={wordsIn(language).newTab} />
        </h1>
        {summary && <p class="summary">{summary}</p>}
        <footer>
          <Outward href={address(site, '')} label={site.title} hint={wordsIn(language).newTab} />
          {byline && <span>{byline}</span>}
          <span>
            <Moment instant={published} write={dayWriter(language, site.timeZone)} />
          </span>
        </footer>
      </div>
    </article>
  )
}

/** In a frame a link that stayed would show a whole page in the place of the card. */
const Outward: FC<{ href: string; label: string; hint: string }> = ({ href, label, hint }) => (
  <a href={href} target="_blank" rel="noopener" title={hint}>
    {label}
  </a>
)
