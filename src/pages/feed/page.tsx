import type { FC } from 'hono/jsx'
import type { Article } from '../../domain/article.ts'
import { isOfComments } from '../../domain/comment.ts'
import { titleOf } from '../../domain/feed.ts'
import { wordsIn } from '../../domain/language.ts'
import type { Selection } from '../../domain/selection.ts'
import type { Site } from '../../domain/site.ts'
import type { FeedWords } from '../../domain/words.ts'
import { feedScheme, maxHostCharacters, ownReaders, parseHost, readers } from '../../share/readers.ts'
import { feedStyles } from '../bundle.ts'
import { Articles } from '../list/page.tsx'
import { Contact } from '../parts/contact.tsx'
import type { FeedLink } from '../parts/feed-links.ts'
import { renderShell } from '../parts/layout.tsx'

interface FeedPage {
  site: Site
  selection: Selection
  articles: readonly Article[]
  /** Whether the feed contains the newest articles and is not a page or archive of older ones. */
  newest: boolean
  /** The feed that the person opened; `feeds` are the feeds of the same selection in all formats. */
  feed: FeedLink
  feeds: readonly FeedLink[]
  /** The address at which a browser shows the feed itself instead of this page. */
  raw: string
  /** The address of the person's own feed reader, as entered in the form. */
  host?: string | undefined
}

interface Props {
  page: FeedPage
  words: FeedWords
}

/**
 * Renders the page for a person who opens a feed in a browser: an explanation, the ways to subscribe, and the
 * newest articles.
 */
export function renderFeedPage(page: FeedPage): string {
  const { site, selection, articles, newest, feed, feeds } = page
  const isCommented = isOfComments(selection.path)
  const { feed: common, comments } = wordsIn(site.language)
  const words = isCommented ? { ...common, ...comments.feed } : common
  const name = selection.title || site.title
  const part = { page, words }
  return renderShell({
    site,
    language: site.language,
    title: titleOf(page),
    feeds,
    head: <meta name="robots" content="noindex" />,
    styles: feedStyles,
    foot: <Contact site={site} />,
    content: (
      <>
        <header class="selection">
          <p class="kicker">{words.kind(feed.title)}</p>
          <h1>{name}</h1>
          <p class="standfirst">{words.explanation}</p>
        </header>
        <div class="panel">
          <Address {...part} />
          <Open {...part} />
          <Own {...part} />
        </div>
        <h2 class="section">{newest ? words.newest : words.older}</h2>
        {isCommented && articles.length === 0 ? (
          <p class="empty">{comments.none}</p>
        ) : (
          <Articles site={site} articles={articles} />
        )}
      </>
    ),
  })
}

/** Renders the feed's address in an input field, in which a person can select and copy the address without a script. */
const Address: FC<Props> = ({ page: { feed, feeds, raw }, words }) => (
  <section>
    <label class="label" for="address">
      {words.address}
    </label>
    <input id="address" type="text" readonly value={feed.url} dir="ltr" spellcheck={false} />
    <p class="quiet">
      {words.otherFormats}{' '}
      {feeds
        .filter(({ url }) => url !== feed.url)
        .map(({ url, title, type }, place) => (
          <>
            {place > 0 && ', '}
            <a href={url} type={type}>
              {title}
            </a>
          </>
        ))}
      {' · '}
      <a href={raw}>{words.raw}</a>
    </p>
  </section>
)

const Open: FC<Props> = ({ page: { site, feed }, words }) => (
  <section aria-labelledby="open">
    <h2 id="open" class="label">
      {words.open}
    </h2>
    <ul class="row">
      <li>
        <a href={feedScheme(feed.url)}>{words.application}</a>
      </li>
      {readers.map(({ name, href }) => (
        <li>
          <Outward site={site} href={href(feed.url)} text={name} />
        </li>
      ))}
    </ul>
  </section>
)

/**
 * Renders the form for the address of the person's own feed reader. Without a script, a form cannot make links
 * from a typed address. Therefore the form requests this page again with the address, and the page then
 * contains the links.
 */
const Own: FC<Props> = ({ page: { site, feed, host: written }, words }) => {
  const host = written === undefined ? undefined : parseHost(written)
  const { pathname, searchParams } = new URL(feed.url)
  return (
    <section id="own" aria-labelledby="own-label">
      <h2 id="own-label" class="label">
        {words.own}
      </h2>
      <form method="get" action={`${pathname}#own`}>
        {[...searchParams].map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <label for="host">{words.ownAddress}</label>
        <div class="line">
          <input
            id="host"
            name="host"
            type="text"
            inputmode="url"
            autocapitalize="none"
            autocomplete="url"
            spellcheck={false}
            maxlength={maxHostCharacters}
            required
            placeholder={words.ownExample}
            value={written}
            aria-describedby={written && !host ? 'host-unknown' : undefined}
            aria-invalid={written && !host ? 'true' : undefined}
          />
          <button type="submit">{words.ownShow}</button>
        </div>
      </form>
      {written && !host && (
        <p id="host-unknown" class="wrong">
          {words.ownUnknown}
        </p>
      )}
      {host && (
        <ul class="row">
          {ownReaders.map(({ name, href }) => (
            <li>
              <Outward
                site={site}
                href={href(feed.url, host)}
                text={words.subscribeIn(name, new URL(host).host)}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** A link to another site. It opens in a new tab and announces this to screen readers. */
const Outward: FC<{ site: Site; href: string; text: string }> = ({ site, href, text }) => (
  <a href={href} target="_blank" rel="noopener noreferrer nofollow">
    {text}
    <span class="unseen"> {wordsIn(site.language).page.newTab}</span>
  </a>
)
