import type { Article } from './article.ts'
import { slugOf } from './slug.ts'

/**
 * Which articles a feed holds. `path` is both its key in the store and its place in every URL:
 * `` (all), `sections/monde`, `tags/sommet`, `authors/kim-tong-hyung`, `articles/{slug}`.
 * `title` is the name as it was written; empty for all articles.
 */
export interface Selection {
  path: string
  title: string
}

/** The selections that an article belongs to while it is public. */
export function selectionsOf(article: Article): Selection[] {
  const own = { path: `articles/${article.slug}`, title: article.title }
  if (article.rights.syndicate === 'none') return [own]
  const named = [
    ...(article.section ? [{ folder: 'sections', name: article.section }] : []),
    ...article.tags.map((name) => ({ folder: 'tags', name })),
    ...article.authors.map(({ name }) => ({ folder: 'authors', name })),
  ]
  const all = [
    { path: '', title: '' },
    ...named.map(({ folder, name }) => ({ path: `${folder}/${slugOf(name)}`, title: name })),
    own,
  ]
  return all.filter(({ path }, at) => !path.endsWith('/') && all.findIndex((one) => one.path === path) === at)
}
