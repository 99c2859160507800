// I/O: reads and writes the store, then calls the edge cache and the hub.
import { type Article, appearsAt } from '../domain/article.ts'
import { isOlder, type Origin } from '../domain/backup.ts'
import type { ArticleInput } from '../domain/input.ts'
import { rfc3339 } from '../domain/instant.ts'
import type { Claim } from '../domain/name.ts'
import { storedArticle } from '../domain/own-addresses.ts'
import { failure, type Result, success } from '../domain/problem.ts'
import { namesIn } from '../domain/selection.ts'
import { slugOf } from '../domain/slug.ts'
import { articleIn, type Change, type Found, isBad, type Store } from '../domain/store.ts'
import { articleOf, isSame, slugFor } from '../ingest/article.ts'
import { namesOf, type Paths, pathsOf } from './names.ts'
import type { PublishPorts } from './ports.ts'
import { attemptSave, spread } from './spread.ts'

/** The outcome of saving an article. */
export interface Saved {
  kind: 'created' | 'replaced' | 'unchanged'
  article: Article
  revision: number
}

/** A condition on the stored article: the save replaces the article only if the condition is true (RFC 9110 §13.1). */
export type Precondition = (stored: Found | undefined) => boolean

export const always: Precondition = () => true

/** How many times a save is tried. A try fails if another save changes the article between the read and the write. */
const attempts = 10

/**
 * Saves an article as a whole. It replaces the stored article with the input's id, or, if the input has no id,
 * the one with its slug. Saving an identical input again changes nothing. The save fails if the stored article
 * changes after the precondition was tested; then the precondition is tested on the new revision and the save
 * is tried again, up to `attempts` times in all. An input from a backup (`origin`) never replaces a newer article.
 */
export async function publish(
  ports: PublishPorts,
  input: ArticleInput,
  precondition = always,
  origin?: Origin,
): Promise<Result<Saved>> {
  for (let attempt = 1; ; attempt++) {
    const [stored, paths] = await Promise.all([
      known(ports.store, input),
      pathsOf(ports.store, namesOf(input, origin)),
    ])
    if (!precondition(stored))
      return failure({ kind: 'precondition-failed', slug: slugFor(input, stored && articleIn(stored)) })
    const deleted = await deletedAmong(ports.store, [input], [origin], stored ? [stored] : [])
    const saved = await save(ports, await prepare(ports, input, stored, paths, { origin, deleted }))
    if (!saved.ok && saved.problem.kind === 'slug-taken' && !stored && isNamedById(input)) {
      // The slug made of the title belongs to another article, and the id shows that the input is a new
      // article. Therefore the new article gets a free slug.
      return publish(
        ports,
        { ...input, slug: await freeSlug(ports.store, slugFor(input)) },
        precondition,
        origin,
      )
    }
    if (saved.ok || saved.problem.kind !== 'conflict' || attempt === attempts) return saved
  }
}

const isNamedById = ({ id, slug }: ArticleInput): boolean => id !== undefined && slug === undefined

/** Saves a new article. If the input names no slug, the article gets a free slug made of its title. */
export async function publishNew(ports: PublishPorts, input: ArticleInput): Promise<Result<Saved>> {
  if (input.slug !== undefined) return create(ports, input, input.slug)
  for (let attempt = 1; ; attempt++) {
    const created = await create(ports, input, await freeSlug(ports.store, slugOf(input.title)))
    // If another save took this slug after it was found free, the next attempt finds another free slug.
    const isTaken = !created.ok && created.problem.kind === 'exists' && created.problem.by === 'slug'
    if (!isTaken || attempt === attempts) return created
  }
}

/** Saves a new article under this slug; fails if a stored article has the slug or the input's id. */
async function create(ports: PublishPorts, input: ArticleInput, slug: string): Promise<Result<Saved>> {
  let there: Article | undefined
  const isNew: Precondition = (stored) => {
    there = stored && articleIn(stored)
    return there === undefined
  }
  const saved = await publish(ports, { ...input, slug }, isNew)
  if (saved.ok || there === undefined) return saved
  return failure({ kind: 'exists', slug: there.slug, by: there.id === input.id ? 'id' : 'slug' })
}

/** Withdraws an article. An article that was never public is deleted, and no tombstone is kept. */
export async function withdraw(
  ports: PublishPorts,
  slug: string,
  precondition = always,
): Promise<Result<'withdrawn' | 'deleted'>> {
  for (let attempt = 1; ; attempt++) {
    const stored = await ports.store.find(slug)
    if (!stored) return failure({ kind: 'not-found', what: `article "${slug}"` })
    if (!precondition(stored)) return failure({ kind: 'precondition-failed', slug })
    const former = articleIn(stored)
    if (!isBad(stored) && former.status === 'withdrawn') {
      ports.takeUp?.()
      return success('withdrawn')
    }
    if (await ports.store.remove(former.id, stored.revision)) return success('deleted')
    const article = { ...former, updated: rfc3339(ports.clock()), status: 'withdrawn' as const }
    const saved = await save(ports, success({ article, stored, unchanged: false, claims: [] }))
    if (saved.ok) return success('withdrawn')
    if (saved.problem.kind !== 'conflict' || attempt === attempts) return saved
  }
}

/** An article that is ready to be saved, the stored article that it replaces, and its names that get a path. */
export interface Ready {
  article: Article
  stored: Found | undefined
  unchanged: boolean
  claims: readonly Claim[]
}

type Prepared = Result<Ready>

/** What is known about an input from a backup: its origin, and the slugs of deleted articles (`deletedAmong`). */
interface Backed {
  origin: Origin | undefined
  deleted: ReadonlySet<string>
}

