import type { Memory } from '../domain/ports.ts'

/** Bytes that an entry costs in addition to its key and value: the slot in the map and the objects around it. */
const overheadBytes = 200

interface Entry {
  value: unknown
  bytes: number
}

/**
 * A least-recently-used cache of at most `maxBytes`. A value larger than a quarter of `maxBytes` is not stored,
 * because it would evict too many other values.
 */
export function createLru(maxBytes: number): Memory {
  const entries = new Map<string, Entry>()
  let held = 0
  /**
   * The entry that was used last. It is already the last entry of the map, so reading it again does not move
   * it. This saves time for the feed that is polled most.
   */
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
