import type { Article } from './article.ts'

/**
 * The revisions at which content was read: the content and the revisions come from one state of the store. If a
 * save came between the read of a head and the read of the content, the revision differs from that of the head. A
 * revision is null if the selection has never been public.
 */
export type Revisions = readonly (number | null)[]

/**
 * Content, and the revision at which it was read. The revision is that of the selection of all articles, or, for
 * a sitemap of articles, that of the sitemap.
 */
export interface AtRevision<T> {
  found: T
  revision: number | null
}

/**
 * The articles of an archive, the newest first, and the title of its selection. `revisions` has the revisions of the
 * archive and of each name in its `ArchiveHeads`, in the same order.
 */
export interface Archived {
  title: string
  articles: Article[]
  revisions: Revisions
}
