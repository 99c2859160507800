import { type Folder, folders, type Selection } from './selection.ts'

/**
 * A list of sections, tags or authors in the directory of feeds, sorted by key and limited to the number that
 * one page shows.
 */
export interface FolderPart {
  folder: Folder
  selections: readonly Selection[]
  /** The path of the first section, tag or author that did not fit on the page; absent if all of them fit. */
  next?: string
  /**
   * The different first characters of the keys of all sections, all tags or all authors. The page shows them
   * as links. The field is absent if the page shows the whole list, or if there are too many different first
   * characters.
   */
  initials?: readonly string[]
}

/**
 * Identifies the selection at which a part of the directory of feeds begins, by the selection's folder
 * (sections, tags or authors) and key (the last part of its path).
 */
export interface Place {
  folder: Folder
  key: string
}

/**
 * Returns the path of the section, tag or author at which a part of the directory begins, in the form that
 * `parsePlace` reads.
 */
export const placePath = ({ folder, key }: Place): string => `${folder}/${key}`

/**
 * Reads the path of the section, tag or author at which a part of the directory of feeds is to begin; returns
 * undefined for any other path.
 */
export function parsePlace(path: string): Place | undefined {
  const folder = folders.find((name) => path.startsWith(`${name}/`))
  return folder && { folder, key: path.slice(folder.length + 1) }
}
