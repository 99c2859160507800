import type { Article } from './article.ts'
import { slugOf } from './slug.ts'

/**
 * Which articles a feed holds. `path` is both its key in the store and its place in every URL:
 * `` (all), `sections/monde`, `tags/sommet`, `authors/kim-tong-hyung`, `articles/{slug}`.
 * `title` is the name as it was written; empty for all articles. `query` names an intersection: the
 * articles that are in each of several selections, whose `path` is empty (`section=monde&tag=sommet`).
 */
export interface Selection {
  path: string
  title: string
  query?: string
}

/** The keys of a query that name an intersection, in their fixed order, with the folder that each stands for. */
const facets = [
  ['section', 'sections'],
  ['tag', 'tags'],
  ['author', 'authors'],
] as const

/** The selections that a query names, in the fixed order; every other key of the query is ignored. */
export const facetsOf = (query: (key: string) => string | undefined): string[] =>
  facets.flatMap(([key, folder]) => {
    const value = query(key)
    return value ? [`${folder}/${value}`] : []
  })

/** The canonical query that names the intersection of these selections. */
export const queryOf = (paths: readonly string[]): string =>
  facets
    .flatMap(([key, folder]) =>
      paths
        .filter((path) => path.startsWith(`${folder}/`))
        .map((path) => `${key}=${encodeURIComponent(path.slice(folder.length + 1))}`),
    )
    .join('&')

/** Whether a path has the form of a selection's: nothing, or a folder and a key. */
export const isSelection = (path: string): boolean => path.split('/').length <= 2

/** The selections that an article belongs to while it is public. */
export function selectionsOf(article: Article): Selection[] {
  const own = { path: `articles/${article.slug}`, title: article.title }
  if (article.rights.syndicate === 'none') return [own]
  return [{ path: '', title: '' }, ...namedIn(article), own]
}

/** The section, tags and authors by which those who may see it find the article, whatever its status and rights. */
export const filedUnder = (article: Article): string[] => namedIn(article).map(({ path }) => path)

/** The selections that an article names, each once. */
function namedIn({ section, tags, authors }: Article): Selection[] {
  const named = [
    ...(section ? [{ folder: 'sections', name: section }] : []),
    ...tags.map((name) => ({ folder: 'tags', name })),
    ...authors.map(({ name }) => ({ folder: 'authors', name })),
  ]
  const all = named.map(({ folder, name }) => ({ path: `${folder}/${slugOf(name)}`, title: name }))
  return all.filter(({ path }, at) => !path.endsWith('/') && all.findIndex((one) => one.path === path) === at)
}
