import { createHash } from 'node:crypto'
import { relative, sep } from 'node:path'
import { type FromImport, maxOriginCharacters } from '../domain/imports.ts'
import { parseOrigin } from '../ingest/backup.ts'
import type { ImportItem } from './import.ts'

/**
 * Returns the origin of the article in a file: the path of the file relative to the folder in which the command runs. Equal
 * names are equal on every system: the parts are separated by slashes, and accents have one form. Returns undefined if the
 * path is too long to be kept.
 */
function originOf(file: string): string | undefined {
  const path = relative(process.cwd(), file).split(sep).join('/').normalize('NFC')
  return path.length > 0 && path.length <= maxOriginCharacters ? path : undefined
}

/** Returns the origins that the lines of a backup give, by the id of the article. */
export function originsIn(found: readonly ImportItem[]): Map<string, string> {
  const origins = new Map<string, string>()
  for (const one of found) {
    if (!('onlyForEmpty' in one) || one.onlyForEmpty !== 'origin') continue
    const line = parseOrigin(one.line)
    if (line.ok) origins.set(line.value.id, line.value.path)
  }
  return origins
}

/**
 * Returns a function that gives the items of an import, in their order, what the import says about their articles: its number,
 * whether an article may replace a stored one that is doubtful, the origin of an article that is alone in its file or that a
 * backup gives it, and whether an earlier item has the same id.
 */
export function importing(
  from: Pick<FromImport, 'run' | 'replace'>,
  paths: ReadonlyMap<string, string>,
): (item: ImportItem) => ImportItem {
  const ids = new Set<string>()
  return (item) => {
    if (!('article' in item) || !item.article.ok) return item
    const { id } = item.article.value
    const repeats = id !== undefined && ids.has(id) && { repeats: true }
    if (id !== undefined) ids.add(id)
    const path = item.file === undefined ? id !== undefined && paths.get(id) : originOf(item.file)
    const whole = (item.whole || item.origin?.backup) && { whole: true }
    return {
      ...item,
      origin: { ...item.origin, import: { ...from, ...(path && { path }), ...whole, ...repeats } },
    }
  }
}

/** Returns a hash of the names of the files in which items were found, by which an interrupted import is known again. */
export const filesHash = (found: readonly ImportItem[]): string =>
  createHash('sha256')
    .update(JSON.stringify(found.map(({ where }) => where)))
    .digest('hex')
