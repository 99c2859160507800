import type { Origin } from '../domain/backup.ts'
import type { ArticleInput } from '../domain/input.ts'
import { slugOf } from '../domain/slug.ts'

/** A line of a bulk import, and the marks by which it is related to others: lines with a common mark are. */
export interface RelatedLine {
  line: string
  marks: readonly string[]
}

/**
 * The lines of a dry run. Two lines are related if they may concern the same article, or get slugs that differ only in the
 * number.
 */
interface Related {
  /**
   * Returns the lines that were added before and are related to one of the given lines, also through other lines, in the
   * order in which they were added. At most `limit` lines are returned; the oldest are left out.
   */
  before: (lines: readonly RelatedLine[], limit: number) => string[]
  add: (lines: readonly RelatedLine[]) => void
}

/** Remembers the lines of a dry run that has several requests. */
export function relatedLines(): Related {
  const all: RelatedLine[] = []
  const byMark = new Map<string, number[]>()
  return {
    before(lines, limit) {
      const found = new Set<number>()
      const asked = new Set<string>()
      const open = lines.flatMap(({ marks }) => marks)
      for (let mark = open.pop(); mark !== undefined; mark = open.pop()) {
        if (asked.has(mark)) continue
        asked.add(mark)
        for (const at of byMark.get(mark) ?? []) {
          if (!found.has(at)) open.push(...(all[at]?.marks ?? []))
          found.add(at)
        }
      }
      const order = [...found].sort((one, other) => one - other)
      return order.slice(-limit).flatMap((at) => all[at]?.line ?? [])
    },

    add(lines) {
      for (const one of lines) {
        for (const mark of one.marks) {
          const numbers = byMark.get(mark) ?? []
          numbers.push(all.length)
          byMark.set(mark, numbers)
        }
        all.push(one)
      }
    },
  }
}

/** Makes the line of an article for a bulk import, with what is known besides its fields. */
export const relatedLine = (input: ArticleInput, origin: Origin | undefined): RelatedLine => ({
  line: JSON.stringify({ ...input, ...origin }),
  marks: marksOf(input, origin),
})

/** Returns the marks of an article: two articles with a common mark may be the same, or get slugs that differ in the number. */
function marksOf({ id, slug, title }: ArticleInput, origin: Origin | undefined): string[] {
  const path = origin?.import?.path
  return [
    `slug ${slugOf(title)}`,
    ...(slug === undefined ? [] : [`slug ${slug}`]),
    ...(id === undefined ? [] : [`id ${id}`]),
    ...(path === undefined ? [] : [`path ${path}`]),
  ]
}

/** An article of an import, with what is known besides its fields. */
interface Arriving {
  input: ArticleInput
  origin?: Origin | undefined
}

/** Returns the articles that are wanted, and those that are related to one of them, also through others, in their order. */
export function relatedTo<T extends Arriving>(articles: readonly T[], isWanted: (one: T) => boolean): T[] {
  const marks = new Map(articles.map((one) => [one, marksOf(one.input, one.origin)]))
  const byMark = Map.groupBy(
    articles.flatMap((one) => (marks.get(one) ?? []).map((mark) => ({ mark, one }))),
    ({ mark }) => mark,
  )
  const found = new Set(articles.filter(isWanted))
  const asked = new Set<string>()
  const open = [...found].flatMap((one) => marks.get(one) ?? [])
  for (let mark = open.pop(); mark !== undefined; mark = open.pop()) {
    if (asked.has(mark)) continue
    asked.add(mark)
    for (const { one } of byMark.get(mark) ?? []) {
      if (!found.has(one)) open.push(...(marks.get(one) ?? []))
      found.add(one)
    }
  }
  return articles.filter((one) => found.has(one))
}

/** Returns the last of the lines that have at most this number of bytes together. */
export function lastWithin(lines: readonly string[], maxBytes: number): string[] {
  let bytes = 0
  const kept = lines.toReversed().filter((line) => {
    bytes += Buffer.byteLength(line) + 1
    return bytes <= maxBytes
  })
  return kept.reverse()
}
