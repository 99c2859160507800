import type { FC } from 'hono/jsx'
import type { Article } from '../../domain/article.ts'
import type { FolderPart } from '../../domain/directory.ts'
import { wordsIn } from '../../domain/language.ts'
import type { Schedule } from '../../domain/notify.ts'
import { allArticles } from '../../domain/notify-choice.ts'
import { address, type Site } from '../../domain/site.ts'
import type { NotifyMistake } from '../../domain/words.ts'
import { PreviewTags } from '../parts/head.tsx'
import { Boxes, Schedules, Send, type Ways } from './fields.tsx'
import { renderNotifyPage } from './shell.tsx'
import { ArticleChoices } from './tell-me.tsx'

/** What a person has written into the form. */
interface Given {
  email: string
  /** The ticked values of the form field `selection`. */
  selections: readonly string[]
  when: Schedule
}

interface SubscribePage extends Ways {
  site: Site
  /** The sections, tags and authors that the form offers. */
  parts: readonly FolderPart[]
  /** What the person has sent, if the form is shown again because something was wrong. */
  given?: Given
  mistake?: NotifyMistake
  /** The article on whose page the person has filled in the form, which offers what concerns this article. */
  article?: Article
  /** The language of the page that led to the form, or of the form that the person has sent; without it, that of the site. */
  language?: string
}

/** Renders the page on which people ask to be told: all articles, sections, tags and authors. None is ticked beforehand. */
export function renderSubscribePage(page: SubscribePage): string {
  const { site, mistake, language = site.language } = page
  const words = wordsIn(language).notify
  const { title, explanation } = introductionOf(language, page)
  return renderNotifyPage({
    site,
    language,
    title,
    head: (
      <PreviewTags
        site={site}
        preview={{
          ...{ kind: 'website', title, description: explanation },
          ...{ url: address(site, 'subscribe'), language },
        }}
      />
    ),
    content: (
      <>
        <h1>{title}</h1>
        <p class="standfirst">{explanation}</p>
        {page.article && (
          <p>
            <a href={`/articles/${page.article.slug}`} lang={page.article.language}>
              {page.article.title}
            </a>
          </p>
        )}
        {mistake && (
          <p class="wrong" role="alert">
            {words.wrong[mistake]}
          </p>
        )}
        <Form {...page} />
      </>
    ),
  })
}

/** The title and the explanation of the page, which name only the ways that there are. */
function introductionOf(language: string, { postal, pushKey }: Ways): { title: string; explanation: string } {
  const { title, explanation, push } = wordsIn(language).notify
  if (pushKey === undefined) return { title, explanation }
  if (postal === undefined) return { title: push.title, explanation: push.explanation }
  return { title: push.bothTitle, explanation: push.bothExplanation }
}

const Form: FC<SubscribePage> = ({
  site,
  postal,
  pushKey,
  parts,
  given,
  mistake,
  article,
  language = site.language,
}) => {
  const ticked = given?.selections ?? []
  return (
    <form method="post" action="/subscribe">
      <input type="hidden" name="language" value={language} />
      {article ? (
        <ArticleChoices site={site} article={article} ticked={ticked} />
      ) : (
        <Choices language={language} parts={parts} ticked={ticked} />
      )}
      <Schedules language={language} {...(given && { when: given.when })} />
      <Send
        {...{ site, language, postal, pushKey, id: 'email', email: given?.email }}
        isWrong={mistake === 'email'}
      />
    </form>
  )
}

/** The number of names above which a list is closed until the person opens it. */
const maxOpenNames = 12

interface Choices {
  language: string
  parts: readonly FolderPart[]
  /** The values of `selection` that are ticked, and those that are left out. */
  ticked: readonly string[]
  without?: readonly string[]
}

/** Renders boxes for all articles, and for the sections, tags and authors in `parts`. */
export const Choices: FC<Choices> = ({ language, parts, ticked, without = [] }) => {
  const { feed, notify } = wordsIn(language)
  const box = (value: string, label: string) => ({ value, label, isTicked: ticked.includes(value) })
  return (
    <fieldset>
      <legend>{notify.what}</legend>
      {!without.includes(allArticles) && <Boxes boxes={[box(allArticles, feed.everything)]} />}
      {parts
        .filter(({ selections }) => selections.length > 0)
        .map(({ folder, selections }) => (
          <details
            open={selections.length <= maxOpenNames || selections.some(({ path }) => ticked.includes(path))}
          >
            <summary>{feed.folders[folder]}</summary>
            <Boxes boxes={selections.map(({ path, title }) => box(path, title))} />
          </details>
        ))}
      {parts.some(({ next }) => next !== undefined) && <p class="quiet">{notify.elsewhere}</p>}
    </fieldset>
  )
}
