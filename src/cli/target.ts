import type { Article } from '../domain/article.ts'
import type { ArticleInput } from '../domain/input.ts'
import type { KnownPath } from '../domain/path.ts'
import type { HubTarget } from './hub.ts'

/** What became of one article: its slug and what was done, or why it was refused. */
export type Reply = { ok: true; slug: string; kind: string } | { ok: false; reason: string }

/** Which articles to list. */
export interface Filter {
  status?: string
  section?: string
  tag?: string
  author?: string
  /** Only what was saved since then, RFC 3339; the last saved first. */
  since?: string
}

/** What the command line works against. */
export interface Target {
  /** Saves a chunk; one reply for each, in the same order. */
  save: (inputs: readonly ArticleInput[]) => Promise<Reply[]>
  /** The articles, newest published first. */
  list: (filter: Filter) => AsyncIterable<Article>
  /** Sections, tags and authors with their names, and former paths: what a backup holds beside the articles. */
  paths: () => AsyncIterable<KnownPath>
  /** Takes such back; one reply for each, in the same order. */
  savePaths: (paths: readonly KnownPath[]) => Promise<Reply[]>
  find: (slug: string) => Promise<Article | undefined>
  withdraw: (slug: string) => Promise<Reply>
  hub: HubTarget
  close: () => Promise<void>
}
