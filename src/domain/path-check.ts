import { type Claim, foldName, type NamedPath, type WantedName, wantedKey } from './name.ts'
import { invalidPath, isMove, isNamed, type KnownPath, type NamedSelection, titleRefused } from './path.ts'
import type { Problem } from './problem.ts'
import { folderOf } from './selection.ts'
import { slugOf } from './slug.ts'

/** Returns the names and paths that `checkPaths` needs to know about, to decide about these known paths. */
export function namesOfPaths(paths: readonly KnownPath[]): WantedName[] {
  const asked = new Set<string>()
  const isNew = (path: string): boolean => asked.size < asked.add(path).size
  return paths.flatMap((known) => {
    const folder = folderOf(known.path)
    const title = isNamed(known) ? [known.title] : []
    return [...title, ...formerNames(known)].map((name) => {
      const own = [known.path, `${folder}/${slugOf(name)}`, `${folder}/${wantedKey(name)}`]
      return { folded: foldName(name), paths: own.filter(isNew) }
    })
  })
}

const formerNames = (known: KnownPath): readonly string[] => ('names' in known && known.names) || []

/** Which known paths can be saved: the claims that they need, and why the others are refused. */
interface CheckedPaths {
  claims: Claim[]
  refused: ReadonlyMap<KnownPath, Problem>
}

/**
 * Checks known paths against the names that the store has (`namesOfPaths`). Like a save, an import never gives two names one
 * path, nor one name two paths (docs/decisions/032). If the path has another name here, a title corrects it only if the
 * backup says so: one of the former names there (`names`) has the path here. A redirect to a path whose title is refused is
 * refused too, because it would lead to another name.
 */
export function checkPaths(paths: readonly KnownPath[], stored: readonly NamedPath[]): CheckedPaths {
  const known = indexOf(stored)
  const claims: Claim[] = []
  const refused = new Map<KnownPath, Problem>()
  const refuse = (given: KnownPath, reason: string) =>
    refused.set(given, invalidPath(given.path, reason).problem)
  const claim = (one: Claim): void => {
    claims.push(one)
    known.add(one)
  }
  const claimFormer = (given: KnownPath): void => {
    const here = known.namesAt(given.path)
    const names = new Set(formerNames(given).map(foldName))
    for (const name of names)
      if (!here.has(name) && known.elsewhere(given.path, name) === undefined)
        claim({ path: given.path, name })
  }

  const checkTitle = (given: NamedSelection): void => {
    const { path, title } = given
    const name = foldName(title)
    const here = known.namesAt(path)
    const spelling = here.get(name)
    const other = spelling === undefined ? known.elsewhere(path, name) : undefined
    if (other !== undefined) return void refuse(given, `title: this name has the path ${other} here`)
    const corrected = formerNames(given)
      .map((former) => here.get(foldName(former)))
      .find((one) => one !== undefined)
    const [present] = here.values()
    if (present !== undefined && (spelling ?? corrected) === undefined)
      return void refuse(
        given,
        `title: the path belongs to “${present}” here; if both are one, rename it first`,
      )
    if (spelling !== undefined) claim({ path, name, shares: spelling })
    else claim({ path, name, ...(corrected !== undefined && { renames: corrected }) })
    claimFormer(given)
  }

  const given = new Set<string>()
  for (const one of paths) {
    if (given.has(one.path)) refuse(one, 'path: is given twice')
    else if (isNamed(one)) checkTitle(one)
    given.add(one.path)
  }
  const named = Map.groupBy(paths.filter(isNamed), ({ path }) => path)
  for (const one of paths.filter(isMove)) {
    if (refused.has(one)) continue
    if (named.get(one.to)?.every((title) => refused.has(title))) refuse(one, titleRefused)
    else if (known.namesAt(one.path).size === 0) claimFormer(one)
  }
  return { claims, refused }
}

/** The names of a store, by path and by folded form. */
function indexOf(stored: readonly NamedPath[]) {
  const byPath = new Map<string, Map<string, string>>()
  const byName = new Map<string, Set<string>>()
  const idOf = (path: string, folded: string): string => `${folderOf(path)}/${folded}`
  const add = ({ path, name }: NamedPath): void => {
    const folded = foldName(name)
    const names = byPath.get(path) ?? new Map<string, string>()
    byPath.set(path, names.set(folded, names.get(folded) ?? name))
    const id = idOf(path, folded)
    byName.set(id, (byName.get(id) ?? new Set()).add(path))
  }
  stored.forEach(add)
  return {
    add,
    /** The names of a path: the stored spelling of each by its folded form. */
    namesAt: (path: string): ReadonlyMap<string, string> => byPath.get(path) ?? new Map(),
    /** Another path that the name has in the folder of this path. */
    elsewhere: (path: string, folded: string): string | undefined =>
      [...(byName.get(idOf(path, folded)) ?? [])].find((one) => one !== path),
  }
}
