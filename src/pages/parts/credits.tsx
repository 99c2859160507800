import type { FC } from 'hono/jsx'
import type { Article } from '../../domain/article.ts'
import { localeOf, wordsIn } from '../../domain/language.ts'
import type { Folder } from '../../domain/selection.ts'
import type { Site } from '../../domain/site.ts'
import type { DateWriter } from './dates.ts'
import { selectionAddress } from './selections.ts'

/** Renders the name of a section, tag or author, linked to its page if that page exists. */
export const NameLink: FC<{ site: Site; article: Article; folder: Folder; name: string }> = ({
  site,
  article,
  folder,
  name,
}) => {
  const href = selectionAddress(site, article, folder, name)
  return href === undefined ? <span>{name}</span> : <a href={href}>{name}</a>
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

/** Renders the byline: the authors, each linked to the author's page, and the source. */
export const Byline: FC<{ site: Site; article: Article; language: string }> = ({
  site,
  article,
  language,
}) => {
  const { authors, source } = article
  const words = wordsIn(language).page
  const names = namesIn(language).formatToParts(authors.map(({ name }) => name))
  if (authors.length === 0 && !source) return null
  return (
    <p class="byline">
      {authors.length > 0 && (
        <span>
          {words.by}{' '}
          {names.map(({ type, value }) =>
            type === 'element' ? (
              <NameLink site={site} article={article} folder="authors" name={value} />
            ) : (
              value
            ),
          )}
        </span>
      )}
      {source && (
        <span class="source">
          {words.source} {source.url === undefined ? source.name : <a href={source.url}>{source.name}</a>}
        </span>
      )}
    </p>
  )
}

/** Returns the byline as plain text: the authors' names and the source; may be empty. */
export function bylineText({ authors, source }: Article, language: string): string {
  const names = namesIn(language).format(authors.map(({ name }) => name))
  const by = names && `${wordsIn(language).page.by} ${names}`
  return [by, source?.name].filter(Boolean).join(', ')
}

const namesIn = (language: string): Intl.ListFormat =>
  new Intl.ListFormat(localeOf(language), { type: 'conjunction' })

/** Renders an instant as text for people and as a `datetime` attribute for programs. */
export const Moment: FC<{ instant: string; write: DateWriter }> = ({ instant, write }) => (
  <time datetime={instant}>{write(instant)}</time>
)
