// Input and output: the store, then the edge and the hub.
import type { Article } from '../domain/article.ts'
import type { ArticleInput } from '../domain/input.ts'
import { rfc3339 } from '../domain/instant.ts'
import { failure, type Result, success } from '../domain/problem.ts'
import { slugOf } from '../domain/slug.ts'
import type { Change, Store, Stored } from '../domain/store.ts'
import { articleOf, isSame, slugFor } from '../ingest/article.ts'
import type { PublishPorts } from './ports.ts'

/** How many articles one save takes at most: an import brings as many at once, and they are in memory. */
export const articlesPerSave = 50

/** What follows every save once it is committed: edge copies are stale, and subscribers are told. */
export async function spread(ports: PublishPorts, touched: readonly string[], urgent = false): Promise<void> {
  await ports.invalidate(touched, urgent)
  if (touched.length > 0) await ports.push?.()
}

/** What became of an article that was brought in. */
export interface Saved {
  kind: 'created' | 'replaced' | 'unchanged'
  article: Article
  revision: number
}

/** What the caller demands of the stored article, before it is replaced (RFC 9110 §13.1). */
export type Precondition = (stored: Stored | undefined) => boolean

const always: Precondition = () => true

/** How often a save is tried again when somebody else's came between its reading and its writing. */
const attempts = 10

/**
 * Saves an article as a whole. It is known by its id where it gives one, else by its slug; the same input
 * again changes nothing. What the precondition was asked about is what is replaced, or nothing is.
 */
export async function publish(
  ports: PublishPorts,
  input: ArticleInput,
  precondition = always,
): Promise<Result<Saved>> {
  for (let attempt = 1; ; attempt++) {
    const stored = await known(ports.store, input)
    if (!precondition(stored))
      return failure({ kind: 'precondition-failed', slug: slugFor(input, stored?.article) })
    const saved = await save(ports, await prepare(ports, input, stored))
    if (!saved.ok && saved.problem.kind === 'slug-taken' && !stored && isNamedById(input)) {
      // Its title makes a slug that another article had; the id says that this is not that one.
      return publish(ports, { ...input, slug: await freeSlug(ports.store, slugFor(input)) }, precondition)
    }
    if (saved.ok || saved.problem.kind !== 'conflict' || attempt === attempts) return saved
  }
}

const isNamedById = ({ id, slug }: ArticleInput): boolean => id !== undefined && slug === undefined

/** Saves a new article under a slug of its own, made of its title where it names none. */
export async function publishNew(ports: PublishPorts, input: ArticleInput): Promise<Result<Saved>> {
  if (input.slug !== undefined) return create(ports, input, input.slug)
  for (let attempt = 1; ; attempt++) {
    const created = await create(ports, input, await freeSlug(ports.store, slugOf(input.title)))
    // Somebody else's article took the slug in the meantime: there are others.
    const isTaken = !created.ok && created.problem.kind === 'exists' && created.problem.by === 'slug'
    if (!isTaken || attempt === attempts) return created
  }
}

/** Saves an article under that slug, where neither the slug nor its id is there yet. */
async function create(ports: PublishPorts, input: ArticleInput, slug: string): Promise<Result<Saved>> {
  let there: Article | undefined
  const isNew: Precondition = (stored) => {
    there = stored?.article
    return there === undefined
  }
  const saved = await publish(ports, { ...input, slug }, isNew)
  if (saved.ok || there === undefined) return saved
  return failure({ kind: 'exists', slug: there.slug, by: there.id === input.id ? 'id' : 'slug' })
}

/**
 * Saves many articles as one save; each gets its own answer, in the same order. One that is refused does
 * not stop the others.
 */
export async function publishMany(
  ports: PublishPorts,
  inputs: readonly ArticleInput[],
): Promise<Result<Saved>[]> {
  const stored = await ports.store.findMany(
    inputs.flatMap(({ id }) => id ?? []),
    inputs.map((input) => slugFor(input)),
  )
  const taken = new Set<string>()
  const prepared: (Prepared | undefined)[] = []
  for (const input of inputs) {
    const made = await prepare(ports, input, knownAmong(stored, input))
    prepared.push(claims(made, taken) ? made : undefined)
  }
  const changes = prepared.flatMap((made) =>
    made?.ok && !made.value.unchanged ? [changeOf(made.value)] : [],
  )
  const outcome = changes.length > 0 ? await ports.store.save(changes) : undefined
  const revision = outcome?.kind === 'saved' ? outcome.revision : undefined
  const urgent = prepared.some((made) => made?.ok && takesBack(made.value))
  if (outcome?.kind === 'saved') await spread(ports, outcome.touched, urgent)
  const answers: Result<Saved>[] = []
  for (const [at, input] of inputs.entries()) {
    const made = prepared[at]
    const done = made && (!made.ok || made.value.unchanged || revision !== undefined)
    // What clashed within the chunk, or with somebody else's save, is done alone: that says which it was.
    answers.push(done ? answerOf(made, revision ?? 0) : await publish(ports, input))
  }
  return answers
}

