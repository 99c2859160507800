import { foldName } from '../domain/name.ts'
import { isMove } from '../domain/path.ts'
import { type Folder, folderOf } from '../domain/selection.ts'
import { slugOf } from '../domain/slug.ts'
import type { Target } from './target.ts'

/** A section, tag or author of the store: its key in addresses, and its name. */
interface KnownName {
  key: string
  name: string
}

/** The names that the store knows in each folder. */
export type KnownNames = ReadonlyMap<string, readonly KnownName[]>

/** Reads the names of all sections, tags and authors of a store. */
export async function readNames(target: Pick<Target, 'paths'>): Promise<KnownNames> {
  const names = new Map<string, KnownName[]>()
  for await (const known of target.paths()) {
    if (isMove(known) || !('title' in known)) continue
    const folder = folderOf(known.path)
    const all = names.get(folder) ?? []
    all.push({ key: known.path.slice(folder.length + 1), name: known.title })
    names.set(folder, all)
  }
  return names
}

/**
 * Returns the key of the section, tag or author that a person named by its key or by its name; undefined if the store knows
 * neither. A key is preferred, because it may be another one's name.
 */
export function keyOf(given: string, folder: Folder, known: KnownNames): string | undefined {
  const names = known.get(folder) ?? []
  const folded = foldName(given)
  const found = names.find(({ key }) => key === given) ?? names.find(({ name }) => foldName(name) === folded)
  return found?.key
}

const maxCharacters = 60

/** Returns the name that a person may have meant by another one: the one with the fewest differences, if they are few. */
export function nearestName(given: string, names: readonly string[]): string | undefined {
  const word = lettersOf(given)
  const max = word.length < 5 ? 1 : 2
  let nearest: string | undefined
  let fewest = max + 1
  for (const name of names) {
    const other = lettersOf(name)
    if (Math.abs(word.length - other.length) >= fewest || foldName(name) === foldName(given)) continue
    const differences = differencesOf(word, other)
    if (differences < fewest) [nearest, fewest] = [name, differences]
  }
  return nearest
}

/** Returns the letters of a name without accents and case, so that `Economie` and `Économie` do not differ. */
const lettersOf = (name: string): string => slugOf(name.slice(0, maxCharacters))

/**
 * Counts the letters that must be added, removed, replaced or swapped with their neighbour to turn one word into the other.
 */
function differencesOf(one: string, other: string): number {
  let before: number[] = []
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let line = 1; line <= one.length; line++) {
    const next = [line]
    for (let at = 1; at <= other.length; at++) {
      const isSame = one[line - 1] === other[at - 1]
      const isSwapped =
        line > 1 && at > 1 && one[line - 1] === other[at - 2] && one[line - 2] === other[at - 1]
      const counts = [(row[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1, (row[at - 1] ?? 0) + (isSame ? 0 : 1)]
      if (isSwapped) counts.push((before[at - 2] ?? 0) + 1)
      next.push(Math.min(...counts))
    }
    ;[before, row] = [row, next]
  }
  return row[other.length] ?? 0
}
