import type { PathStore } from '../domain/path.ts'
import { type Drop, dropAfter } from './drop.ts'

/** A store of known paths that drops the affected answers from the isolate's memory when paths are saved. */
export const rememberingPaths = (paths: PathStore, drop: Drop): PathStore => ({
  ...paths,
  save: (known) =>
    dropAfter(
      drop,
      () => paths.save(known),
      ({ touched }) => (touched.length > 0 ? touched : undefined),
    ),
})
