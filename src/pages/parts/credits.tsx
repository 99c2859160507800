import type { FC } from 'hono/jsx'
import type { Article } from '../../domain/article.ts'
import { localeOf, wordsIn } from '../../domain/language.ts'
import type { Folder } from '../../domain/selection.ts'
import type { Site } from '../../domain/site.ts'
import type { DateWriter } from '../../domain/written-date.ts'
import { selectionAddress } from './selections.ts'

/** Renders the name of a section, tag or author, linked to its page if that page exists. */
export const NameLink: FC<{ site: Site; article: Article; folder: Folder; name: string }> = ({
  site,
  article,
  folder,
  name,
}) => {
  const href = selectionAddress(site, article, folder, name)
  return <Linked name={name} href={href} />
}

interface Above {
  site: Site
  article: Article
  /** The language of the article; undefined if it is the language of the page. */
  lang?: string | undefined
}

/** Renders the text above a headline: the section and the article's kicker. */
export const Kicker: FC<Above> = ({ site, article, lang }) => {
  const { section, kicker } = article
  if (section === undefined && kicker === undefined) return null
  return (
    <p class="kicker">
      {section !== undefined && <NameLink site={site} article={article} folder="sections" name={section} />}
      {section !== undefined && kicker !== undefined && ' · '}
      {kicker !== undefined && <span lang={lang}>{kicker}</span>}
    </p>
  )
}

/**
 * Renders the byline of an article's own page: the authors, each linked to the author's page, and the agency.
 * Programs that extract text take an element with `rel=author` or a class such as `author` or `byline` for the
 * author, so only elements that contain nothing but one name have such a mark. Without authors, the agency is
 * marked as the author.
 */
export const Byline: FC<{ site: Site; article: Article; language: string }> = ({
  site,
  article,
  language,
}) => {
  const { authors, source } = article
  const words = wordsIn(language).page
  if (authors.length === 0 && !source) return null
  return (
    <p class="credits">
      {authors.length > 0 && (
        <span>
          {words.by}{' '}
          {namesIn(language)
            .formatToParts(authors.map(({ name }) => name))
            .map(({ type, value }) =>
              type === 'element' ? (
                <MarkedName name={value} href={selectionAddress(site, article, 'authors', value)} />
              ) : (
                value
              ),
            )}
        </span>
      )}
      {authors.length > 0 && source && ' '}
      {source && (
        <span class="source">
          {words.source}{' '}
          {authors.length === 0 ? (
            <MarkedName name={source.name} href={source.url} />
          ) : (
            <Linked name={source.name} href={source.url} />
          )}
        </span>
      )}
    </p>
  )
}

/** A name in an element of its own, which is a link if there is an address. */
const Linked: FC<{ name: string; href: string | undefined }> = ({ name, href }) =>
  href === undefined ? <span>{name}</span> : <a href={href}>{name}</a>

/** The name of an author of the page's article, in an element that is marked so that programs find the author. */
const MarkedName: FC<{ name: string; href?: string | undefined }> = ({ name, href }) =>
  href === undefined ? (
    <span class="author">{name}</span>
  ) : (
    <a rel="author" href={href}>
      {name}
    </a>
  )

/**
 * Renders the byline of an article as one line without links: the authors and the agency, each in an element of
 * its own. `marked` marks the names as those of the page's author. A list of articles has no author, so the names
 * in a list are not marked.
 */
export const BylineLine: FC<{ article: Article; language: string; marked?: boolean }> = ({
  article: { authors, source },
  language,
  marked = false,
}) => {
  const name = (text: string, isAuthor: boolean) =>
    marked && isAuthor ? <MarkedName name={text} /> : <span>{text}</span>
  if (authors.length === 0 && !source) return null
  return (
    <span>
      {authors.length > 0 && (
        <>
          {wordsIn(language).page.by}{' '}
          {namesIn(language)
            .formatToParts(authors.map((author) => author.name))
            .map(({ type, value }) => (type === 'element' ? name(value, true) : value))}
          {source && ', '}
        </>
      )}
      {source && name(source.name, authors.length === 0)}
    </span>
  )
}

const namesIn = (language: string): Intl.ListFormat =>
  new Intl.ListFormat(localeOf(language), { type: 'conjunction' })

/** Renders an instant, or a day alone, as text for people and as a `datetime` attribute for programs. */
export const Moment: FC<{ instant: string; write: DateWriter }> = ({ instant, write }) => (
  <time datetime={instant}>{write(instant)}</time>
)
