import { type Folder, folders, type Selection } from './selection.ts'

/** One folder's selections in the directory of feeds, sorted by key and limited to the number that one page shows. */
export interface FolderPart {
  folder: Folder
  selections: readonly Selection[]
  /** The path of the first selection that did not fit on the page; absent if all of them fit. */
  next?: string
  /** The first characters of all keys in the folder; absent if there are too many different ones to show as links. */
  initials?: readonly string[]
}

/** The selection at which a part of the directory of feeds begins: its folder and its key. */
export interface Place {
  folder: Folder
  key: string
}

/** Returns the path of a starting place in the directory, in the form that `parsePlace` reads. */
export const placePath = ({ folder, key }: Place): string => `${folder}/${key}`

/**
 * Reads a selection's path as a starting place in the directory; returns undefined if the path is not in one of
 * the directory's folders.
 */
export function parsePlace(path: string): Place | undefined {
  const folder = folders.find((name) => path.startsWith(`${name}/`))
  return folder && { folder, key: path.slice(folder.length + 1) }
}
