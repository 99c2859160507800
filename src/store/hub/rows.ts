import { isInstant } from '../../domain/instant.ts'
import { facetsOf } from '../../domain/selection.ts'

/** The rows of one result of a D1 batch. */
export const rowsOf = <Row>(result: D1Result | undefined): Row[] => (result?.results ?? []) as Row[]

/** Parses a column with a JSON list of texts; undefined if the column has no such list. */
export function listIn(json: unknown): string[] | undefined {
  try {
    const list: unknown = JSON.parse(String(json))
    return Array.isArray(list) && areTexts(list) ? list : undefined
  } catch {
    return undefined
  }
}

export const areTexts = (values: readonly unknown[]): values is string[] =>
  values.every((value) => typeof value === 'string')

export const areInstants = (values: readonly unknown[]): values is number[] => values.every(isInstant)

/** The selections of a topic: `path`, and those in the column `others` or, if this is bad, in the topic's address. */
export function pathsIn({ topic, path, others }: { topic: string; path: string; others: unknown }): string[] {
  const query = new URLSearchParams(topic.split('?')[1])
  const named = () => facetsOf((key) => query.get(key) ?? undefined).filter((facet) => facet !== path)
  return [path, ...(listIn(others) ?? named())]
}
