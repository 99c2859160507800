import type { FC } from 'hono/jsx'
import type { FolderPart } from '../../domain/directory.ts'
import type { Selection } from '../../domain/selection.ts'
import { address, feedAddress, type Site } from '../../domain/site.ts'
import type { FeedWords } from '../../domain/words.ts'
import { formats } from '../../render/formats.ts'

interface Props {
  site: Site
  words: FeedWords
  part: FolderPart
}

/** Renders a list of sections, tags or authors with their feeds, and a link to the rest of the list. */
export const FeedList: FC<Props> = ({ site, words, part }) => {
  const { folder, selections, next } = part
  return (
    <>
      <Initials site={site} words={words} part={part} />
      {selections.length === 0 ? (
        <p class="empty">{words.nothing}</p>
      ) : (
        <ul class="feed-list">
          {selections.map((selection) => (
            <Entry site={site} selection={selection} />
          ))}
        </ul>
      )}
      {next !== undefined && (
        <p>
          <a class="action" rel="next" href={directoryFrom(site, next)}>
            {words.more[folder]}
          </a>
        </p>
      )}
    </>
  )
}

/**
 * Renders links to the initials in a long list of sections, tags or authors, so that readers need not go
 * through thousands of names.
 */
const Initials: FC<Props> = ({ site, words, part: { folder, initials = [] } }) =>
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

/**
 * Renders the name of a section, tag or author and links to its feeds. The visible texts of the links (`RSS`,
 * `Atom`, …) are the same for every name, so the accessible labels contain the name as well.
 */
export const Entry: FC<{ site: Site; selection: Selection }> = ({ site, selection: { path, title } }) => (
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

/** Returns the address of the directory page that begins with the section, tag or author at the given path. */
export const directoryFrom = (site: Site, path: string): string =>
  `${address(site, 'feeds')}?from=${encodeURIComponent(path)}`
