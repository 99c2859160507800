import type { Article, Author, Rights } from './article.ts'

/** What may come in otherwise than it is stored. */
interface Given {
  title: string
  markdown?: string
  text?: string
  authors?: (Author | string)[]
  rights?: Partial<Rights>
}

/**
 * An article as it comes in: the JSON of the contract, before anything is checked, minted or cleaned.
 * At most one of `html`, `markdown` and `text` holds the body; in `text` a blank line parts paragraphs.
 */
export interface ArticleInput extends Partial<Omit<Article, keyof Given>>, Given {}
