import type { FC } from 'hono/jsx'
import type { Shelf } from '../domain/directory.ts'
import type { Selection } from '../domain/selection.ts'
import { address, feedAddress, type Site } from '../domain/site.ts'
import { formats } from '../render/formats.ts'
import type { FeedLink } from './feed-links.ts'
import { feedStyles } from './feed-styles.ts'
import { type FeedWords, feedWordsIn } from './feed-words.ts'
import { PreviewTags } from './head.tsx'
import { renderShell } from './layout.tsx'

interface DirectoryPage {
  site: Site
  shelves: readonly Shelf[]
  /** Whether this is the directory's beginning, not a part of a folder that goes on. */
  whole: boolean
  feeds: readonly FeedLink[]
}

interface Part {
  site: Site
  words: FeedWords
}

/** The subscribe page: every section, tag and author that has articles, each with its feeds. */
export function renderDirectoryPage({ site, shelves, whole, feeds }: DirectoryPage): string {
  const words = feedWordsIn(site.language)
  const part = { site, words }
  const title = `${words.directory} — ${site.title}`
  const preview = {
    kind: 'website',
    title,
    description: words.directoryExplanation,
    url: address(site, 'feeds'),
    language: site.language,
  } as const
  return renderShell({
    site,
    language: site.language,
    title,
    houseFirst: true,
    feeds,
    head: <PreviewTags site={site} preview={preview} />,
    styles: feedStyles,
    content: (
      <>
        <header class="selection">
          <h1>{words.directory}</h1>
          <p class="standfirst">{words.directoryExplanation}</p>
        </header>
        {whole && <Everything {...part} />}
        {shelves.map((shelf) => (
          <ShelfList {...part} shelf={shelf} />
        ))}
      </>
    ),
  })
}

const Everything: FC<Part> = ({ site, words }) => (
  <>
    <ul class="shelf">
      <Entry site={site} selection={{ path: '', title: words.house }} />
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

const ShelfList: FC<Part & { shelf: Shelf }> = ({ site, words, shelf }) => {
  const { folder, selections, next } = shelf
  return (
    <section>
      <h2 class="section">{words.folders[folder]}</h2>
      <Initials site={site} words={words} shelf={shelf} />
      {selections.length === 0 && <p class="empty">{words.nothing}</p>}
      <ul class="shelf">
        {selections.map((selection) => (
          <Entry site={site} selection={selection} />
        ))}
      </ul>
      {next !== undefined && (
        <p>
          <a class="action" rel="next" href={directoryFrom(site, next)}>
            {words.more[folder]}
          </a>
        </p>
      )}
    </section>
  )
}

/** Where in a long folder to go on, so that nobody has to leaf through thousands. */
const Initials: FC<Part & { shelf: Shelf }> = ({ site, words, shelf: { folder, initials = [] } }) =>
  initials.length > 1 ? (
    <nav aria-label={words.initials[folder]}>
      <ul class="initials">
        {initials.map((initial) => (
          <li>
            <a href={directoryFrom(site, `${folder}/${initial}`)}>
              {initial.toLocaleUpperCase(site.language)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  ) : null

/** A name and its feeds; each link of them says whose feed it is, for they all look alike. */
const Entry: FC<{ site: Site; selection: Selection }> = ({ site, selection: { path, title } }) => (
  <li>
    <a class="of" href={address(site, path)}>
      {title}
    </a>
    <span class="formats">
      {formats.map(({ format, title: name, type }) => (
        <a href={feedAddress(site, { path }, format)} type={type} aria-label={`${name}, ${title}`}>
          {name}
        </a>
      ))}
    </span>
  </li>
)

/** The address of the directory from a selection on. */
export const directoryFrom = (site: Site, path: string): string =>
  `${address(site, 'feeds')}?from=${encodeURIComponent(path)}`
