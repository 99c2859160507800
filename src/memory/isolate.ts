import type { BackupStore } from '../domain/backup.ts'
import type { CommentStore } from '../domain/comment-store.ts'
import type { PathStore } from '../domain/path.ts'
import type { Clock, Log, Memory, Within } from '../domain/ports.ts'
import type { Store } from '../domain/store.ts'
import { type Answers, holdAnswers } from './answers.ts'
import { rememberingBackups } from './backup.ts'
import { rememberingComments } from './comments.ts'
import { dropIn } from './drop.ts'
import { holdHeads } from './heads.ts'
import { createLru } from './lru.ts'
import { rememberingPaths } from './paths.ts'
import { steadyStore } from './steady.ts'
import { rememberingStore } from './store.ts'

/**
 * How many bytes of an isolate's 128 MB each table may hold between requests, 32 MiB in all. `kept`: heads, articles,
 * teasers and rendered bodies. `answers`: the headers of kept answers. `queriedBodies` and `queriedAnswers`: the same
 * for addresses with a query. `rate`: the counters of requests. `visits`: visits of short links that are not stored
 * yet. `told`: hashes of the lines about bad rows that were logged (two tables).
 */
export const memoryShares = {
  kept: 23 * 1_048_576,
  answers: 3 * 1_048_576,
  queriedBodies: 4 * 1_048_576,
  queriedAnswers: 1_048_576,
  rate: 1_048_576 / 4,
  visits: 1_048_576 / 2,
  told: 1_048_576 / 4,
} as const

/** What an isolate keeps in memory between requests, and a store that uses this memory. */
export interface Isolate {
  store: Store
  answers: Answers
  memory: Memory
  /**
   * Wraps the store of known paths. When the wrapped store saves a path, it removes from memory all answers
   * that the save changes.
   */
  remembering: (paths: PathStore) => PathStore
  /** Wraps the store of backups in the same way. */
  rememberingBackups: (backups: BackupStore) => BackupStore
  /** Wraps the store of comments in the same way. Fresh heads of comments are not read again. */
  rememberingComments: (comments: CommentStore) => CommentStore
}

export interface IsolatePorts {
  clock: Clock
  within: Within
  log: Log
}

/** Creates the memory of an isolate and wraps the store so that it uses this memory. */
export function openIsolate(store: Store, ports: IsolatePorts): Isolate {
  const { clock, within } = ports
  const memory = createLru(memoryShares.kept)
  const heads = holdHeads(memory, clock)
  const answers = holdAnswers(
    heads,
    { answers: createLru(memoryShares.answers), renderings: memory },
    {
      answers: createLru(memoryShares.queriedAnswers),
      renderings: createLru(memoryShares.queriedBodies),
    },
    clock,
  )
  const steady = steadyStore(store, within)
  return {
    store: rememberingStore(steady, heads, answers, ports),
    answers,
    memory,
    remembering: (paths) => rememberingPaths(paths, dropIn(heads, answers)),
    rememberingBackups: (backups) => rememberingBackups(backups, dropIn(heads, answers)),
    rememberingComments: (comments) => rememberingComments(comments, heads, dropIn(heads, answers), ports),
  }
}
