import { wordsIn } from './language.ts'
import { type Choice, corrections, type Schedule } from './notify.ts'
import { type Folder, folderOf, folders } from './selection.ts'

/** A choice that people can make or have made, with the names that they see. */
export interface NamedChoice extends Pick<Choice, 'selection' | 'article'> {
  /** The name of the selection; empty for all articles; the title of the article for corrections. */
  title: string
  /** The slug of the article whose corrections are meant. */
  slug?: string
}

/** A choice that a subscriber has made. `since` is in epoch milliseconds. */
export interface MadeChoice extends NamedChoice {
  schedule: Schedule
  since: number
}

/** The largest number of choices of one subscriber. */
export const maxChoices = 50

/** The value of the form field `selection` that means all articles. */
export const allArticles = 'all'

/**
 * Returns the value of the form field `selection` for a choice: `all`, the path of a selection such as `sections/monde`, or
 * `corrections/` and the slug of an article.
 */
export function fieldOf({ selection, slug }: NamedChoice): string {
  if (selection === corrections) return `${corrections}/${slug}`
  return selection || allArticles
}

/**
 * Returns the name of the form field that says how often a person is told of one of the person's choices. The field `when`
 * says it for the choices that are added.
 */
export const scheduleField = (selection: string): string => `when.${selection}`

/** Whether a choice has no schedule that can be chosen: a correction is told at once, because a digest has only what became public. */
export const isToldAtOnce = ({ selection }: Pick<Choice, 'selection'>): boolean => selection === corrections

/** Returns the name of a choice in the language of a tag, such as `Articles in the section World`. */
export function choiceName(language: string, { selection, title }: NamedChoice): string {
  const words = wordsIn(language)
  if (selection === corrections) return words.notify.correctionsOf(title)
  const folder = folders.find((one): one is Folder => one === folderOf(selection))
  return folder === undefined ? words.feed.everything : words.notify.of[folder](title)
}
