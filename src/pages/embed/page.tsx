import { raw } from 'hono/html'
import type { Child, FC } from 'hono/jsx'
import { type Article, knownDate } from '../../domain/article.ts'
import { apologyIn, wordsIn } from '../../domain/language.ts'
import { address, readAt, type Site } from '../../domain/site.ts'
import { legalText } from '../../domain/text.ts'
import { dayWriter } from '../../domain/written-date.ts'
import { embedStyles } from '../bundle.ts'
import { BylineLine, Moment } from '../parts/credits.tsx'
import { HeadLink } from '../parts/head.tsx'
import { Picture } from '../parts/picture.tsx'

interface Props {
  site: Site
  article: Article
}

/**
 * Renders the card of an article for an iframe on another site. The card has no script and never contains more
 * than the summary.
 */
export const renderEmbed = ({ site, article }: Props): string =>
  page({
    language: article.language,
    title: `${article.title} — ${site.title}`,
    head: <HeadLink rel="canonical" href={readAt(site, article)} />,
    content: <Card site={site} article={article} />,
  })

/**
 * Renders the page that replaces the card in an iframe if the card cannot be shown: the reason, and a link to
 * the site.
 */
export function renderEmbedProblem(site: Site, status: number, title: string): string {
  return page({
    language: site.language,
    title: site.title,
    content: (
      <article>
        <div class="text">
          <p>{apologyIn(site.language, status)?.title ?? title}</p>
          <footer>
            <Outward href={address(site, '')} label={site.title} hint={wordsIn(site.language).page.newTab} />
          </footer>
        </div>
      </article>
    ),
  })
}

interface Shell {
  language: string
  title: string
  head?: Child
  content: Child
}

const page = (shell: Shell): string => legalText(`<!DOCTYPE html>\n${<Page {...shell} />}\n`)

const Page: FC<Shell> = ({ language, title, head, content }) => (
  <html lang={language}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title}</title>
      <meta name="robots" content="noindex" />
      {head}
      {/* The stylesheet is inserted without escaping, because the Content-Security-Policy contains the hash of its exact text. */}
      <style>{raw(embedStyles.text)}</style>
    </head>
    <body>{content}</body>
  </html>
)

const Card: FC<Props> = ({ site, article }) => {
  const { title, shortTitle = title, section, kicker = section, summary, image, language } = article
  return (
    <article>
      {image && <Picture site={site} image={image} first />}
      <div class="text">
        {kicker !== undefined && <p class="kicker">{kicker}</p>}
        <h1>
          <Outward href={readAt(site, article)} label={shortTitle} hint={wordsIn(language).page.newTab} />
        </h1>
        {summary && <p class="summary">{summary}</p>}{' '}
        <footer>
          <Outward href={address(site, '')} label={site.title} hint={wordsIn(language).page.newTab} />{' '}
          <BylineLine article={article} language={language} marked />{' '}
          <span>
            <Moment instant={knownDate(article, 'published')} write={dayWriter(language, site.timeZone)} />
          </span>
        </footer>
      </div>
    </article>
  )
}

/** A link that opens in a new tab; otherwise a whole page would appear inside the small iframe of the card. */
const Outward: FC<{ href: string; label: string; hint: string }> = ({ href, label, hint }) => (
  <a href={href} target="_blank" rel="noopener" title={hint}>
    {label}
  </a>
)
