import type { Article, NameKey } from './article.ts'
import { slugOf } from './slug.ts'

/**
 * A selection identifies the articles of a feed. `path` is both its key in the store and its place in every
 * URL: the empty string (all articles), `sections/monde`, `tags/sommet`, `authors/kim-tong-hyung`,
 * `articles/{slug}`. `title` is the name as editors wrote it; empty for all articles. For an intersection,
 * which contains the articles that several selections share, `path` is empty and `query` names the selections
 * (`section=monde&tag=sommet`). `archives` is set on an intersection that filters the archives of one of its
 * selections, and identifies that selection (docs/decisions/013).
 */
export interface Selection {
  path: string
  title: string
  query?: string
  archives?: Pick<Selection, 'path' | 'query'>
}

/** The fields of a selection from which the addresses of its documents are made. */
export type Addressed = Pick<Selection, 'path' | 'query' | 'archives'>

/**
 * The query parameters that name the selections of an intersection, in their fixed order. Each parameter is
 * paired with the first part of the paths of its selections, such as `tag` with `tags`.
 */
const facets = [
  ['section', 'sections'],
  ['tag', 'tags'],
  ['author', 'authors'],
] as const

export type Folder = (typeof facets)[number][1]

/**
 * The folders of selections that have pages and feeds (`sections`, `tags`, `authors`), in the order in which
 * pages show them.
 */
export const folders: readonly Folder[] = facets.map(([, folder]) => folder)

/**
 * Returns the paths of the selections that a query names, in the fixed order of the parameters; ignores all
 * other parameters.
 */
export const facetsOf = (query: (key: string) => string | undefined): string[] =>
  facets.flatMap(([key, folder]) => {
    const value = query(key)
    return value ? [`${folder}/${value}`] : []
  })

/** Returns the canonical query for the intersection of these selections. */
const queryOf = (paths: readonly string[]): string =>
  facets
    .flatMap(([key, folder]) =>
      paths
        .filter((path) => path.startsWith(`${folder}/`))
        .map((path) => `${key}=${encodeURIComponent(path.slice(folder.length + 1))}`),
    )
    .join('&')

/**
 * Returns a query with the present keys of its selections. `paths` contains the present paths of the
 * selections, and the key is the last part of a path. A parameter that names a selection gets the key from
 * the path in `paths` that is in the folder of this parameter, or is removed if `paths` contains no path in
 * that folder. All other parameters stay unchanged.
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

/**
 * Returns the addresses of the intersection of a selection with other selections. The archives of the
 * intersection are the archives of the first selection, filtered.
 */
export function narrow(base: string, others: readonly string[]): Addressed {
  const paths = [base, ...others].filter((path) => path !== '')
  const [only] = paths
  if (others.length === 0 || only === undefined) return { path: base }
  const archives = { path: base, query: queryOf(others) }
  return paths.length === 1 ? { path: only, archives } : { path: '', query: queryOf(paths), archives }
}

/** Returns the title of an intersection: the names of its selections, in the order of their folders. */
export const titleTogether = (selections: readonly Pick<Selection, 'path' | 'title'>[]): string =>
  ['', ...folders]
    .flatMap((folder) => selections.filter(({ path }) => folderOf(path) === folder))
    .flatMap(({ title }) => title || [])
    .join(' · ')

/** The selection of all articles. It has no name of its own. */
export const everything: Selection = { path: '', title: '' }

/** Returns the folder in a selection's path; empty for the selection of all articles. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.indexOf('/')))

/** Tells whether a path has the form of a selection's path: empty, or a folder and a key. */
export const isSelection = (path: string): boolean => path.split('/').length <= 2

/**
 * Returns the path of the row in which the store keeps the name of a selection. A document that shows the
 * name but no articles of the selection lists this path, and not the path of the selection, among the paths
 * whose changes make the document stale. Therefore a change of the articles does not make the document stale.
 */
export const namePath = (path: string): string => `${path}/name`

/** Returns the selection that contains only this article. */
export const selectionOf = ({ slug, title }: Article): Selection => ({ path: `articles/${slug}`, title })

/** Returns the selections that contain an article while it is public. */
export function selectionsOf(article: Article): Selection[] {
  const own = selectionOf(article)
  if (article.rights.syndicate === 'none') return [own]
  return [everything, ...namedIn(article), own]
}

/**
 * Returns the paths of the article's section, tags and authors, whatever the article's status and rights.
 * Editors' lists, which include articles that are not public, are filtered by these paths.
 */
export const filedUnder = (article: Article): string[] => namedIn(article).map(({ path }) => path)

/** Returns the selections for an article's section, tags and authors, without repetition. */
function namedIn(article: Article): Selection[] {
  const all = namesIn(article).map(({ folder, name }) => ({
    path: pathOf(article, folder, name),
    title: name,
  }))
  return all.filter(({ path }, at) => !path.endsWith('/') && all.findIndex((one) => one.path === path) === at)
}

/** The names of an article's section, tags and authors. */
interface Named extends Pick<Article, 'tags' | 'authors'> {
  section?: string | undefined
}

/** The name of a section, tag or author, with the folder of its selection. */
export interface FolderName {
  folder: Folder
  name: string
}

/** Returns the names of an article's section, tags and authors, in this order. */
export const namesIn = ({ section, tags, authors }: Named): FolderName[] => [
  ...(section ? [{ folder: 'sections' as const, name: section }] : []),
  ...tags.map((name) => ({ folder: 'tags' as const, name })),
  ...authors.map(({ name }) => ({ folder: 'authors' as const, name })),
]

/** Returns the path that the selection of a name has if the article does not say another one. */
const plainPath = (folder: Folder, name: string): string => `${folder}/${slugOf(name)}`

/** Returns the path of the selection of one of the article's names. */
export const pathOf = (
  { keys }: { keys?: readonly NameKey[] | undefined },
  folder: Folder,
  name: string,
): string =>
  keys?.find((one) => one.name === name && folderOf(one.path) === folder)?.path ?? plainPath(folder, name)

/** A function that returns the path of the selection of a name. */
export type PathOf = (folder: Folder, name: string) => string

/** Returns the field `keys` of an article with these names: only the paths that `slugOf` does not make. */
export function keysOf(article: Named, path: PathOf): Article['keys'] {
  const keys = namesIn(article).flatMap(({ folder, name }, at, all) => {
    const its = path(folder, name)
    const isFirst = all.findIndex((one) => one.folder === folder && one.name === name) === at
    return its === plainPath(folder, name) || !isFirst ? [] : [{ path: its, name }]
  })
  return keys.length > 0 ? keys : undefined
}
