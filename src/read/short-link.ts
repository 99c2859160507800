// I/O: reads the store; writes the codes of articles that were saved before short links existed.
import type { Article } from '../domain/article.ts'
import type { Log } from '../domain/ports.ts'
import { failure, type Result, retrySeconds, success } from '../domain/problem.ts'
import type { ShortLinks } from '../domain/short-link.ts'
import type { Head } from '../domain/store.ts'
import { readArticle } from './article.ts'
import type { ReadPorts } from './ports.ts'

/** The ports for reading short links: the ports for reading articles, and the store of codes. */
export interface ShortPorts extends ReadPorts {
  shorts: ShortLinks
  log: Log
}

/** A public article, and its head at the time of reading. */
export interface Named {
  head: Head
  article: Article
}

/** How many codes one scheduled run writes at most, and how many one request writes at most. */
const codesPerRun = 4000
const codesPerRequest = 500

/**
 * `assumedMilliseconds`: after a check has found that all articles have codes, this isolate does not check
 * again for this time. `pauseMilliseconds`: the shortest time between two requests of this isolate that write
 * missing codes.
 */
const assumedMilliseconds = 60_000
const pauseMilliseconds = 1000

/**
 * Reads the article of a short link, under the same rules as the article's page. The result has more than one
 * article only if two article ids have the same code. Memory keeps the id and slug of the article for each
 * code; they are read from the store again if the article with this slug has another id.
 */
export async function readShort(ports: ShortPorts, code: string): Promise<Result<[Named, ...Named[]]>> {
  const key = `code ${code}`
  const held = ports.memory?.get<ArticleKey>(key)
  const again = held && (await readNamed(ports, held))
  if (again?.ok) return success([again.value])
  const found = await findKeys(ports, code)
  if (!found.ok) return found
  const read = await Promise.all(found.value.map((key) => readNamed(ports, key)))
  const [first, ...others] = read.flatMap((one) => (one.ok ? [one.value] : []))
  const [target] = found.value
  if (first && target && found.value.length === 1) ports.memory?.set(key, target, bytesOf(target))
  else ports.memory?.delete(key)
  if (first) return success([first, ...others])
  const isGone = read.some((one) => !one.ok && one.problem.kind === 'gone')
  return failure(isGone ? { kind: 'gone', what: 'The article' } : unknown)
}

const unknown = { kind: 'not-found', what: 'the article' } as const

type ArticleKey = Pick<Article, 'id' | 'slug'>

const bytesOf = ({ id, slug }: ArticleKey): number => 2 * (id.length + slug.length)

/**
 * Reads the article with this slug; the failure is `not-found` if the article has another id than the given
 * one, because a slug can pass from one article to another.
 */
async function readNamed(ports: ShortPorts, { id, slug }: ArticleKey): Promise<Result<Named>> {
  const read = await readArticle(ports, slug)
  return read.ok && read.value.article.id !== id ? failure(unknown) : read
}

/**
 * The ids and slugs of the articles with this code. As long as some articles have no code in the store yet, the codes
 * of the newest of them are computed, and the failure for an unknown code is a 503.
 */
async function findKeys(ports: ShortPorts, code: string): Promise<Result<ArticleKey[]>> {
  const found = await ports.shorts.find(code)
  if (found.length > 0 || isHeldFilled(ports)) return success(found)
  const filled = await fillSome(ports)
  const later = await ports.shorts.find(code)
  if (later.length > 0 || filled) return success(later)
  const unstored = await ports.shorts.search(code, codesPerRequest)
  return unstored.length > 0 ? success(unstored) : failure({ kind: 'unavailable', seconds: retrySeconds })
}

const filledKey = 'codes filled'
const fillingKey = 'codes asked'

const isHeldFilled = ({ memory, clock }: ShortPorts): boolean =>
  clock() < (memory?.get<number>(filledKey) ?? 0)

/**
 * Whether all articles have their codes in the store. If not, writes some of the missing codes, at most once a
 * second in each isolate. If the store cannot be written, the failure is only logged.
 */
async function fillSome(ports: ShortPorts): Promise<boolean> {
  const { shorts, memory, clock, log } = ports
  let filled = await shorts.isFilled()
  if (!filled && clock() >= (memory?.get<number>(fillingKey) ?? 0)) {
    memory?.set(fillingKey, clock() + pauseMilliseconds, 8)
    await shorts
      .fill(codesPerRequest)
      .catch((fault: unknown) => log('store-not-writable', { write: 'fill', fault }))
    filled = await shorts.isFilled()
  }
  if (filled) memory?.set(filledKey, clock() + assumedMilliseconds, 8)
  return filled
}

/**
 * Writes the codes of articles that have none, at most `codesPerRun` codes. Returns true if all articles have
 * codes.
 */
export async function fillCodes(shorts: ShortLinks): Promise<boolean> {
  for (let done = 0; done < codesPerRun; done += codesPerRequest) {
    if (await shorts.isFilled()) return true
    await shorts.fill(codesPerRequest)
  }
  return shorts.isFilled()
}
