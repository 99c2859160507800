// I/O: none; only decides.
import { type Article, isPublicAt } from '../domain/article.ts'
import { corrections, datedAt, type Happening, type SubscribedChoice } from '../domain/notify.ts'
import type { MadeChoice } from '../domain/notify-choice.ts'
import { selectionsOf } from '../domain/selection.ts'

/** What happened to one article of which a subscriber is told because of a choice. */
export type OfArticle = Extract<Happening, { kind: 'published' | 'corrected' }>

type Choices = readonly SubscribedChoice[]

/** The present, and the instant since which the subscriber is to be told; both in epoch milliseconds. */
interface When {
  now: number
  since: number
}

/**
 * Returns those choices of a subscriber because of which the subscriber is told now what happened to an article, with their names.
 * There are none if nobody may be told any more: the article must be public, and of one that must not be syndicated only those hear who
 * asked for its corrections. Whether the article was news is decided once, when what happened is stored, so that a message that has to
 * wait is not lost.
 */
export function reasonsFor(
  article: Article,
  kind: OfArticle['kind'],
  choices: Choices,
  { now, since }: When,
): MadeChoice[] {
  const news = article.rights.syndicate !== 'none' ? newsChoices(article, choices, since) : []
  if (!isPublicAt(article, now)) return []
  if (kind === 'corrected') return article.note === undefined ? [] : correctionChoices(article, choices)
  return news
}

/**
 * The choices that ask to be told of an article at once, or did so when it happened, and were made before its date.
 */
function newsChoices(article: Article, choices: Choices, since: number): MadeChoice[] {
  const titles = new Map(selectionsOf(article).map(({ path, title }) => [path, title]))
  return choices.flatMap((choice) => {
    const title = choice.article === undefined ? titles.get(choice.selection) : undefined
    const isAtOnce = choice.schedule === 'now' || (choice.atOnceUntil ?? 0) >= since
    const isMeant = isAtOnce && datedAt(article) > choice.since
    return title !== undefined && isMeant ? [{ ...choice, title }] : []
  })
}

const correctionChoices = ({ id, title, slug }: Article, choices: Choices): MadeChoice[] =>
  choices
    .filter((choice) => choice.selection === corrections && choice.article === id)
    .map((choice) => ({ ...choice, title, slug }))
