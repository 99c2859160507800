// I/O: reads and writes the store, then calls the edge cache and the hub.
import type { Article } from '../domain/article.ts'
import type { ImportedArticle } from '../domain/imports.ts'
import { rfc3339 } from '../domain/instant.ts'
import { failure, type Result, success } from '../domain/problem.ts'
import { checkStored } from '../domain/sound.ts'
import { articleIn, type Found, isBad, type Outcome } from '../domain/store.ts'
import type { PublishPorts } from './ports.ts'
import { changeOf, type Ready, takesBack } from './publish.ts'
import { attemptSave, spread } from './spread.ts'

/**
 * What became of an article of the last import: `withdrawn` or, if it was never public, `deleted` because the import created it;
 * `restored` to what it was before the import; or `unchanged` because nothing is to be taken back.
 */
interface Undone {
  kind: 'withdrawn' | 'deleted' | 'restored' | 'unchanged'
  slug: string
}

/** A part of the articles of the last import. `next` is the position after which the next part begins; absent at the end. */
export interface UndonePart {
  results: Result<Undone>[]
  next?: string
}

/** How many articles one part has at most. An article and its former version may have a megabyte each. */
const articlesPerPart = 20

/** How many articles one part deletes, so that it fits the limits of every plan of Workers (docs/limits.md). */
const deletionsPerPart = 3

type Imported = ImportedArticle<Found>

/** What is to be done with an article of the import. */
type Step =
  | { kind: 'save'; article: Article; done: Undone['kind'] }
  | { kind: 'delete' }
  | { kind: 'none'; result: Result<Undone> }

/**
 * Takes back the last import, in parts; each part is one save. An article that somebody has saved since the import is left as it
 * is, with the reason. To take back the same part again does no harm.
 */
export async function undoPart(ports: PublishPorts, after: string): Promise<UndonePart> {
  const rows = await ports.store.lastImport(after, articlesPerPart)
  const steps = rows.map((row) => ({ row, step: stepFor(row, ports.clock()) }))
  const deletions = steps.flatMap(({ step }, at) => (step.kind === 'delete' ? [at] : []))
  const some = steps.slice(0, deletions[deletionsPerPart])
  const saved = await saveAll(
    ports,
    some.flatMap(({ row, step }) => (step.kind === 'save' ? [{ ...step, found: row.found }] : [])),
  )
  const results: Result<Undone>[] = []
  for (const { row, step } of some) {
    if (step.kind === 'none') results.push(step.result)
    else if (step.kind === 'delete') results.push(await deleteOne(ports, row))
    else {
      const result = saved.shift()
      // The request has reached a limit of the platform, so the other articles belong to the next part.
      if (!result) break
      results.push(result)
    }
  }
  const last = rows[results.length - 1]
  const isEnd = results.length === rows.length && rows.length < articlesPerPart
  return { results, ...(!isEnd && { next: last ? articleIn(last.found).id : after }) }
}

function stepFor({ found, former, revision, wasShown }: Imported, now: number): Step {
  const present = articleIn(found)
  if (found.revision !== revision) return { kind: 'none', result: cannot(found, 'it was saved since') }
  if (former === undefined) {
    if (!wasShown) return { kind: 'delete' }
    if (!isBad(found) && present.status === 'withdrawn')
      return { kind: 'none', result: success({ kind: 'unchanged', slug: present.slug }) }
    const article = { ...present, status: 'withdrawn' as const, updated: rfc3339(now) }
    return { kind: 'save', article, done: 'withdrawn' }
  }
  const checked = checkStored(former)
  if ('issue' in checked) return { kind: 'none', result: cannot(found, 'its former version cannot be read') }
  const { article } = checked
  // The withdrawal is new to readers who got the article from the import.
  const updated = article.status === 'withdrawn' ? rfc3339(now) : article.updated
  return { kind: 'save', article: { ...article, updated }, done: 'restored' }
}

const cannot = (found: Found, reason: string): Result<never> =>
  failure({ kind: 'not-undone', slug: articleIn(found).slug, reason })

async function deleteOne(ports: PublishPorts, { found, revision }: Imported): Promise<Result<Undone>> {
  const { id, slug } = articleIn(found)
  const isDeleted = await ports.store.remove(id, revision)
  return isDeleted ? success({ kind: 'deleted', slug }) : cannot(found, 'somebody saves it now')
}

type Saving = Extract<Step, { kind: 'save' }> & { found: Found }

/** Saves articles as one save or, if the store refuses it because of one of them, each for itself as long as the request may. */
async function saveAll(ports: PublishPorts, savings: readonly Saving[]): Promise<Result<Undone>[]> {
  if (savings.length === 0) return []
  if ((await save(ports, savings)) === 'saved') return savings.map(doneWith)
  const results: Result<Undone>[] = []
  for (const one of savings) {
    if (ports.isSpent?.()) break
    results.push(await saveOne(ports, one))
  }
  return results
}

const doneWith = ({ article: { slug }, done }: Saving): Result<Undone> => success({ kind: done, slug })

async function saveOne(ports: PublishPorts, one: Saving): Promise<Result<Undone>> {
  const outcome = await save(ports, [one])
  if (outcome === 'saved') return doneWith(one)
  if (outcome !== 'slug-taken') return cannot(one.found, 'somebody saves it now')
  // Another article has got the former slug, and keeps it for ever.
  const { slug } = articleIn(one.found)
  const kept = { ...one, article: { ...one.article, slug } }
  return (await save(ports, [kept])) === 'saved'
    ? doneWith(kept)
    : cannot(one.found, 'another article has its former slug')
}

async function save(ports: PublishPorts, savings: readonly Saving[]): Promise<Outcome['kind']> {
  const readies = savings.map(({ article, found }): Ready => {
    return { article, stored: found, unchanged: false, claims: [] }
  })
  const urgent = readies.some((ready) => takesBack(ready, ports.clock()))
  const changes = readies.map((ready) => ({ ...changeOf(ready, false), undoes: true }))
  const outcome = await attemptSave(ports, () => ports.store.save(changes, urgent))
  if (outcome.kind === 'saved') await spread(ports, outcome, urgent)
  return outcome.kind
}
