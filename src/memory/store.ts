import { archivePath } from '../domain/archive.ts'
import type { Log, Within } from '../domain/ports.ts'
import { isSelection, namePath } from '../domain/selection.ts'
import type { ArchiveHead, ArchiveHeads, NameHead, Outcome, Store } from '../domain/store.ts'
import type { Answers } from './answers.ts'
import type { Heads, HeldHead } from './heads.ts'

/** How long the store may take over a head of which a copy is held, in milliseconds. */
export const headTimeoutMilliseconds = 1000

/**
 * The store behind what this isolate holds: fresh heads are not read again, a save drops what it changed,
 * and a head that cannot be read is what it was last known to be.
 */
export function rememberingStore(
  store: Store,
  heads: Heads,
  answers: Answers,
  { within, log }: { within: Within; log: Log },
): Store {
  const drop = (paths: readonly string[]): void => {
    heads.drop(paths)
    answers.drop()
  }

  const saving = async (save: () => Promise<Outcome>, further: readonly string[] = []): Promise<Outcome> => {
    try {
      const outcome = await save()
      if (outcome.kind === 'saved') drop([...further, ...outcome.touched])
      return outcome
    } catch (fault) {
      drop([]) // what came of it is unknown
      throw fault
    }
  }

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
      asking.took(found ?? [])
      return found
    } catch (fault) {
      asking.failed()
      const stale = heads.stale<T>(paths)
      if (!stale) throw fault
      log('store-not-answering', { paths, message: String(fault) })
      return stale
    }
  }

  return {
    ...store,

    // A key in an address may be spelt like the path of an archive or a name, whose heads are other things.
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
        return head && [{ ...head, path, since: 0 }]
      }
      const [held] = (await readHeads([path], read)) ?? []
      if (!held) return undefined
      const { path: _, since: __, ...head } = held
      return head
    },

    save: (changes) => saving(() => store.save(changes)),
    rename: (from, to, title) => saving(() => store.rename(from, to, title), [from]),

    async release() {
      const touched = await store.release()
      if (touched.length > 0) drop(touched)
      return touched
    },
  }
}
