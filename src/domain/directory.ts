import { type Folder, folders, type Selection } from './selection.ts'

/** A folder's selections, as many as are shown at once, by key. */
export interface Shelf {
  folder: Folder
  selections: readonly Selection[]
  /** The path of the first selection that is not shown any more. */
  next?: string
  /** The first characters of all of its folder's keys, where they are few enough to choose from. */
  initials?: readonly string[]
}

/** Where a part of the directory begins: within one folder, at a key. */
export interface Place {
  folder: Folder
  key: string
}

/** The path of a place, as `parsePlace` reads it. */
export const placePath = ({ folder, key }: Place): string => `${folder}/${key}`

/** A selection's path as a place in the directory; undefined for what is none. */
export function parsePlace(path: string): Place | undefined {
  const folder = folders.find((name) => path.startsWith(`${name}/`))
  return folder && { folder, key: path.slice(folder.length + 1) }
}
