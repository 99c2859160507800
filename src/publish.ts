import type { Article } from './domain/article.ts'
import type { ArticleInput } from './domain/input.ts'
import type { Clock, Invalidate, Store } from './domain/ports.ts'
import { failure, type Result, success } from './domain/problem.ts'
import type { Site } from './domain/site.ts'
import { articleOf, isSame, slugFor } from './ingest/article.ts'

export interface PublishPorts {
  site: Site
  store: Store
  clock: Clock
  invalidate: Invalidate
}

/** What became of an article that was brought in. */
export interface Saved {
  kind: 'created' | 'replaced' | 'unchanged'
  article: Article
  revision: number
}

/** How often a save is tried again when somebody else's came between its reading and its writing. */
const attempts = 3

/** Saves an article as a whole; the same input again changes nothing. */
export async function publish(ports: PublishPorts, input: ArticleInput): Promise<Result<Saved>> {
  for (let attempt = 1; ; attempt++) {
    const saved = await attemptOnce(ports, input)
    if (saved.ok || saved.problem.kind !== 'conflict' || attempt === attempts) return saved
  }
}

async function attemptOnce(ports: PublishPorts, input: ArticleInput): Promise<Result<Saved>> {
  const slug = slugFor(input)
  const stored = await ports.store.find(slug)
  const made = articleOf(input, {
    site: ports.site,
    now: ports.clock(),
    ...(stored && { known: stored.article }),
  })
  if (!made.ok) return made
  const article = made.value
  if (stored && isSame(article, stored.article)) {
    return success({ kind: 'unchanged', article, revision: stored.revision })
  }
  const outcome = await ports.store.save(article, stored?.revision ?? null)
  switch (outcome.kind) {
    case 'created':
    case 'replaced':
      await ports.invalidate(outcome.touched)
      return success({ kind: outcome.kind, article, revision: outcome.revision })
    case 'id-taken':
      return failure({ kind: 'id-taken', id: article.id })
    case 'slug-taken':
    case 'conflict':
      return failure({ kind: outcome.kind, slug })
  }
}
