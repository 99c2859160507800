// I/O: reads the store; writes nothing.
import type { FolderPart, Place } from '../domain/directory.ts'
import { type Folder, folders } from '../domain/selection.ts'
import type { Store } from '../domain/store.ts'
import type { Currency } from './freshness.ts'

/** The store, and the function to which each read of the directory reports its revision. */
interface DirectoryPorts extends Pick<Currency, 'report'> {
  store: Pick<Store, 'selections' | 'initials'>
}

/**
 * The sections, tags and authors that have public articles. Without `from`, the result has the first `limit`
 * selections of each folder. With `from`, the result has one folder, with up to `limit` selections beginning at
 * the key of `from`.
 */
export async function readDirectory(
  ports: DirectoryPorts,
  limit: number,
  from?: Place,
): Promise<FolderPart[]> {
  if (from) return [await readFolderPart(ports, from.folder, from.key, limit)]
  const parts = await Promise.all(folders.map((folder) => readFolderPart(ports, folder, '', limit)))
  return parts.filter(({ selections }) => selections.length > 0)
}

async function readFolderPart(
  { store, report }: DirectoryPorts,
  folder: Folder,
  key: string,
  limit: number,
): Promise<FolderPart> {
  const { found, revision } = await store.selections(folder, key, limit + 1)
  report([revision])
  const next = found[limit]?.path
  return { folder, selections: found.slice(0, limit), ...(next !== undefined && { next }) }
}

/**
 * The largest number of initials of names that the directory page offers as links. If the keys of a folder have
 * more different first characters, as in Chinese, the page offers no initials.
 */
const maxInitials = 60

/**
 * Adds initials to the folders (sections, tags or authors) that are too long to be shown as a whole. The
 * initials of a folder are the different first characters of its keys; the directory page shows them as links
 * into the alphabetical list.
 */
export function withInitials(
  { store, report }: DirectoryPorts,
  parts: readonly FolderPart[],
  from?: Place,
): Promise<FolderPart[]> {
  const each = parts.map(async (part) => {
    if (part.next === undefined && from === undefined) return part
    const { found: initials, revision } = await store.initials(part.folder, maxInitials + 1)
    report([revision])
    return initials.length > maxInitials ? part : { ...part, initials }
  })
  return Promise.all(each)
}
