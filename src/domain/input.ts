import type { Article, Attachment, Author, Image, Rights, Source } from './article.ts'

/**
 * An article as it comes in: the JSON of the contract, before anything is checked, minted or cleaned.
 * At most one of `html`, `markdown` and `text` holds the body; in `text` a blank line parts paragraphs.
 */
export interface ArticleInput {
  slug?: string
  id?: string
  url?: string
  title: string
  summary?: string
  html?: string
  markdown?: string
  text?: string
  language?: string
  published?: string
  updated?: string
  section?: string
  tags?: string[]
  authors?: (Author | string)[]
  source?: Source
  image?: Image
  attachments?: Attachment[]
  rights?: Partial<Rights>
  note?: string
  embargo?: string
  expires?: string
  status?: Article['status']
}
