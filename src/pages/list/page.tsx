import type { FC } from 'hono/jsx'
import { type Article, knownDate } from '../../domain/article.ts'
import { titleOf } from '../../domain/feed.ts'
import { wordsIn } from '../../domain/language.ts'
import { folderOf, folders, type Selection } from '../../domain/selection.ts'
import { address, readAt, type Site } from '../../domain/site.ts'
import { shortened } from '../../domain/text.ts'
import { type DateWriter, dayWriter } from '../../domain/written-date.ts'
import type { Ways } from '../notify/fields.tsx'
import { BylineLine, Kicker, Moment } from '../parts/credits.tsx'
import type { FeedLink } from '../parts/feed-links.ts'
import { PreviewTags } from '../parts/head.tsx'
import { renderShell } from '../parts/layout.tsx'
import { Picture } from '../parts/picture.tsx'

/** The maximum length of a summary in a list of articles; the article's page shows the whole summary. */
const maxSummaryCharacters = 300

interface ListPage {
  site: Site
  selection: Selection
  articles: readonly Article[]
  feeds: readonly FeedLink[]
  /** How people can ask to be told. */
  notify?: Ways | undefined
}

/**
 * Renders the page of a selection with its articles in the given order. The page of all articles is the site's
 * front page.
 */
export function renderListPage({ site, selection, articles, feeds, notify }: ListPage): string {
  const front = selection.path === ''
  const title = titleOf({ site, selection })
  return renderShell({
    site,
    language: site.language,
    title,
    front,
    feeds,
    ...(notify && { notify }),
    head: (
      <PreviewTags
        site={site}
        preview={{
          kind: 'website',
          title,
          description: site.description,
          url: address(site, selection.path),
          language: site.language,
        }}
      />
    ),
    foot: site.copyright && <p class="quiet">{site.copyright}</p>,
    content: (
      <>
        <Heading site={site} selection={selection} />
        <Articles site={site} articles={articles} />
      </>
    ),
  })
}

const Heading: FC<{ site: Site; selection: Selection }> = ({ site, selection: { path, title } }) => {
  if (path === '') return null
  const folder = folders.find((one) => one === folderOf(path))
  return (
    <header class="selection">
      <p class="kicker">{folder && wordsIn(site.language).page.folders[folder]}</p>
      <h1>{title}</h1>
    </header>
  )
}

/** Renders a list of articles in the given order. */
export const Articles: FC<{ site: Site; articles: readonly Article[] }> = ({ site, articles }) => {
  if (articles.length === 0) return <p class="empty">{wordsIn(site.language).page.empty}</p>
  const write = dayWriter(site.language, site.timeZone)
  return (
    <ol class="articles">
      {articles.map((article, place) => (
        <li>
          <Teaser site={site} article={article} write={write} first={place === 0} />
        </li>
      ))}
    </ol>
  )
}

interface Teased {
  site: Site
  article: Article
  write: DateWriter
  first: boolean
}

const Teaser: FC<Teased> = ({ site, article, write, first }) => {
  const { image, summary, language } = article
  const lang = language === site.language ? undefined : language
  return (
    <article class={first ? 'teaser first' : 'teaser'}>
      {image && <Picture site={site} image={image} first={first} />}
      <div>
        <Kicker site={site} article={article} lang={lang} />
        <h2 lang={lang}>
          <a href={readAt(site, article)}>{article.title}</a>
        </h2>
        {summary && <p lang={lang}>{shortened(summary, maxSummaryCharacters)}</p>}{' '}
        <p class="credits">
          <BylineLine article={article} language={site.language} />{' '}
          <Moment instant={knownDate(article, 'published')} write={write} />
        </p>
      </div>
    </article>
  )
}
