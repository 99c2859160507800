import type { ArticleInput } from '../domain/input.ts'
import { slugFor } from '../ingest/article.ts'
import { bodyOf, elementsIn, writtenAddress } from './body-tree.ts'
import type { ImportItem } from './import.ts'
import type { Target } from './target.ts'

/** A picture of an article on the site itself: its address as the article writes it, and its path on the site. */
interface OwnPicture {
  written: string
  path: string
}

/** How many pictures of one run are looked for. */
const maxPicturesPerRun = 1000
/** How many pictures are looked for at the same time. */
const maxRequests = 6

/**
 * Adds a warning to each article that has a picture with a path on the site itself at which there is no file. Pictures at
 * addresses of other sites are not looked for, nor are those of a backup. If there are more pictures than are looked for, the
 * first article with one of the others gets a warning that says so.
 */
export async function warnOfMissingPictures(
  found: readonly ImportItem[],
  target: Pick<Target, 'hasFile'>,
): Promise<ImportItem[]> {
  const pictures = found.map(ownPicturesIn)
  const paths = [...new Set(pictures.flat().map(({ path }) => path))]
  const missing = await missingAmong(paths.slice(0, maxPicturesPerRun), target)
  const firstUnseen = paths[maxPicturesPerRun]
  const unseenAt = pictures.findIndex((some) => some.some(({ path }) => path === firstUnseen))
  return found.map((item, at) => {
    const warnings = (pictures[at] ?? []).flatMap(({ written, path }) =>
      missing.has(path) ? [warningOf(written, path)] : [],
    )
    if (at === unseenAt) warnings.push(unseen(paths.length - maxPicturesPerRun))
    return warnings.length > 0
      ? { ...item, warnings: [...(item.warnings ?? []), ...new Set(warnings)] }
      : item
  })
}

function warningOf(written: string, path: string): string {
  const where = written === path ? '' : `, which is ${path} on the site`
  return `picture ${written}${where}: there is no such file; give its web address, or put it into public/media`
}

const unseen = (count: number): string =>
  `pictures: only the first ${maxPicturesPerRun} on the site were looked for, ${count} more were not`

async function missingAmong(paths: readonly string[], target: Pick<Target, 'hasFile'>): Promise<Set<string>> {
  const missing = new Set<string>()
  for (let start = 0; start < paths.length; start += maxRequests) {
    const some = paths.slice(start, start + maxRequests)
    const there = await Promise.all(some.map((path) => target.hasFile(path)))
    for (const [at, path] of some.entries()) if (!there[at]) missing.add(path)
  }
  return missing
}

/** The pictures on the site itself that an item has: its lead picture, and those in its body. */
function ownPicturesIn(item: ImportItem): OwnPicture[] {
  if (!('article' in item) || !item.article.ok || item.origin) return []
  const input = item.article.value
  const lead = input.image?.url.startsWith('/') ? [input.image.url] : []
  return [...lead, ...addressesIn(input)].flatMap((written) => {
    const path = pathOnSite(written, input)
    return path === undefined ? [] : [{ written, path }]
  })
}

/** The addresses of the pictures in a body, as they are written there. Pictures in examples of code are text. */
function addressesIn(input: ArticleInput): string[] {
  if (!/<img|!\[/i.test(input.html ?? input.markdown ?? '')) return []
  const body = bodyOf(input)
  const pictures = body ? elementsIn(body.tree, ({ tagName }) => tagName === 'img') : []
  return pictures.map(({ properties }) => writtenAddress(properties.src, input)).filter((one) => one !== '')
}

const site = 'https://site.invalid'

/**
 * The path on the site to which an address leads; undefined if it leads elsewhere. A relative address counts from the address
 * of the article, as when it is saved.
 */
function pathOnSite(written: string, input: ArticleInput): string | undefined {
  const base = input.image?.url === written ? site : (input.url ?? `${site}/articles/${slugFor(input)}`)
  const url = URL.canParse(written, base) ? new URL(written, base) : undefined
  return url?.origin === site ? url.pathname : undefined
}
