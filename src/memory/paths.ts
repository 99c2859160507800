import type { PathStore } from '../domain/path.ts'
import { type Drop, dropAfter } from './drop.ts'

/**
 * Wraps a store of known paths: when paths are saved, the answers that the paths affect are removed from the
 * isolate's memory.
 */
export const rememberingPaths = (paths: PathStore, drop: Drop): PathStore => ({
  ...paths,
  save: (known) =>
    dropAfter(
      drop,
      () => paths.save(known),
      ({ touched }) => (touched.length > 0 ? touched : undefined),
    ),
})
