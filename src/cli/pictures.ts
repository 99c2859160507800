import type { ArticleInput } from '../domain/input.ts'
import { slugFor } from '../ingest/article.ts'
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
 * addresses of other sites are not looked for, nor are those of a backup.
 */
export async function warnOfMissingPictures(
  found: readonly ImportItem[],
  target: Pick<Target, 'hasFile'>,
): Promise<ImportItem[]> {
  const pictures = found.map(ownPicturesIn)
  const paths = [...new Set(pictures.flat().map(({ path }) => path))]
  const missing = await missingAmong(paths.slice(0, maxPicturesPerRun), target)
  return found.map((item, at) => {
    const warnings = (pictures[at] ?? []).flatMap(({ written, path }) =>
      missing.has(path) ? [warningOf(written, path)] : [],
    )
    return warnings.length > 0
      ? { ...item, warnings: [...(item.warnings ?? []), ...new Set(warnings)] }
      : item
  })
}

function warningOf(written: string, path: string): string {
  const where = written === path ? '' : `, which is ${path} on the site`
  return `picture ${written}${where}: there is no such file; give its web address, or put it into public/media`
}

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

const elements =
  /<img\b[^<>]{0,2000}?\ssrc\s*=\s*(?:"([^"<>]{1,2000})"|'([^'<>]{1,2000})'|([^\s"'<>]{1,2000}))/gi
const markdownImages = /!\[[^[\]\n]{0,500}\]\(\s*<?([^\s()<>]{1,2000})/g

/** The addresses of the pictures in a body, as they are written there. */
function addressesIn({ html, markdown }: ArticleInput): string[] {
  const inElements = [...(html ?? markdown ?? '').matchAll(elements)].map(
    ([, quoted, single, bare]) => quoted ?? single ?? bare ?? '',
  )
  const inMarkdown = [...(markdown ?? '').matchAll(markdownImages)].map(([, address = '']) => address)
  return [...inElements, ...inMarkdown]
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
