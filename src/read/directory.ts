// Input: reads the store. Output: none.
import type { Place, Shelf } from '../domain/directory.ts'
import { type Folder, folders } from '../domain/selection.ts'
import type { Store } from '../domain/store.ts'

/**
 * The sections, tags and authors that have public articles. Without `from`: the first `limit` of each folder.
 * With `from`: the next `limit` of its folder, beginning there.
 */
export async function readDirectory(store: Store, limit: number, from?: Place): Promise<Shelf[]> {
  if (from) return [await readShelf(store, from.folder, from.key, limit)]
  const shelves = await Promise.all(folders.map((folder) => readShelf(store, folder, '', limit)))
  return shelves.filter(({ selections }) => selections.length > 0)
}

async function readShelf(store: Store, folder: Folder, key: string, limit: number): Promise<Shelf> {
  const found = await store.selections(folder, key, limit + 1)
  const next = found[limit]?.path
  return { folder, selections: found.slice(0, limit), ...(next !== undefined && { next }) }
}

/**
 * The largest number of initials that the directory offers for choosing; keys with more different first
 * characters (Chinese, for example) get no alphabet.
 */
const maxInitials = 60

/** Adds the initials of all keys to each folder that is shown only in part. */
export function withInitials(store: Store, shelves: readonly Shelf[], from?: Place): Promise<Shelf[]> {
  const each = shelves.map(async (shelf) => {
    if (shelf.next === undefined && from === undefined) return shelf
    const initials = await store.initials(shelf.folder, maxInitials + 1)
    return initials.length > maxInitials ? shelf : { ...shelf, initials }
  })
  return Promise.all(each)
}
