import { archivePath } from '../domain/archive.ts'
import type { Log, Within } from '../domain/ports.ts'
import { isSelection, namePath } from '../domain/selection.ts'
import type { ArchiveHead, ArchiveHeads, NameHead, Outcome, Store } from '../domain/store.ts'
import type { Answers } from './answers.ts'
import { dropAfter, dropIn } from './drop.ts'
import type { Heads, HeldHead } from './heads.ts'

/**
 * Milliseconds after which a read of a head from the store fails, if the memory has an older copy of the
 * head.
 */
export const headTimeoutMilliseconds = 1000

/**
 * Wraps a store so that it uses this isolate's memory: fresh heads are not read again, a save removes the heads
 * that it changed, and if a head cannot be read, the head in memory is used.
 */
export function rememberingStore(
  store: Store,
  heads: Heads,
  answers: Answers,
  { within, log }: { within: Within; log: Log },
): Store {
  const drop = dropIn(heads, answers)

  const saving = (save: () => Promise<Outcome>, further: readonly string[] = []): Promise<Outcome> =>
    dropAfter(drop, save, (outcome) =>
      outcome.kind === 'saved' ? [...further, ...outcome.touched] : undefined,
    )

  const readHeads = async <T extends HeldHead>(
    paths: readonly string[],
    read: () => Promise<T[] | undefined>,
  ): Promise<T[] | undefined> => {
    const held = heads.held<T>(paths)
    if (held) return held
    const asking = heads.asking(paths)
    try {
      const reading = read()
      const found = await (heads.stale(paths) ? within(headTimeoutMilliseconds, reading) : reading)
      const took = asking.took(found ?? [])
      return found && took
    } catch (fault) {
      asking.failed()
      const stale = heads.stale<T>(paths)
      if (!stale) throw fault
      log('store-not-answering', { heads: paths.length, fault })
      return stale
    }
  }

  return {
    ...store,

    // The memory also contains heads of archives and names of selections, under keys that look like paths. A path
    // from a URL may equal such a key, so a path is looked up in memory only if it is the path of a selection.
    heads: (paths, digest) =>
      paths.every(isSelection)
        ? readHeads(paths, () => store.heads(paths, digest))
        : store.heads(paths, digest),

    async archive(path, archive, others, digest) {
      const heads = await readHeads<ArchiveHead | NameHead>(
        [archivePath(path, archive), ...others.map(namePath)],
        async () => (await store.archive(path, archive, others, digest))?.slice(),
      )
      return heads as ArchiveHeads | undefined
    },

    async sitemapHead(number) {
      const path = `sitemap/${number}`
      const read = async () => {
        const head = await store.sitemapHead(number)
        return head && [{ ...head, path }]
      }
      const [held] = (await readHeads([path], read)) ?? []
      if (!held) return undefined
      const { path: _, ...head } = held
      return head
    },

    save: (changes, urgent) => saving(() => store.save(changes, urgent)),
    rename: (from, to, title, claims) => saving(() => store.rename(from, to, title, claims), [from]),

    async release() {
      const touched = await store.release()
      if (touched.length > 0) drop(touched)
      return touched
    },
  }
}
