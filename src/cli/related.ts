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
  const all: string[] = []
  const index = markIndex()
  return {
    before: (lines, limit) =>
      index
        .related(lines.flatMap(({ marks }) => marks))
        .slice(-limit)
        .flatMap((at) => all[at] ?? []),

    add(lines) {
      for (const { line, marks } of lines) {
        all.push(line)
        index.add(marks)
      }
    },
  }
}

/** Makes an index of entries by their marks. Entries are known by their places in the order in which they are added. */
function markIndex() {
  const all: (readonly string[])[] = []
  const byMark = new Map<string, number[]>()
  return {
    add(marks: readonly string[]): void {
      for (const mark of marks) {
        const places = byMark.get(mark) ?? []
        places.push(all.length)
        byMark.set(mark, places)
      }
      all.push(marks)
    },

    /** Returns the places of the entries that have one of the marks, also through other entries, in their order. */
    related(marks: readonly string[]): number[] {
      const found = new Set<number>()
      const asked = new Set<string>()
      const open = [...marks]
      for (let mark = open.pop(); mark !== undefined; mark = open.pop()) {
        if (asked.has(mark)) continue
        asked.add(mark)
        for (const at of byMark.get(mark) ?? []) {
          if (!found.has(at)) open.push(...(all[at] ?? []))
          found.add(at)
        }
      }
      return [...found].sort((one, other) => one - other)
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
  const index = markIndex()
  const marks = articles.map((one) => marksOf(one.input, one.origin))
  for (const some of marks) index.add(some)
  const wanted = articles.flatMap((one, at) => (isWanted(one) ? (marks[at] ?? []) : []))
  return index.related(wanted).flatMap((at) => articles[at] ?? [])
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