/** Whether no article before it in the chunk has its id or slug; takes both for it. */
function claims(made: Prepared, taken: Set<string>): boolean {
  if (!made.ok) return true
  const keys = [`id ${made.value.article.id}`, `slug ${made.value.article.slug}`]
  if (keys.some((key) => taken.has(key))) return false
  for (const key of keys) taken.add(key)
  return true
}

/** Withdraws an article; one that nobody could ever see goes without a trace. */
export async function withdraw(
  ports: PublishPorts,
  slug: string,
  precondition = always,
): Promise<Result<'withdrawn' | 'deleted'>> {
  for (let attempt = 1; ; attempt++) {
    const stored = await ports.store.find(slug)
    if (!stored) return failure({ kind: 'not-found', what: `article "${slug}"` })
    if (!precondition(stored)) return failure({ kind: 'precondition-failed', slug })
    if (stored.article.status === 'withdrawn') return success('withdrawn')
    if (await ports.store.remove(stored.article.id, stored.revision)) return success('deleted')
    const article = { ...stored.article, updated: rfc3339(ports.clock()), status: 'withdrawn' as const }
    const saved = await save(ports, success({ article, stored, unchanged: false }))
    if (saved.ok) return success('withdrawn')
    if (saved.problem.kind !== 'conflict' || attempt === attempts) return saved
  }
}

/** An article that is ready to be saved, and what it stands in the place of. */
interface Ready {
  article: Article
  stored: Stored | undefined
  unchanged: boolean
}

type Prepared = Result<Ready>

async function prepare(
  ports: PublishPorts,
  input: ArticleInput,
  stored: Stored | undefined,
): Promise<Prepared> {
  const slug = slugFor(input, stored?.article)
  if (stored && input.id !== undefined && stored.article.id !== input.id) {
    if (input.slug !== undefined) return failure({ kind: 'slug-taken', slug })
    return prepare(ports, { ...input, slug: await freeSlug(ports.store, slug) }, undefined)
  }
  const made = articleOf(input, {
    site: ports.site,
    now: ports.clock(),
    ...(stored && { known: stored.article }),
  })
  if (!made.ok) return made
  const article = made.value
  const unchanged = stored !== undefined && isSame(article, stored.article)
  if (!unchanged && stored?.article.status === 'withdrawn' && input.status === undefined) {
    return failure({ kind: 'withdrawn', slug })
  }
  return success({ article, stored, unchanged })
}

async function save(ports: PublishPorts, prepared: Prepared): Promise<Result<Saved>> {
  if (!prepared.ok || prepared.value.unchanged) return answerOf(prepared, 0)
  const outcome = await ports.store.save([changeOf(prepared.value)])
  if (outcome.kind !== 'saved') return failure({ kind: outcome.kind, slug: prepared.value.article.slug })
  await spread(ports, outcome.touched, takesBack(prepared.value))
  return answerOf(prepared, outcome.revision)
}

/** Whether readers are to see less of an article than before: no copy of that may wait. */
const takesBack = ({ article, stored }: Ready): boolean =>
  stored?.article.status === 'published' &&
  (article.status !== 'published' ||
    article.embargo !== stored.article.embargo ||
    article.expires !== stored.article.expires ||
    article.rights.syndicate !== stored.article.rights.syndicate)

const changeOf = ({ article, stored }: Ready): Change => ({ article, replaces: stored?.revision ?? null })

function answerOf(prepared: Prepared, revision: number): Result<Saved> {
  if (!prepared.ok) return prepared
  const { article, stored, unchanged } = prepared.value
  if (unchanged) return success({ kind: 'unchanged', article, revision: stored?.revision ?? 0 })
  return success({ kind: stored ? 'replaced' : 'created', article, revision })
}

const known = async (store: Store, input: ArticleInput): Promise<Stored | undefined> =>
  knownAmong(await store.findMany(input.id === undefined ? [] : [input.id], [slugFor(input)]), input)

/** The stored article that the input is about: the one with its id, else the one with its slug. */
const knownAmong = (stored: readonly Stored[], input: ArticleInput): Stored | undefined =>
  stored.find(({ article }) => article.id === input.id) ??
  stored.find(({ article }) => article.slug === slugFor(input))

/** How many slugs are looked at in one go. */
const maxCandidates = 50

/** A slug that no article has, or had: the wanted one, or the same with a number behind it. */
async function freeSlug(store: Store, wanted: string): Promise<string> {
  for (let first = 1; ; first += maxCandidates) {
    const candidates = Array.from({ length: maxCandidates }, (_, at) =>
      first + at === 1 ? wanted : `${wanted}-${first + at}`,
    )
    const free = await store.freeSlugs(candidates)
    if (free[0] !== undefined) return free[0]
  }
}
