import { raw } from 'hono/html'
import type { FC } from 'hono/jsx'
import { type Article, knownDate } from '../../domain/article.ts'
import { modeOf } from '../../domain/comment.ts'
import { creditedIn } from '../../domain/credits.ts'
import { titleOf } from '../../domain/feed.ts'
import { wordsIn } from '../../domain/language.ts'
import { shownArticle } from '../../domain/own-addresses.ts'
import { selectionOf } from '../../domain/selection.ts'
import { absolute, menuAt, readAt, type Site } from '../../domain/site.ts'
import { shortened } from '../../domain/text.ts'
import { timeWriter } from '../../domain/written-date.ts'
import { noteOf, shows } from '../../render/content.ts'
import { oembedLinks } from '../../render/oembed.ts'
import { notifyStyles } from '../bundle.ts'
import type { Ways } from '../notify/fields.tsx'
import { TellMe } from '../notify/tell-me.tsx'
import { Byline, Kicker, Moment, NameLink } from '../parts/credits.tsx'
import type { FeedLink } from '../parts/feed-links.ts'
import { HeadLink, PreviewTags, Property, StructuredData } from '../parts/head.tsx'
import { renderShell } from '../parts/layout.tsx'
import { authorAddress, maxInHead, namesInHead } from '../parts/metadata.ts'
import { Picture } from '../parts/picture.tsx'
import { type Share, ShareRow } from '../parts/share-row.tsx'
import { Attachments } from './attachments.tsx'
import { bodyWithQuestions, CommentsLink, commentFeeds, Questions } from './comments.tsx'
import { creatorOf } from './creator.ts'
import { structuredArticle } from './structured.ts'

interface ArticlePage {
  site: Site
  article: Article
  share: readonly Share[]
  feeds: readonly FeedLink[]
  /** How people can ask to be told; without it, the page has no form. */
  notify?: Ways | undefined
}

interface Props {
  site: Site
  article: Article
}

/**
 * Renders the page of an article. If other sites may republish only the summary, the page contains only the
 * summary too.
 */
export function renderArticlePage({ site, article: stored, share, feeds, notify }: ArticlePage): string {
  const article = shownArticle(site, stored)
  const props = { site, article }
  const isOpen = modeOf(site, article) !== 'off'
  return renderShell({
    site,
    language: article.language,
    title: `${shortened(article.title, maxInHead.title)} — ${site.title}`,
    feeds: article.rights.syndicate === 'none' ? [] : feeds,
    siteFirst: true,
    further: isOpen && article.rights.syndicate !== 'none' ? commentFeeds(site, article) : undefined,
    ...(notify !== undefined && { notify, styles: notifyStyles }),
    feedTitle: titleOf({ site, selection: selectionOf(article) }),
    head: <ArticleTags {...props} />,
    structured: (
      <>
        <Discovery {...props} />
        <StructuredData json={structuredArticle(site, article)} />
      </>
    ),
    foot: <Foot {...props} />,
    content: (
      <article>
        <Opening {...props} /> <LeadPicture {...props} />
        {article.rights.syndicate === 'summary' ? (
          <Elsewhere {...props} />
        ) : (
          <Body {...props} isOpen={isOpen} />
        )}
        <Tags {...props} />
        <ShareRow
          share={share}
          title={article.title}
          url={readAt(site, article)}
          menu={menuAt(site, article)}
          language={article.language}
        />
        {isOpen && <Questions article={article} />}
        {isOpen && <CommentsLink article={article} />}
        {notify !== undefined && <TellMe {...props} {...notify} />}
      </article>
    ),
  })
}

const ArticleTags: FC<Props> = ({ site, article }) => {
  const { title, summary, language, image } = article
  const creator = creatorOf(site, article.authors)
  const preview = {
    kind: 'article',
    title,
    description: summary,
    url: readAt(site, article),
    language,
    image,
  } as const
  return (
    <PreviewTags site={site} preview={preview}>
      <Property name="article:published_time" value={knownDate(article, 'published')} />
      <Property name="article:modified_time" value={knownDate(article, 'updated')} />
      <Property
        name="article:section"
        value={article.section && shortened(article.section, maxInHead.name)}
      />
      {article.authors.slice(0, maxInHead.names).map((author) => (
        <Property name="article:author" value={authorAddress(site, article, author)} />
      ))}
      {/* The names follow the addresses, because some readers keep the last text that they find for the author. */}
      {namesInHead(creditedIn(article).map(({ name }) => name)).map((name) => (
        <meta name="author" content={name} />
      ))}
      {namesInHead(article.tags).map((tag) => (
        <Property name="article:tag" value={tag} />
      ))}
      {creator && <meta name="fediverse:creator" content={creator} />}
    </PreviewTags>
  )
}

