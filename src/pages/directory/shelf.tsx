import type { FC } from 'hono/jsx'
import type { Shelf } from '../../domain/directory.ts'
import type { Selection } from '../../domain/selection.ts'
import { address, feedAddress, type Site } from '../../domain/site.ts'
import type { FeedWords } from '../../domain/words.ts'
import { formats } from '../../render/formats.ts'

interface Props {
  site: Site
  words: FeedWords
  shelf: Shelf
}

/** What a shelf holds, and where its folder goes on. */
export const ShelfList: FC<Props> = ({ site, words, shelf }) => {
  const { folder, selections, next } = shelf
  return (
    <>
      <Initials site={site} words={words} shelf={shelf} />
      {selections.length === 0 ? (
        <p class="empty">{words.nothing}</p>
      ) : (
        <ul class="shelf">
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

/** Where in a long folder to go on, so that nobody has to leaf through thousands. */
const Initials: FC<Props> = ({ site, words, shelf: { folder, initials = [] } }) =>
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

/** The address of the directory from a place on. */
export const directoryFrom = (site: Site, path: string): string =>
  `${address(site, 'feeds')}?from=${encodeURIComponent(path)}`
