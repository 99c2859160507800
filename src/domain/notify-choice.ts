import { wordsIn } from './language.ts'
import { type Choice, corrections, newComments, newReplies, type Schedule } from './notify.ts'
import { type Folder, folderOf, folders } from './selection.ts'

/** A choice that people can make or have made, with the names that they see. */
export interface NamedChoice extends Pick<Choice, 'selection' | 'article'> {
  /** The name of the selection; empty for all articles; the title of the article for corrections, comments and replies. */
  title: string
  /** The slug of the article whose corrections or comments are meant, or on which the comment is whose replies are meant. */
  slug?: string
}

/** A choice that a subscriber has made. `since` is in epoch milliseconds. */
export interface MadeChoice extends NamedChoice {
  schedule: Schedule
  since: number
}

/** The largest number of choices of one subscriber, not counting those of replies to comments, of which there are as many at most. */
export const maxChoices = 50

/** The value of the form field `selection` that means all articles. */
export const allArticles = 'all'

/**
 * Returns the value of the form field `selection` for a choice: `all`, the path of a selection such as `sections/monde`,
 * `corrections/` or `comments/` and the slug of an article, or `replies/` and the id of a comment.
 */
export function fieldOf({ selection, article, slug }: NamedChoice): string {
  if (selection === corrections || selection === newComments) return `${selection}/${slug}`
  if (selection === newReplies) return `${newReplies}/${article}`
  return selection || allArticles
}

/**
 * Returns the name of the form field that says how often a person is told of one of the person's choices. The field `when`
 * says it for the choices that are added.
 */
export const scheduleField = (selection: string): string => `when.${selection}`

/** Whether a choice has no schedule that can be chosen: digests have only articles that became public, and all else is told at once. */
export const isToldAtOnce = ({ selection }: Pick<Choice, 'selection'>): boolean =>
  [corrections, newComments, newReplies].includes(selection)

/** Returns the name of a choice in the language of a tag, such as `Articles in the section World`. */
export function choiceName(language: string, { selection, title }: NamedChoice): string {
  const words = wordsIn(language)
  if (selection === corrections) return words.notify.correctionsOf(title)
  if (selection === newComments) return words.comments.tell.commentsOn(title)
  if (selection === newReplies) return words.comments.tell.repliesOn(title)
  const folder = folders.find((one): one is Folder => one === folderOf(selection))
  return folder === undefined ? words.feed.everything : words.notify.of[folder](title)
}
