// I/O: reads and writes the store, then calls the edge cache and the hub.
import { type Article, appearsAt } from '../domain/article.ts'
import { isOlder, type Origin } from '../domain/backup.ts'
import type { ArticleOrigin, FromImport } from '../domain/imports.ts'
import type { ArticleInput } from '../domain/input.ts'
import { rfc3339 } from '../domain/instant.ts'
import type { Claim } from '../domain/name.ts'
import { comparedNote } from '../domain/notify.ts'
import { storedArticle } from '../domain/own-addresses.ts'
import { failure, type Result, success } from '../domain/problem.ts'
import { namesIn } from '../domain/selection.ts'
import { slugOf } from '../domain/slug.ts'
import { articleIn, type Change, type Found, isBad, type Store } from '../domain/store.ts'
import { articleOf, isSame, slugFor } from '../ingest/article.ts'
import { type Given, type Match, matchAll } from './known.ts'
import { namesOf, type Paths, pathsOf } from './names.ts'
import type { PublishPorts } from './ports.ts'
import { type FindSlug, slugFinder } from './slugs.ts'
import { attemptSave, spread } from './spread.ts'

/** The outcome of saving an article. */
export interface Saved {
  kind: 'created' | 'replaced' | 'unchanged'
  article: Article
  revision: number
  /** The article that was replaced. */
  former?: Article
  /** The fields that an article of an import leaves out, and that the stored article keeps. */
  kept?: readonly string[]
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
    const given = [{ input, origin }]
    const [matches, paths] = await Promise.all([
      matchAll(ports, given),
      pathsOf(ports.store, namesOf(input, origin?.backup)),
    ])
    const [match] = matches
    if (!match) throw new Error('one match for each input')
    const { stored } = match
    if (!precondition(stored))
      return failure({ kind: 'precondition-failed', slug: slugFor(input, stored && articleIn(stored)) })
    const deleted = await deletedAmong(ports.store, given, matches)
    const prepared = await prepare(ports, match, paths, { origin, deleted })
    const origins = originsIn(prepared, match)
    if (origins.length > 0) await ports.store.addOrigins(origins)
    const saved = await save(ports, prepared, isTold(origin))
    const isNew = !stored && input.slug === undefined && (input.id !== undefined || origin?.import)
    if (!saved.ok && saved.problem.kind === 'slug-taken' && isNew) {
      // The slug made of the title belongs to another article, and the id or the import shows that the input is a new
      // article. Therefore the new article gets a free slug.
      const slug = await slugFinder(ports.store)(slugFor(input))
      return publish(ports, { ...input, slug }, precondition, origin)
    }
    if (saved.ok || saved.problem.kind !== 'conflict' || attempt === attempts) return saved
  }
}

