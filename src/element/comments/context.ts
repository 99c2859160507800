import type { Own } from './own.ts'
import type { ElementWords } from './words.ts'

/** What the parts of an element share. */
export interface Context {
  /** The name under which the comments of this browser are kept: the article, and the question if the element shows answers. */
  place: string
  /** The address of the page with the article's comments. */
  base: string
  /** The language of the place where the element stands. */
  language: string
  words: ElementWords
  /** Where the element says what became of a comment. */
  status: HTMLElement
  /** The comments that can still be changed in this browser. */
  own: Own[]
}
