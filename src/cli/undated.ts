import { basename } from 'node:path'
import type { Origin } from '../domain/backup.ts'
import type { ArticleInput } from '../domain/input.ts'
import { articlesPerSave } from '../domain/limits.ts'
import { failure } from '../domain/problem.ts'
import { slugFor } from '../ingest/article.ts'
import { besideOf } from './beside-file.ts'
import type { ImportItem } from './import.ts'
import { importing, originsIn } from './origin.ts'
import { standardInput } from './read-bytes.ts'
import { relatedTo } from './related.ts'
import type { ImportKind } from './sources/kinds.ts'
import type { Target } from './target.ts'

/** Where a file of each kind itself can state the date of an article; undefined if that is not for its writer to choose. */
const ownDates: Record<ImportKind, string | undefined> = {
  capture: undefined,
  markdown: 'as the field published in the front matter',
  page: undefined,
  feed: undefined,
  wordpress: undefined,
  json: 'as the field published',
  ndjson: 'as the field published',
}

/** The reason why an article without a date is refused: it says what is possible for its kind of file. */
function reasonFor(item: ImportItem): string {
  const file = 'article' in item ? item.file : undefined
  const ways = [
    item.kind && ownDates[item.kind],
    file !== undefined && file !== standardInput && `in the file ${basename(besideOf(file))}`,
    'to all articles of the call with --published DATE or --published now',
  ]
  return `no date was found; give it ${ways.filter(Boolean).join(', or ')}`
}

/** An article of the import, with the place of its item. */
interface Arriving {
  at: number
  input: ArticleInput
  origin: Origin | undefined
}

/**
 * Refuses each article without a date that would be new: it would be published now, and stand first in all feeds. A draft
 * needs no date, nor does an article with an embargo, whose end is its date, nor one that replaces an article of the store or of
 * the same import, whose date stays. `replace`: an article also replaces one of which it is doubtful whether it is the same.
 */
export async function refuseUndated(
  found: readonly ImportItem[],
  store: Pick<Target, 'openDryRun'>,
  replace = false,
): Promise<ImportItem[]> {
  const given = found.map(importing({ run: 0, replace }, originsIn(found)))
  const articles = given.flatMap((item, at): Arriving[] =>
    'article' in item && item.article.ok ? [{ at, input: item.article.value, origin: item.origin }] : [],
  )
  const asked = relatedTo(articles, needsDate)
  const refused = new Set<number>()
  // Without an article that is refused, another one may be new that would have replaced it.
  for (let before = -1; before < refused.size; ) {
    before = refused.size
    for (const at of await newAmong(
      asked.filter((one) => !refused.has(one.at)),
      store,
    ))
      refused.add(at)
  }
  return found.map((item, at) =>
    refused.has(at) && 'article' in item && item.article.ok ? refusalOf(item, item.article.value) : item,
  )
}

const needsDate = ({ input: { published, embargo, status } }: Arriving): boolean =>
  published === undefined && embargo === undefined && status !== 'draft'

/**
 * Returns the places of the articles without a date that an import of these articles would create, or that would only replace
 * such an article.
 */
async function newAmong(asked: readonly Arriving[], store: Pick<Target, 'openDryRun'>): Promise<number[]> {
  const { save } = store.openDryRun()
  const undatedSlugs = new Set<string>()
  const places: number[] = []
  for (let start = 0; start < asked.length; start += articlesPerSave) {
    const some = asked.slice(start, start + articlesPerSave)
    const replies = await save(
      some.map(({ input }) => input),
      some.map(({ origin }) => origin),
    )
    for (const [index, one] of some.entries()) {
      const reply = replies[index]
      if (!reply?.ok) continue
      if (!needsDate(one)) undatedSlugs.delete(reply.slug)
      else if (reply.kind === 'created' || undatedSlugs.has(reply.slug)) {
        undatedSlugs.add(reply.slug)
        places.push(one.at)
      }
    }
  }
  return places
}

function refusalOf(item: ImportItem, input: ArticleInput): ImportItem {
  const { where, warnings } = item
  const issues = [{ field: 'published', reason: reasonFor(item) }]
  const article = failure({ kind: 'invalid-article', slug: slugFor(input), issues } as const)
  return { where, article, ...(warnings && { warnings }) }
}
