import type { Article } from './article.ts'
import { slugOf } from './slug.ts'

/**
 * Which articles a feed holds. `path` is both its key in the store and its place in every URL:
 * `` (all), `sections/monde`, `tags/sommet`, `authors/kim-tong-hyung`, `articles/{slug}`.
 * `title` is the name as it was written; empty for all articles. `query` names an intersection: the
 * articles that are in each of several selections, whose `path` is empty (`section=monde&tag=sommet`).
 * `archives` says where its archives are when they are another's, narrowed (docs/decisions/013).
 */
export interface Selection {
  path: string
  title: string
  query?: string
  archives?: Pick<Selection, 'path' | 'query'>
}

/** What the addresses of a selection's documents are made of. */
export type Addressed = Pick<Selection, 'path' | 'query' | 'archives'>

/** The keys of a query that name an intersection, in their fixed order, with the folder that each stands for. */
const facets = [
  ['section', 'sections'],
  ['tag', 'tags'],
  ['author', 'authors'],
] as const

export type Folder = (typeof facets)[number][1]

/** The folders of selections that have a page and feeds, in the order in which they are shown. */
export const folders: readonly Folder[] = facets.map(([, folder]) => folder)

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

/**
 * A query with the selections that it names by what they are called now, each in its place, and without those that
 * are not among them; whatever else the query holds stays as it is written.
 */
export function renameFacets(search: string, paths: readonly string[]): string {
  let left = paths
  const renamed = search
    .replace(/^\?/, '')
    .split('&')
    .flatMap((part) => {
      const [key] = new URLSearchParams(`&${part}`).keys()
      const folder = facets.find(([facet]) => facet === key)?.[1]
      if (folder === undefined) return part
      const ofFolder = left.filter((path) => folderOf(path) === folder)
      left = left.filter((path) => folderOf(path) !== folder)
      return queryOf(ofFolder) || []
    })
  const query = renamed.join('&')
  return query && `?${query}`
}

/** What of a selection is in others too: an intersection, whose archives are those of that selection. */
export function narrow(base: string, others: readonly string[]): Addressed {
  const paths = [base, ...others].filter((path) => path !== '')
  const [only] = paths
  if (others.length === 0 || only === undefined) return { path: base }
  const archives = { path: base, query: queryOf(others) }
  return paths.length === 1 ? { path: only, archives } : { path: '', query: queryOf(paths), archives }
}

/** What an intersection is called: by the names of its selections, in the fixed order. */
export const titleTogether = (selections: readonly Pick<Selection, 'path' | 'title'>[]): string =>
  ['', ...folders]
    .flatMap((folder) => selections.filter(({ path }) => folderOf(path) === folder))
    .flatMap(({ title }) => title || [])
    .join(' · ')

/** The folder of a selection's path; empty for all articles. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.indexOf('/')))

/** Whether a path has the form of a selection's: nothing, or a folder and a key. */
export const isSelection = (path: string): boolean => path.split('/').length <= 2

/** The path of a selection's name, for what shows that and not what is in it. */
export const namePath = (path: string): string => `${path}/name`

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
  const names: Record<Folder, readonly string[]> = {
    sections: section ? [section] : [],
    tags,
    authors: authors.map(({ name }) => name),
  }
  const all = folders.flatMap((folder) =>
    names[folder].map((name) => ({ path: `${folder}/${slugOf(name)}`, title: name })),
  )
  return all.filter(({ path }, at) => !path.endsWith('/') && all.findIndex((one) => one.path === path) === at)
}
