import type { Origin } from '../domain/backup.ts'
import type { ArticleInput } from '../domain/input.ts'
import { articlesPerSave } from '../domain/limits.ts'
import { failure } from '../domain/problem.ts'
import { slugFor } from '../ingest/article.ts'
import type { ImportItem } from './import.ts'
import { importing, originsIn } from './origin.ts'
import { relatedTo } from './related.ts'
import type { Target } from './target.ts'

const reason =
  'no date was found; give it as the field published in the front matter, or in a file such as page.meta.json; or give all files of the call one date with --published DATE or --published now'

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

function refusalOf({ where, warnings }: ImportItem, input: ArticleInput): ImportItem {
  const issues = [{ field: 'published', reason }]
  const article = failure({ kind: 'invalid-article', slug: slugFor(input), issues } as const)
  return { where, article, ...(warnings && { warnings }) }
}
