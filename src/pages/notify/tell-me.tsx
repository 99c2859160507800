import type { FC } from 'hono/jsx'
import type { Article } from '../../domain/article.ts'
import { wordsIn } from '../../domain/language.ts'
import { corrections, newComments } from '../../domain/notify.ts'
import { choiceName, fieldOf } from '../../domain/notify-choice.ts'
import { type Folder, filedUnder, folderOf, selectionsOf } from '../../domain/selection.ts'
import { type Site, subscribePath } from '../../domain/site.ts'
import { type Box, Boxes, Schedules, Send, type Ways } from './fields.tsx'

interface TellMe extends Ways {
  site: Site
  article: Article
}

/**
 * Renders the form on the page of an article: its section, authors and tags, and its corrections. By mail, it works
 * without a script, and no box is ticked beforehand.
 */
export const TellMe: FC<TellMe> = ({ site, article, ...ways }) => {
  const { language } = article
  const words = wordsIn(language).notify
  return (
    <section class="notify" id="notify">
      <details>
        <summary>{words.tellMe}</summary>
        <form method="post" action="/subscribe">
          <input type="hidden" name="language" value={language} />
          <ArticleChoices site={site} article={article} ticked={[]} />
          <Schedules language={language} />
          <Send site={site} language={language} id="notify-email" {...ways} />
        </form>
      </details>
    </section>
  )
}

/** Renders the boxes of an article, and the link to all others. `ticked` are the values that the person has ticked before. */
export const ArticleChoices: FC<Pick<TellMe, 'site' | 'article'> & { ticked: readonly string[] }> = ({
  site,
  article,
  ticked,
}) => {
  const words = wordsIn(article.language).notify
  const { language, slug, title } = article
  const ofComments = fieldOf({ selection: newComments, slug, title })
  const boxes = [
    ...boxesOf(article),
    // Only the page of the comments asks for these.
    ...(ticked.includes(ofComments)
      ? [{ value: ofComments, label: wordsIn(language).comments.tell.boxes[newComments] }]
      : []),
  ].map((box) => ({ ...box, isTicked: ticked.includes(box.value) }))
  return (
    <fieldset>
      <legend class="unseen">{words.what}</legend>
      {/* If something is wrong in the form, the answer shows the boxes of this article again. */}
      <input type="hidden" name="article" value={article.slug} />
      <Boxes boxes={boxes} />
      <p class="quiet">
        <a href={`/${subscribePath(site, article.language)}`}>{words.moreChoices}</a>
      </p>
    </fieldset>
  )
}

/** The order of the folders in the form: people follow a section or an author more often than a tag. */
const order: readonly Folder[] = ['sections', 'authors', 'tags']

/** The boxes of an article: those of its selections that have a page, and its corrections. */
function boxesOf(article: Article): Box[] {
  const { language, slug, title } = article
  const named = filedUnder(article)
  const selections = selectionsOf(article).filter(({ path }) => named.includes(path))
  const choices = order.flatMap((folder) => selections.filter(({ path }) => folderOf(path) === folder))
  return [
    ...choices.map(({ path, title }) => {
      const choice = { selection: path, title }
      return { value: fieldOf(choice), label: choiceName(language, choice) }
    }),
    {
      value: fieldOf({ selection: corrections, slug, title }),
      label: wordsIn(language).notify.correctionsHere,
    },
  ]
}
