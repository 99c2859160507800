import type { Article, Author, Rights } from './article.ts'

/** Those fields of an article that have another form in requests than in the store. */
interface Given {
  title: string
  markdown?: string
  text?: string
  authors?: (Author | string)[]
  rights?: Partial<Rights>
}

/**
 * An article as the API receives it, before anything is checked, generated or cleaned. At most one of `html`,
 * `markdown` and `text` contains the body; in `text` a blank line separates paragraphs.
 */
export interface ArticleInput extends Partial<Omit<Article, keyof Given | 'keys'>>, Given {}
