// I/O: reads the store; writes nothing.
import type { FromBackup } from '../domain/backup.ts'
import type { ArticleInput } from '../domain/input.ts'
import {
  type Claim,
  foldName,
  keyAt,
  type NamedPath,
  type NameStore,
  type WantedName,
  wantedKey,
} from '../domain/name.ts'
import { type Folder, type FolderName, folderOf, namesIn, type PathOf, pathOf } from '../domain/selection.ts'
import { slugOf } from '../domain/slug.ts'

/** The paths of names: those that the store knows, and those that names get with the next save. */
export interface Paths {
  pathOf: PathOf
  /** Returns the claims that a save of these names needs: those of names to which the store has given no path yet. */
  claimsOf: (names: readonly FolderName[]) => Claim[]
}

/** How many candidates for the key of a name the first query checks. Each further query checks ten times as many. */
const firstCandidates = 9

/**
 * A name to look up. `keeps`: the path of the selection that is renamed, which the name keeps if it can have this path.
 * `had`: the path that the name had in the store of a backup, which a new name gets if no other name has it.
 */
type Sought = FolderName & { keeps?: string; had?: string }

/** Returns the names in an input, in the order in which they get keys. */
export const namesOf = ({ section, tags = [], authors = [] }: ArticleInput, backup?: FromBackup): Sought[] =>
  namesIn({
    section,
    tags,
    authors: authors.map((author) => (typeof author === 'string' ? { name: author } : author)),
  }).map(({ folder, name }) => {
    const had = backup && pathOf(backup, folder, name)
    return { folder, name, ...(had && !had.endsWith('/') && { had }) }
  })

/**
 * Finds the path of each name. A name that the store knows in any spelling keeps its path. Each other name gets the wanted
 * key, or if another name has this key, the key with the first free number (docs/decisions/032). Names of one call never
 * get the same new path.
 */
export async function pathsOf(store: NameStore, sought: readonly Sought[]): Promise<Paths> {
  const claims = new Map<string, Claim>()
  const taken = new Set<string>()
  let open = [...new Map(sought.map((one) => [idOf(one), one])).values()]
  for (let first = 1, count = firstCandidates; open.length > 0; first += count, count *= 10) {
    const candidates = candidatesFrom(first, count)
    const asked = open.map((one) => ({ ...one, candidates: candidates(one) }))
    const found = await store.names(wantedNames(asked))
    const known = {
      byId: Map.groupBy(found, ({ path, name }) => idOf({ folder: folderOf(path), name })),
      byPath: Map.groupBy(found, ({ path }) => path),
    }
    open = asked.filter((one) => {
      const claim = knownPath(one, known) ?? newPath(one, known, taken)
      if (!claim) return true
      claims.set(idOf(one), claim)
      taken.add(claim.path)
      return false
    })
  }
  const claimOf = (folder: Folder, name: string) => claims.get(idOf({ folder, name }))
  return {
    pathOf: (folder, name) => claimOf(folder, name)?.path ?? `${folder}/${slugOf(name)}`,
    claimsOf: (names) =>
      names.flatMap(({ folder, name }) => {
        const claim = claimOf(folder, name)
        return claim && claim.shares !== claim.name ? [claim] : []
      }),
  }
}

/** A text that is the same for all spellings of a name in a folder. */
const idOf = ({ folder, name }: { folder: string; name: string }): string => `${folder}/${foldName(name)}`

type WithCandidates = Sought & { candidates: readonly string[] }

/**
 * Returns a function that gives the paths that a new name may get, in the order of preference, from the candidate with this
 * number on. Names that want the same key share one list, because thousands of them may come in one call.
 */
function candidatesFrom(first: number, count: number): (sought: Sought) => readonly string[] {
  const lists = new Map<string, readonly string[]>()
  return ({ folder, name, had }) => {
    const wanted = wantedKey(name)
    const path = `${folder}/${wanted}`
    const numbered =
      lists.get(path) ?? Array.from({ length: count }, (_, at) => `${folder}/${keyAt(wanted, first + at)}`)
    lists.set(path, numbered)
    return had === undefined || first > 1 ? numbered : [had, ...numbered]
  }
}

/** Returns what the store is asked about names: their folded forms, and each path only once. */
function wantedNames(asked: readonly WithCandidates[]): WantedName[] {
  const paths = new Set<string>()
  const isNew = (path: string): boolean => {
    const before = paths.size
    return paths.add(path).size > before
  }
  const listed = new Set<readonly string[]>()
  return asked.map(({ folder, name, candidates }) => {
    const others = listed.has(candidates) ? [] : candidates
    listed.add(candidates)
    return { folded: foldName(name), paths: [`${folder}/${slugOf(name)}`, ...others].filter(isNew) }
  })
}

/** The names that the store has, by the text of `idOf` and by path. */
interface Known {
  byId: ReadonlyMap<string, readonly NamedPath[]>
  byPath: ReadonlyMap<string, readonly NamedPath[]>
}

/** Returns the path that the store has for the name, or for another spelling of it. */
function knownPath(sought: Sought, { byId }: Known): Claim | undefined {
  const folded = foldName(sought.name)
  const its = byId.get(idOf(sought)) ?? []
  const found =
    its.find(({ path }) => path === sought.keeps) ?? its.find(({ name }) => name === folded) ?? its[0]
  return found && { path: found.path, name: folded, shares: found.name }
}

/** Returns the first candidate that no other name has; undefined if there is none. */
function newPath(
  { name, keeps, candidates }: WithCandidates,
  { byPath }: Known,
  taken: ReadonlySet<string>,
): Claim | undefined {
  const path = candidates.find((one) => one === keeps || !(byPath.has(one) || taken.has(one)))
  if (path === undefined) return undefined
  const [shared] = byPath.get(path) ?? []
  return { path, name: foldName(name), ...(shared && { renames: shared.name }) }
}