/** The `<link>` elements by which a site that embeds the article finds the article's oEmbed data. */
const Discovery: FC<Props> = ({ site, article }) => (
  <>
    {oembedLinks(site, article).map(({ rel, type, href }) => (
      <HeadLink rel={rel} type={type} title={shortened(article.title, maxInHead.name)} href={href} />
    ))}
  </>
)

const Opening: FC<Props> = ({ site, article }) => {
  const { title, language } = article
  return (
    <header>
      <Kicker site={site} article={article} /> <h1>{title}</h1>{' '}
      {hasStandfirst(article) && <p class="standfirst">{article.summary}</p>}{' '}
      <Byline site={site} article={article} language={language} /> <Times site={site} article={article} />
    </header>
  )
}

/**
 * Tells whether the page shows the summary above the body. A summary that repeats the beginning of the body is
 * omitted.
 */
const hasStandfirst = ({ summary, html, rights }: Article): boolean =>
  summary !== '' && (rights.syndicate === 'summary' || !opensWith(html, summary))

const Times: FC<Props> = ({ site, article }) => {
  const { language, place, published, updated } = article
  const words = wordsIn(language).page
  const write = timeWriter(language, site.timeZone)
  return (
    <p class="times">
      {place !== undefined && (
        <>
          <span>{place}</span>{' '}
        </>
      )}
      <span>
        {words.published} <Moment instant={knownDate(article, 'published')} write={write} />
      </span>
      {updated !== published && (
        <>
          {' '}
          <span>
            {words.updated} <Moment instant={knownDate(article, 'updated')} write={write} />
          </span>
        </>
      )}
    </p>
  )
}

/** The lead picture of an article; omitted if the body contains the same picture. */
const LeadPicture: FC<Props> = ({ site, article }) => {
  const { image, html, language, rights } = article
  if (!image) return null
  if (rights.syndicate !== 'summary' && shows(html, absolute(site, image.url))) return null
  const credit = image.credit && `${wordsIn(language).page.credit} ${image.credit}`
  const words = [image.caption, credit].filter(Boolean)
  return (
    <figure class="lead">
      <Picture site={site} image={image} first />
      {words.length > 0 && <figcaption>{words.join(' ')}</figcaption>}
    </figure>
  )
}

const Body: FC<Props & { isOpen: boolean }> = ({ site, article, isOpen }) => (
  <>
    <div class="body">{raw(noteOf(article) + (isOpen ? bodyWithQuestions(article) : article.html))}</div>
    <Attachments site={site} attachments={article.attachments} language={article.language} />
  </>
)

const Elsewhere: FC<Props> = ({ article: { url, language } }) => {
  const words = wordsIn(language).page
  return (
    <div class="elsewhere">
      <p class="quiet">{words.summaryOnly}</p>
      {url !== undefined && (
        <p>
          <a class="action" href={url}>
            {words.readOn(new URL(url).hostname)}
          </a>
        </p>
      )}
    </div>
  )
}

const Tags: FC<Props> = ({ site, article }) =>
  article.tags.length === 0 ? null : (
    <section>
      <h2 class="label">{wordsIn(article.language).page.topics}</h2>
      <ul class="row tags">
        {article.tags.map((tag) => (
          <li>
            <NameLink site={site} article={article} folder="tags" name={tag} />
          </li>
        ))}
      </ul>
    </section>
  )

const Foot: FC<Props> = ({ site, article }) => {
  const { rights, language } = article
  const words = wordsIn(language).page
  const copyright = rights.copyright ?? site.copyright
  return (
    <>
      {copyright && <p class="quiet">{copyright}</p>}
      {rights.license !== undefined && (
        <p class="quiet">
          <a rel="license" href={rights.license}>
            {words.license}
          </a>
        </p>
      )}
      <p class="on-paper">
        {words.address} {readAt(site, article)}
      </p>
    </>
  )
}

/**
 * Tells whether the text of sanitized HTML begins with the given text, for example with a summary that was made
 * from the beginning of the article's body.
 */
export function opensWith(html: string, text: string): boolean {
  const words = solid(text).replace(/…$/, '')
  // The comparison needs only the beginning of the HTML. Because of its tags, the HTML is longer than the text
  // that it contains, so the examined part is four times as long as the given text, and 2,000 characters more.
  const opening = html.slice(0, 4 * text.length + 2000).replace(/<[^>]*>/g, '')
  return solid(opening.replaceAll('&lt;', '<').replaceAll('&amp;', '&')).startsWith(words)
}

/**
 * Removes all white space from a text before texts are compared, because a summary may have a space between two
 * words where the HTML has only a tag.
 */
const solid = (text: string): string => text.replace(/\s+/g, '')
