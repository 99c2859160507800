import type { Origin } from '../domain/backup.ts'
import type { ArticleInput } from '../domain/input.ts'
import { articlesPerSave } from '../domain/limits.ts'
import { failure } from '../domain/problem.ts'
import { slugFor } from '../ingest/article.ts'
import type { ImportItem } from './import.ts'
import { importing } from './origin.ts'
import type { Target } from './target.ts'

const reason =
  'no date was found; give it as the field published in the front matter, or in a file such as page.meta.json; or give all files of the call one date with --published DATE or --published now'

/**
 * Refuses each article without a date that would be new: it would be published now, and stand first in all feeds. A draft
 * needs no date, nor does an article with an embargo, whose end is its date, nor one that replaces a stored article, whose
 * date stays.
 */
export async function refuseUndated(
  found: readonly ImportItem[],
  store: Pick<Target, 'wouldSave'>,
): Promise<ImportItem[]> {
  const undated = found.flatMap((item) => {
    const input = undatedIn(item)
    return input ? [{ item, input }] : []
  })
  const refused = new Map<ImportItem, ImportItem>()
  for (let start = 0; start < undated.length; ) {
    const some = undated.slice(start, start + articlesPerSave).filter(({ item }) => !refused.has(item))
    const before = refused.size
    const replies =
      some.length === 0
        ? []
        : await store.wouldSave(
            some.map(({ input }) => input),
            some.map(({ item }) => originIn(item)),
          )
    for (const [at, { item, input }] of some.entries()) {
      const reply = replies[at]
      if (reply?.ok && reply.kind === 'created') refused.set(item, refusalOf(item, input))
    }
    // Without an article that is refused, another one may be new that would have replaced it.
    if (refused.size === before) start += articlesPerSave
  }
  return found.map((item) => refused.get(item) ?? item)
}

/** What the import says about an article, by which the store knows the article that it replaces. */
function originIn(item: ImportItem): Origin | undefined {
  const given = importing({ run: 0 }, new Map())(item)
  return 'article' in given ? given.origin : undefined
}

/** The article of an item that needs a date and has none; undefined for all other items. */
function undatedIn(item: ImportItem): ArticleInput | undefined {
  if (!('article' in item) || !item.article.ok) return undefined
  const { published, embargo, status } = item.article.value
  const needsDate = published === undefined && embargo === undefined && status !== 'draft'
  return needsDate ? item.article.value : undefined
}

function refusalOf({ where, warnings }: ImportItem, input: ArticleInput): ImportItem {
  const issues = [{ field: 'published', reason }]
  const article = failure({ kind: 'invalid-article', slug: slugFor(input), issues } as const)
  return { where, article, ...(warnings && { warnings }) }
}