/** What else `prepare` may be told. `taken` has the slugs of other articles of the same save, in the form of `keysOf`. */
type Known = Partial<Backed & { taken: ReadonlySet<string> }>

export async function prepare(
  ports: PublishPorts,
  input: ArticleInput,
  stored: Found | undefined,
  paths: Paths,
  { origin, deleted, taken }: Known = {},
): Promise<Prepared> {
  const former = stored && articleIn(stored)
  const slug = slugFor(input, former)
  if (former && input.id !== undefined && former.id !== input.id) {
    if (input.slug !== undefined) return failure({ kind: 'slug-taken', slug })
    return prepare(ports, { ...input, slug: await freeSlug(ports.store, slug, taken) }, undefined, paths)
  }
  if (!stored && origin && deleted?.has(slug)) return failure({ kind: 'older', slug, isDeleted: true })
  // An earlier version stored absolute addresses. Another form of the same addresses is no change.
  const known = former && storedArticle(ports.site, former)
  const made = articleOf(input, {
    site: ports.site,
    pathOf: paths.pathOf,
    fromBackup: origin !== undefined,
    now: ports.clock(),
    ...(known && { known }),
  })
  if (!made.ok) return made
  const article = made.value
  const unchanged = stored !== undefined && !isBad(stored) && known !== undefined && isSame(article, known)
  if (!unchanged && stored && origin && isOlder(article, origin, stored))
    return failure({ kind: 'older', slug })
  if (!unchanged && former?.status === 'withdrawn' && input.status === undefined) {
    return failure({ kind: 'withdrawn', slug })
  }
  return success({ article, stored, unchanged, claims: paths.claimsOf(namesIn(article)) })
}

async function save(ports: PublishPorts, prepared: Prepared): Promise<Result<Saved>> {
  if (!prepared.ok) return prepared
  if (prepared.value.unchanged) {
    // The article may be unchanged because this is the repetition of a save whose answer was lost.
    ports.takeUp?.()
    return answerOf(prepared, 0)
  }
  const urgent = takesBack(prepared.value, ports.clock())
  const outcome = await attemptSave(ports, () => ports.store.save([changeOf(prepared.value)], urgent))
  if (outcome.kind !== 'saved') return failure({ kind: outcome.kind, slug: prepared.value.article.slug })
  await spread(ports, outcome, urgent)
  return answerOf(prepared, outcome.revision)
}

/**
 * Whether the save hides content from readers, or changes when an article appears or expires. After such a save
 * the edge's copies must be marked stale at once.
 */
export function takesBack({ article, stored }: Ready, now: number): boolean {
  const former = stored && articleIn(stored)
  return (
    former?.status === 'published' &&
    (article.status !== 'published' ||
      reschedules(former, article, now) ||
      article.expires !== former.expires ||
      article.rights.syndicate !== former.rights.syndicate)
  )
}

/**
 * Whether the two versions of an article appear at different instants, of which at least one is in the future. A
 * corrected date in the past hides nothing.
 */
function reschedules(former: Article, present: Article, now: number): boolean {
  const [before = 0, after = 0] = [appearsAt(former), appearsAt(present)]
  return before !== after && Math.max(before, after) > now
}

export const changeOf = ({ article, stored, claims }: Ready): Change => ({
  article,
  replaces: stored?.revision ?? null,
  claims,
})

export function answerOf(prepared: Prepared, revision: number): Result<Saved> {
  if (!prepared.ok) return prepared
  const { article, stored, unchanged } = prepared.value
  if (unchanged) return success({ kind: 'unchanged', article, revision: stored?.revision ?? 0 })
  return success({ kind: stored ? 'replaced' : 'created', article, revision })
}

const known = async (store: Store, input: ArticleInput): Promise<Found | undefined> =>
  knownAmong(await store.findMany(input.id === undefined ? [] : [input.id], [slugFor(input)]), input)

/**
 * The stored article that the input replaces: the article with the input's id, or, if there is none, the
 * article with its slug.
 */
export const knownAmong = (stored: readonly Found[], input: ArticleInput): Found | undefined =>
  stored.find((one) => articleIn(one).id === input.id) ??
  stored.find((one) => articleIn(one).slug === slugFor(input))

/**
 * The slugs, among those of inputs from backups without a stored article, whose article was deleted before it was public.
 * The import of an older backup must not bring such an article back, because its embargo may have ended meanwhile.
 */
export async function deletedAmong(
  store: Store,
  inputs: readonly ArticleInput[],
  origins: readonly (Origin | undefined)[],
  stored: readonly Found[],
): Promise<ReadonlySet<string>> {
  const fresh = inputs.filter((input, at) => origins[at] && !knownAmong(stored, input))
  return new Set(fresh.length > 0 ? await store.deletedSlugs(fresh.map((input) => slugFor(input))) : [])
}

/** How many possible slugs the first query checks. Each further query checks ten times as many. */
const firstCandidates = 50

/**
 * A slug that no article has or ever had, and that is not in `taken` (`keysOf`): the wanted slug, or, if that is not free,
 * the wanted slug followed by a number.
 */
async function freeSlug(store: Store, wanted: string, taken?: ReadonlySet<string>): Promise<string> {
  let first = 1
  for (let length = firstCandidates; ; length *= 10) {
    const candidates = Array.from({ length }, (_, at) =>
      first + at === 1 ? wanted : `${wanted}-${first + at}`,
    )
    const free = (await store.freeSlugs(candidates)).filter((slug) => !taken?.has(`slug ${slug}`))
    if (free[0] !== undefined) return free[0]
    first += length
  }
}
