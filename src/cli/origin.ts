import { createHash } from 'node:crypto'
import { relative, sep } from 'node:path'
import { type FromImport, maxOriginCharacters } from '../domain/imports.ts'
import type { ArticleInput } from '../domain/input.ts'
import { foldName } from '../domain/name.ts'
import { parseOrigin } from '../ingest/backup.ts'
import type { ImportItem } from './import.ts'
import { standardInput, unpackedName } from './read-bytes.ts'

/**
 * Returns the origin of the article in a file: the path of the file relative to the folder in which the command runs. Equal
 * names are equal on every system: the parts are separated by slashes, and accents have one form. Returns undefined if the
 * path is too long to be kept, and for standard input, which is another file each time.
 */
function originOf(file: string): string | undefined {
  if (file === standardInput) return undefined
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

/** Options of an import that the store is told for each article. */
export type ImportOptions = Pick<FromImport, 'replace' | 'notify'>

/**
 * Returns a function that gives the items of an import, in their order, what the import says about their articles: its number,
 * whether an article may replace a stored one that is doubtful, the origin of an article that is alone in its file or that a
 * backup gives it, whether its language was guessed, whether its date is only for a new article, and whether an earlier item may be
 * the same article: it has the same id, or, without ids, the same title and about the same date.
 */
export function importing(
  from: ImportOptions & Pick<FromImport, 'run'>,
  paths: ReadonlyMap<string, string>,
): (item: ImportItem) => ImportItem {
  const ids = new Set<string>()
  const daysOf = new Map<string, Set<number | undefined>>()
  const isRepeated = ({ id, title, published }: ArticleInput): boolean => {
    if (id !== undefined) return ids.size === ids.add(id).size
    const name = foldName(title)
    const day = published === undefined ? undefined : Math.floor(Date.parse(published) / dayMilliseconds)
    const earlier = daysOf.get(name) ?? new Set()
    const isNear = [undefined, ...(day === undefined ? [] : [day - 1, day, day + 1])].some((one) =>
      earlier.has(one),
    )
    const repeats = isNear || (day === undefined && earlier.size > 0)
    daysOf.set(name, earlier.add(day))
    return repeats
  }
  return (item) => {
    if (!('article' in item) || !item.article.ok) return item
    const { id } = item.article.value
    const repeats = isRepeated(item.article.value) && { repeats: true }
    const path =
      item.file === undefined ? id !== undefined && paths.get(id) : originOf(unpackedName(item.file))
    const whole = (item.whole || item.origin?.backup) && { whole: true }
    const guessesLanguage = item.guessesLanguage && { guessesLanguage: true }
    const keepsDate = item.keepsDate && { keepsDate: true }
    return {
      ...item,
      origin: {
        ...item.origin,
        import: { ...from, ...(path && { path }), ...whole, ...repeats, ...guessesLanguage, ...keepsDate },
      },
    }
  }
}

const dayMilliseconds = 86_400_000

/**
 * Returns a hash of the items and of the titles and texts of their articles, by which an interrupted import is known again.
 * Equal names of files alone are not enough: people save one article after another as `page.txt`.
 */
export function filesHash(found: readonly ImportItem[]): string {
  const hash = createHash('sha256')
  for (const item of found) {
    const { title, text, markdown, html } = ('article' in item && item.article.ok && item.article.value) || {}
    hash.update(JSON.stringify([item.where, title, text, markdown, html]))
  }
  return hash.digest('hex')
}
