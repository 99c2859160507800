import type { Child, FC } from 'hono/jsx'
import { allComments } from '../../domain/comment.ts'
import { type FolderPart, type Place, placePath } from '../../domain/directory.ts'
import { wordsIn } from '../../domain/language.ts'
import { address, type Site } from '../../domain/site.ts'
import type { FeedWords } from '../../domain/words.ts'
import { feedStyles } from '../bundle.ts'
import type { Ways } from '../notify/fields.tsx'
import { Contact } from '../parts/contact.tsx'
import type { FeedLink } from '../parts/feed-links.ts'
import { PreviewTags } from '../parts/head.tsx'
import { renderShell } from '../parts/layout.tsx'
import { directoryFrom, Entry, FeedList } from './feed-list.tsx'

interface DirectoryPage {
  site: Site
  parts: readonly FolderPart[]
  /** The section, tag or author at which this page of the directory begins; absent on the first page. */
  from?: Place | undefined
  feeds: readonly FeedLink[]
  /** How people can ask to be told. */
  notify?: Ways | undefined
}

/** The properties in which the pages of the directory differ from each other. */
interface Shown {
  title: string
  /** The canonical URL of the directory page. */
  url: string
  content: Child
}

/** Renders the directory of feeds: all sections, tags and authors that have public articles, each with its feeds. */
export function renderDirectoryPage({ site, parts, from, feeds, notify }: DirectoryPage): string {
  const words = wordsIn(site.language).feed
  const { title, url, content } = from ? laterPart(site, words, parts, from) : firstPart(site, words, parts)
  const description = words.directoryExplanation
  return renderShell({
    site,
    language: site.language,
    title,
    siteFirst: true,
    feeds,
    ...(notify && { notify }),
    head: (
      <PreviewTags
        site={site}
        preview={{ kind: 'website', title, description, url, language: site.language }}
      />
    ),
    styles: feedStyles,
    foot: <Contact site={site} />,
    content,
  })
}

const firstPart = (site: Site, words: FeedWords, parts: readonly FolderPart[]): Shown => ({
  title: `${words.directory} — ${site.title}`,
  url: address(site, 'feeds'),
  content: (
    <>
      <header class="selection">
        <h1>{words.directory}</h1>
        <p class="standfirst">{words.directoryExplanation}</p>
      </header>
      <Everything site={site} words={words} />
      {parts.map((part) => (
        <section>
          <h2 class="section">{words.folders[part.folder]}</h2>
          <FeedList site={site} words={words} part={part} />
        </section>
      ))}
    </>
  ),
})

/**
 * Renders a part of a long list of sections, tags or authors. The page's title and heading contain the full
 * name of the section, tag or author with which the part begins. The name comes from the list, because the
 * page's address may contain only the beginning of the name.
 */
function laterPart(site: Site, words: FeedWords, parts: readonly FolderPart[], from: Place): Shown {
  const name = parts[0]?.selections[0]?.title
  const folder = words.folders[from.folder]
  const heading = name === undefined ? folder : words.startingAt(folder, name)
  return {
    title: `${heading} — ${words.directory} — ${site.title}`,
    url: directoryFrom(site, placePath(from)),
    content: (
      <>
        <header class="selection">
          <p class="kicker">
            <a href={address(site, 'feeds')}>{words.all}</a>
          </p>
          <h1>{heading}</h1>
        </header>
        <section>
          {parts.map((part) => (
            <FeedList site={site} words={words} part={part} />
          ))}
        </section>
      </>
    ),
  }
}

const Everything: FC<{ site: Site; words: FeedWords }> = ({ site, words }) => (
  <>
    <ul class="feed-list">
      <Entry site={site} selection={{ path: '', title: words.everything }} />
      {site.comments !== undefined && (
        <Entry site={site} selection={{ path: allComments, title: wordsIn(site.language).comments.all }} />
      )}
    </ul>
    <p class="quiet">
      <a href={address(site, 'feeds.opml')} type="text/x-opml">
        {words.opml}
      </a>
      {'. '}
      {words.opmlExplanation}
    </p>
  </>
)