/** Saves a new article. If the input names no slug, the article gets a free slug made of its title. */
export async function publishNew(ports: PublishPorts, input: ArticleInput): Promise<Result<Saved>> {
  if (input.slug !== undefined) return create(ports, input, input.slug)
  for (let attempt = 1; ; attempt++) {
    const created = await create(ports, input, await slugFinder(ports.store)(slugOf(input.title)))
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
    const saved = await save(ports, success({ article, stored, unchanged: false, claims: [] }), true)
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
  from?: FromImport | undefined
  kept?: readonly string[] | undefined
}

type Prepared = Result<Ready>

/** What is known about an imported input: its origin, and the slugs of deleted articles (`deletedAmong`). */
interface Backed {
  origin: Origin | undefined
  deleted: ReadonlySet<string>
}

/** What else `prepare` may be told. `taken` has the slugs of other articles of the same save, in the form of `keysOf`. */
type Known = Partial<Backed & { taken: ReadonlySet<string>; findSlug: FindSlug }>

export async function prepare(
  ports: PublishPorts,
  { input, stored, kept, isTaken, problem }: Match,
  paths: Paths,
  known: Known = {},
): Promise<Prepared> {
  if (problem) return failure(problem)
  const { origin, deleted, taken, findSlug = slugFinder(ports.store) } = known
  const former = stored && articleIn(stored)
  const slug = slugFor(input, former)
  const isOther = former !== undefined && input.id !== undefined && former.id !== input.id
  if (isOther && input.slug !== undefined) return failure({ kind: 'slug-taken', slug })
  const isNumbered = isTaken || (origin?.import && taken?.has(`slug ${slug}`))
  if (isOther || (!stored && isNumbered && input.slug === undefined)) {
    const match = { input: { ...input, slug: await findSlug(slug, taken) }, stored: undefined }
    return prepare(ports, match, paths, isOther ? {} : known)
  }
  if (!stored && origin?.backup && deleted?.has(slug))
    return failure({ kind: 'older', slug, isDeleted: true })
  // An earlier version stored absolute addresses. Another form of the same addresses is no change.
  const present = former && storedArticle(ports.site, former)
  const made = articleOf(input, {
    site: ports.site,
    pathOf: paths.pathOf,
    fromBackup: origin?.backup !== undefined,
    now: ports.clock(),
    ...(present && { known: present }),
  })
  if (!made.ok) return made
  const article = made.value
  const unchanged =
    stored !== undefined && !isBad(stored) && present !== undefined && isSame(article, present)
  if (!unchanged && stored && origin?.backup && isOlder(article, origin.backup, stored))
    return failure({ kind: 'older', slug })
  if (!unchanged && former?.status === 'withdrawn' && input.status === undefined) {
    return failure({ kind: 'withdrawn', slug })
  }
  return success({
    article,
    stored,
    unchanged,
    claims: paths.claimsOf(namesIn(article)),
    from: origin?.import,
    kept,
  })
}

/** The origin of an article that an import does not change, if the store has none: an equal copy does not take it over. */
export function originsIn(prepared: Prepared, { path }: Match): ArticleOrigin[] {
  if (!prepared.ok || !prepared.value.unchanged) return []
  const { article, from } = prepared.value
  return from?.path === undefined || path !== undefined ? [] : [{ id: article.id, path: from.path }]
}

/** Whether subscribers are told of an article: not of one of a backup, and of one of an import only if the import says so. */
export const isTold = (origin: Origin | undefined): boolean =>
  origin === undefined || (origin.import?.notify === true && !origin.backup)

/** Saves an article. `tells`: subscribers are told of it. */
async function save(ports: PublishPorts, prepared: Prepared, tells = false): Promise<Result<Saved>> {
  if (!prepared.ok) return prepared
  if (prepared.value.unchanged) {
    // The article may be unchanged because this is the repetition of a save whose answer was lost.
    ports.takeUp?.()
    return answerOf(prepared, 0)
  }
  const urgent = takesBack(prepared.value, ports.clock())
  const change = changeOf(prepared.value, tells)
  const outcome = await attemptSave(ports, () => ports.store.save([change], urgent))
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

/** Makes the change that saves an article. Unless it `tells`, nobody is told of the article, as of those of an import. */
export function changeOf({ article, stored, claims, from }: Ready, tells: boolean): Change {
  const correction = stored && correctionIn(article, articleIn(stored))
  return {
    article,
    replaces: stored?.revision ?? null,
    claims,
    isQuiet: !tells,
    ...(from && { from }),
    ...(correction !== undefined && { correction }),
  }
}

/** The correction of an article that its former version does not have, in the form in which corrections are compared. */
function correctionIn({ note }: Article, former: Article): string | undefined {
  if (note === undefined) return undefined
  const compared = comparedNote(note)
  return compared === comparedNote(former.note ?? '') ? undefined : compared
}

export function answerOf(prepared: Prepared, revision: number): Result<Saved> {
  if (!prepared.ok) return prepared
  const { article, stored, unchanged, kept = [] } = prepared.value
  if (!stored) return success({ kind: 'created', article, revision })
  const more = kept.length > 0 && { kept }
  if (unchanged) return success({ kind: 'unchanged', article, revision: stored.revision, ...more })
  return success({ kind: 'replaced', article, revision, former: articleIn(stored), ...more })
}

/**
 * The slugs, among those of inputs from backups without a stored article, whose article was deleted before it was public.
 * The import of an older backup must not bring such an article back, because its embargo may have ended meanwhile.
 */
export async function deletedAmong(
  store: Store,
  given: readonly Given[],
  matches: readonly Match[],
): Promise<ReadonlySet<string>> {
  const fresh = given.filter(({ origin }, at) => origin?.backup && !matches[at]?.stored)
  return new Set(fresh.length > 0 ? await store.deletedSlugs(fresh.map(({ input }) => slugFor(input))) : [])
}
