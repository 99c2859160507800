import type { Memory } from '../domain/ports.ts'

/** What an entry costs beside its key and its value, in bytes: the map's slot and the objects around it. */
const overheadBytes = 200

interface Entry {
  value: unknown
  bytes: number
}

/**
 * A memory that holds at most so many bytes: what was used least recently goes first. A value that would
 * need more than a quarter of them is not taken, so that no single one empties it.
 */
export function createLru(maxBytes: number): Memory {
  const entries = new Map<string, Entry>()
  let held = 0
  /** What was used last: it is in its place, and a feed that is polled again and again need not be moved. */
  let last: Entry | undefined

  const drop = (key: string): void => {
    const entry = entries.get(key)
    if (!entry) return
    held -= entry.bytes
    entries.delete(key)
    if (entry === last) last = undefined
  }

  return {
    get<T>(key: string): T | undefined {
      const entry = entries.get(key)
      if (!entry) return undefined
      if (entry !== last) {
        entries.delete(key)
        entries.set(key, entry)
        last = entry
      }
      return entry.value as T
    },

    set(key, value, size): void {
      drop(key)
      const bytes = size + 2 * key.length + overheadBytes
      if (bytes > maxBytes / 4) return
      last = { value, bytes }
      entries.set(key, last)
      held += bytes
      for (const oldest of entries.keys()) {
        if (held <= maxBytes) break
        drop(oldest)
      }
    },

    delete: drop,

    clear(): void {
      entries.clear()
      held = 0
      last = undefined
    },

    bytes: () => held,
  }
}
