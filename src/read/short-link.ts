// Input: the store. Output: codes that an upgrade left unwritten.
import type { Article } from '../domain/article.ts'
import { failure, type Result, retrySeconds, success } from '../domain/problem.ts'
import type { ShortLinks } from '../domain/short-link.ts'
import type { Head } from '../domain/store.ts'
import { readArticle } from './article.ts'
import type { ReadPorts } from './ports.ts'

/** What reads a short link: what reads its article, and knows its code. */
export interface ShortPorts extends ReadPorts {
  shorts: ShortLinks
}

/** An article that anybody may see now, with the head that it was read by. */
export interface Named {
  head: Head
  article: Article
}

/** How many codes one run writes down, and how many one request. */
const codesPerRun = 4000
const codesPerRequest = 500

/** For how long this isolate takes it that every code is written down, and lets no other request write, in milliseconds. */
const assumedMilliseconds = 60_000
const pauseMilliseconds = 1000

/**
 * The article that a short link names, by the rules of its page: more than one only where two ids have the same
 * code. Which slug a code leads to is held, and asked again as soon as the article there is not this one.
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

/** The article at the slug, where it is the one that is meant: another may have come there. */
async function readNamed(ports: ShortPorts, { id, slug }: ArticleKey): Promise<Result<Named>> {
  const read = await readArticle(ports, slug)
  return read.ok && read.value.article.id !== id ? failure(unknown) : read
}

/** Where the code leads. While codes remain to be written down, one that is not found may be a good one: try later. */
async function findKeys(ports: ShortPorts, code: string): Promise<Result<ArticleKey[]>> {
  const found = await ports.shorts.find(code)
  if (found.length > 0 || isHeldFilled(ports)) return success(found)
  const filled = await fillSome(ports)
  const later = await ports.shorts.find(code)
  return later.length > 0 || filled ? success(later) : failure({ kind: 'unavailable', seconds: retrySeconds })
}

const filledKey = 'codes filled'
const fillingKey = 'codes asked'

const isHeldFilled = ({ memory, clock }: ShortPorts): boolean =>
  clock() < (memory?.get<number>(filledKey) ?? 0)

/** Whether all codes are written down now. A request does a little of it, and only one in a second and isolate. */
async function fillSome(ports: ShortPorts): Promise<boolean> {
  const { shorts, memory, clock } = ports
  let filled = await shorts.isFilled()
  if (!filled && clock() >= (memory?.get<number>(fillingKey) ?? 0)) {
    memory?.set(fillingKey, clock() + pauseMilliseconds, 8)
    await shorts.fill(codesPerRequest)
    filled = await shorts.isFilled()
  }
  if (filled) memory?.set(filledKey, clock() + assumedMilliseconds, 8)
  return filled
}

/** Writes down codes that an upgrade left, a bounded number in one run; true when nothing is left. */
export async function fillCodes(shorts: ShortLinks): Promise<boolean> {
  for (let done = 0; done < codesPerRun; done += codesPerRequest) {
    if (await shorts.isFilled()) return true
    await shorts.fill(codesPerRequest)
  }
  return shorts.isFilled()
}
