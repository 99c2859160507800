// I/O: reads the store.
import { type Article, isPublicAt } from '../domain/article.ts'
import { modeOf } from '../domain/comment.ts'
import type { Issue } from '../domain/issue.ts'
import {
  type Choice,
  corrections,
  newComments,
  newReplies,
  type Schedule,
  schedules,
} from '../domain/notify.ts'
import {
  allArticles,
  fieldOf,
  type MadeChoice,
  maxChoices,
  type NamedChoice,
  scheduleField,
} from '../domain/notify-choice.ts'
import type { NotifyStore } from '../domain/notify-store.ts'
import { folderOf, folders } from '../domain/selection.ts'
import type { Site } from '../domain/site.ts'
import type { Store } from '../domain/store.ts'

/**
 * The largest number of characters of a path that is looked up. Paths of sections, tags and authors that exist are shorter.
 */
const maxPathCharacters = 300

interface ChoicePorts {
  store: Pick<Store, 'find' | 'isKnown'>
  now: number
  /** The site, if the form may ask to be told of comments too. */
  site?: Pick<Site, 'comments'>
}

/** Why a form with too many choices is refused. */
const tooManyReason = `must be at most ${maxChoices} selections`

/** Why a form without a choice is refused. */
const nothingReason = 'choose at least one'

/** Whether issues say that nothing is chosen. */
export const isNothingChosen = (issues: readonly Issue[]): boolean =>
  issues.some(({ reason }) => reason === nothingReason)

/** The issue of a form with too many choices, alone or with those that the subscriber has made before. */
export const tooManyIssue: Issue = { field: 'selection', reason: tooManyReason }

/** Whether issues say that there are too many choices. */
export const areTooMany = (issues: readonly Issue[]): boolean =>
  issues.some(({ reason }) => reason === tooManyReason)

/**
 * Whether a subscriber who adds choices has too many of them. `made` are those that the subscriber has. Those of replies do not count:
 * the store keeps the newest.
 */
export function wouldBeTooMany(made: readonly Choice[], added: readonly Choice[]): boolean {
  const others = added.filter(({ selection }) => selection !== newReplies)
  const all = [...made.filter(({ selection }) => selection !== newReplies), ...others]
  const different = new Set(all.map(({ selection, article = '' }) => JSON.stringify([selection, article])))
  return others.length > 0 && different.size > maxChoices
}

/** Whether a form names more choices than a subscriber can have who has made some already: of replies, or of all others. */
const areMoreThan = (named: readonly string[], made: readonly MadeChoice[]): boolean =>
  [true, false].some((isReplies) => {
    const its = named.filter((one) => one.startsWith(`${newReplies}/`) === isReplies)
    const before = made.filter(({ selection }) => (selection === newReplies) === isReplies)
    return its.length > Math.max(maxChoices, before.length)
  })

/**
 * Reads the choices in a form: `selection` (repeatable: `all`, `sections/monde`, `tags/ponts`, `authors/kim-tremblay`, or
 * `corrections/` or `comments/` and the slug of an article), and how often: `when.` and the selection, or else `when` (`now`, `daily`,
 * `weekly`). Corrections and comments are always told at once. A choice among `made` is accepted without being looked up, and whoever has made
 * more than the largest number of choices can keep them.
 */
export async function parseChoices(
  ports: ChoicePorts,
  form: URLSearchParams,
  made: readonly MadeChoice[] = [],
): Promise<{ choices: Choice[]; issues: Issue[] }> {
  const named = [...new Set(form.getAll('selection').filter(Boolean))]
  const issues: Issue[] = []
  if (named.length === 0) issues.push({ field: 'selection', reason: nothingReason })
  if (areMoreThan(named, made)) issues.push(tooManyIssue)
  if (issues.length > 0) return { choices: [], issues }
  const choices: Choice[] = []
  for (const selection of named) {
    const when = form.get(scheduleField(selection)) ?? form.get('when') ?? 'daily'
    const schedule = schedules.find((one) => one === when)
    if (!schedule) {
      issues.push({ field: 'when', reason: `must be ${schedules.join(' or ')}` })
      break
    }
    const present = made.find((one) => fieldOf(one) === selection)
    const choice = present ? again(present, schedule) : await newChoice(ports, selection, schedule)
    if (choice) choices.push(choice)
    else
      issues.push({ field: 'selection', reason: `names "${selection.slice(0, 200)}", which does not exist` })
  }
  return { choices, issues }
}

const again = ({ selection, article }: MadeChoice, schedule: Schedule): Choice =>
  article === undefined ? { selection, schedule } : { selection, article, schedule: 'now' }

async function newChoice(
  { store, now, site }: ChoicePorts,
  selection: string,
  schedule: Schedule,
): Promise<Choice | undefined> {
  if (selection === allArticles) return { selection: '', schedule }
  const [, of, slug] = /^(corrections|comments)\/(.+)$/s.exec(selection) ?? []
  if (slug === undefined)
    return isFolder(selection) && (await store.isKnown(selection)) ? { selection, schedule } : undefined
  const article = await publicArticle({ store, now }, slug)
  if (!article) return undefined
  if (of === corrections) return { selection: corrections, article: article.id, schedule: 'now' }
  if (!site || modeOf(site, article) === 'off') return undefined
  return { selection: newComments, article: article.id, schedule: 'now' }
}

const maxSlugCharacters = 200

/** The article with a slug that a form names; undefined if it is not public. */
export async function publicArticle(
  { store, now }: { store: Pick<Store, 'find'>; now: number },
  slug: string,
): Promise<Article | undefined> {
  if (slug === '' || slug.length > maxSlugCharacters) return undefined
  const found = await store.find(slug)
  return found?.article && isPublicAt(found.article, now) ? found.article : undefined
}

const isFolder = (path: string): boolean =>
  path.length <= maxPathCharacters && folders.some((folder) => folder === folderOf(path))

interface NamePorts {
  subscribers: Pick<NotifyStore, 'titles' | 'articlesOfComments'>
  store: Pick<Store, 'findMany'>
  clock: () => number
}

/**
 * Adds to choices the names that people see. The corrections of an article that is not public any more, and the comments on
 * it, have its slug as their name. A choice without a name, because the article was deleted, is left out.
 */
export async function nameChoices<Made extends Choice>(
  { subscribers, store, clock }: NamePorts,
  choices: readonly Made[],
): Promise<(Made & NamedChoice)[]> {
  const replied = choices.flatMap(({ selection, article }) =>
    selection === newReplies ? (article ?? []) : [],
  )
  const commented = replied.length > 0 ? await subscribers.articlesOfComments(replied) : undefined
  const articleOf = ({ selection, article }: Choice) =>
    selection === newReplies ? commented?.get(article ?? '') : article
  const ids = [...new Set(choices.flatMap((choice) => articleOf(choice) ?? []))]
  const [titles, found] = await Promise.all([
    subscribers.titles(choices.map(({ selection }) => selection)),
    ids.length > 0 ? store.findMany(ids, []) : [],
  ])
  const now = clock()
  const articles = new Map(found.flatMap(({ article }) => (article ? [[article.id, article] as const] : [])))
  return choices.flatMap((choice): (Made & NamedChoice)[] => {
    if (choice.article === undefined) return [{ ...choice, title: titles.get(choice.selection) ?? '' }]
    const article = articles.get(articleOf(choice) ?? '')
    if (!article) return []
    const { slug } = article
    return [{ ...choice, slug, title: isPublicAt(article, now) ? article.title : slug }]
  })
}
