import { raw } from 'hono/html'
import type { Child, FC } from 'hono/jsx'
import { wordsIn } from '../../domain/language.ts'
import { address, type Site, subscribePath } from '../../domain/site.ts'
import { legalText, shortened } from '../../domain/text.ts'
import type { PageWords } from '../../domain/words.ts'
import { type Stylesheet, styles } from '../bundle.ts'
import type { Ways } from '../notify/fields.tsx'
import { discoveredFeeds, type FeedLink } from './feed-links.ts'
import { HeadLink } from './head.tsx'
import { IconLinks } from './icons.tsx'

/** The parts of an HTML page, from which the complete document is rendered. */
interface Shell {
  site?: Site | undefined
  language: string
  title: string
  /** True on the front page, where the site's name is the heading. */
  front?: boolean
  feeds: readonly FeedLink[]
  /** Whether `<head>` lists the site's feeds before the page's own feeds. */
  siteFirst?: boolean
  /** Further feeds, which `<head>` lists last, and the page does not show. */
  further?: { name: string; feeds: readonly FeedLink[] } | undefined
  /** The title under which `<head>` lists the page's feeds; absent if the feeds have the same title as the page. */
  feedTitle?: string
  /**
   * The elements of `<head>` that describe the page. The structured data come directly after these elements,
   * because services that make link previews read only the beginning of a page.
   */
  head: Child
  structured?: Child
  /** How people can ask to be told; the links to feeds then also lead to the form. */
  notify?: Ways
  /** A stylesheet that the page needs in addition to the shared one. */
  styles?: Stylesheet
  /** Content of the page's footer in addition to the links to feeds. */
  foot?: Child
  content: Child
}

/**
 * The maximum length of a feed's title in `<head>`. Feed readers that offer a choice of feeds show no more
 * characters of each title.
 */
const maxFeedTitleCharacters = 80

/**
 * Renders the whole page as HTML text. Stored names and texts of former versions may contain controls that HTML does not
 * allow (HTML §13.2.2, control-character-in-input-stream), so these are removed from the finished text.
 */
export const renderShell = (shell: Shell): string => legalText(`<!DOCTYPE html>\n${<Page {...shell} />}\n`)

const Page: FC<Shell> = (shell) => {
  const { language, feeds } = shell
  const words = wordsIn(language).page
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{shell.title}</title>
        {shell.head}
        {shell.structured}
        {discoveredFeeds(
          shell.site,
          { name: shell.feedTitle ?? shell.title, feeds },
          shell.siteFirst ?? false,
          shell.further,
        ).map(({ type, title, url, name }) => (
          <HeadLink
            rel="alternate"
            type={type}
            title={`${shortened(name, maxFeedTitleCharacters)} (${title})`}
            href={url}
          />
        ))}
        {shell.site && <IconLinks site={shell.site} />}
        {/* The stylesheets are inserted without escaping, because the Content-Security-Policy contains the hash of their exact text. */}
        <style>{raw(styles.text)}</style>
        {shell.styles && <style>{raw(shell.styles.text)}</style>}
      </head>
      <body>
        <a class="skip" href="#content">
          {words.skip}
        </a>
        <Masthead {...shell} words={words} />
        <main id="content" tabindex={-1}>
          {shell.content}
        </main>
        <footer>
          {!shell.front && <Feeds {...shell} words={words} />}
          {shell.foot}
        </footer>
      </body>
    </html>
  )
}

const Masthead: FC<Shell & { words: PageWords }> = (shell) => {
  const { site, language, front, feeds, words } = shell
  if (!site) return null
  if (front) return <FrontMasthead {...shell} site={site} />
  return (
    <header class="masthead">
      <p class="site" lang={site.language === language ? undefined : site.language}>
        <a href={address(site, '')}>{site.title}</a>
      </p>
      {feeds.length > 0 && (
        <a class="to-feeds" href="#feeds">
          {words.subscribe}
        </a>
      )}
    </header>
  )
}

const FrontMasthead: FC<FeedsNavigation & { site: Site }> = ({ site, ...rest }) => (
  <header class="masthead front">
    <h1 class="site">{site.title}</h1>
    <p class="motto">{site.description}</p>
    <Feeds {...rest} site={site} />
  </header>
)

interface FeedsNavigation {
  site?: Site | undefined
  language: string
  feeds: readonly FeedLink[]
  notify?: Ways
  words: PageWords
}

/** Renders visible links to the page's feeds and a link to the directory of all feeds. */
const Feeds: FC<FeedsNavigation> = ({ site, language, feeds, notify, words }) =>
  feeds.length === 0 ? null : (
    <nav id="feeds" aria-label={words.subscribe}>
      <p class="label" aria-hidden="true">
        {words.subscribe}
      </p>
      <ul class="row">
        {feeds.map(({ type, title, url }) => (
          <li>
            <a href={url} type={type}>
              {title}
            </a>
          </li>
        ))}
        {site && (
          <li>
            <a href={address(site, 'feeds')}>{wordsIn(language).feed.all}</a>
          </li>
        )}
        {site && notify && (
          <li>
            <a href={address(site, subscribePath(site, language))}>{labelOf(language, notify)}</a>
          </li>
        )}
      </ul>
    </nav>
  )

/** The label of the link to the form on which people ask to be told. */
function labelOf(language: string, { postal, pushKey }: Ways): string {
  const { byEmail, push } = wordsIn(language).notify
  if (postal === undefined) return push.inBrowser
  return pushKey === undefined ? byEmail : push.both
}
