import type { Child, FC } from 'hono/jsx'
import { type Place, placePath, type Shelf } from '../../domain/directory.ts'
import { wordsIn } from '../../domain/language.ts'
import { address, type Site } from '../../domain/site.ts'
import type { FeedWords } from '../../domain/words.ts'
import { feedStyles } from '../bundle.ts'
import type { FeedLink } from '../parts/feed-links.ts'
import { PreviewTags } from '../parts/head.tsx'
import { renderShell } from '../parts/layout.tsx'
import { directoryFrom, Entry, ShelfList } from './shelf.tsx'

interface DirectoryPage {
  site: Site
  shelves: readonly Shelf[]
  /** Where in a folder that goes on this part of the directory begins; absent in its first one. */
  from?: Place | undefined
  feeds: readonly FeedLink[]
}

/** What tells one part of the directory from the others. */
interface Shown {
  title: string
  /** The canonical URL. */
  url: string
  content: Child
}

/** The subscribe page: every section, tag and author that has articles, each with its feeds. */
export function renderDirectoryPage({ site, shelves, from, feeds }: DirectoryPage): string {
  const words = wordsIn(site.language).feed
  const { title, url, content } = from
    ? laterPart(site, words, shelves, from)
    : firstPart(site, words, shelves)
  const description = words.directoryExplanation
  return renderShell({
    site,
    language: site.language,
    title,
    siteFirst: true,
    feeds,
    head: (
      <PreviewTags
        site={site}
        preview={{ kind: 'website', title, description, url, language: site.language }}
      />
    ),
    styles: feedStyles,
    content,
  })
}

const firstPart = (site: Site, words: FeedWords, shelves: readonly Shelf[]): Shown => ({
  title: `${words.directory} — ${site.title}`,
  url: address(site, 'feeds'),
  content: (
    <>
      <header class="selection">
        <h1>{words.directory}</h1>
        <p class="standfirst">{words.directoryExplanation}</p>
      </header>
      <Everything site={site} words={words} />
      {shelves.map((shelf) => (
        <section>
          <h2 class="section">{words.folders[shelf.folder]}</h2>
          <ShelfList site={site} words={words} shelf={shelf} />
        </section>
      ))}
    </>
  ),
})

/** It is called by the name that it begins with: what was asked for may be the beginning of one only. */
function laterPart(site: Site, words: FeedWords, shelves: readonly Shelf[], from: Place): Shown {
  const name = shelves[0]?.selections[0]?.title
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
          {shelves.map((shelf) => (
            <ShelfList site={site} words={words} shelf={shelf} />
          ))}
        </section>
      </>
    ),
  }
}

const Everything: FC<{ site: Site; words: FeedWords }> = ({ site, words }) => (
  <>
    <ul class="shelf">
      <Entry site={site} selection={{ path: '', title: words.everything }} />
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
