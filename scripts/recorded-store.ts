/**
 * A recorded store: the rows of every table after a release's Worker has done all that the release can do, and what
 * that Worker answered. `fixtures/stores/` has one for each release; `scripts/record-store.ts` makes them.
 */
export interface RecordedStore {
  tables: RecordedTable[]
  answers: RecordedAnswer[]
}

interface RecordedTable {
  table: string
  columns: string[]
  rows: (string | number | null)[][]
}

/** An answer of the release: the articles that it shows, by their numbers (`numbersIn`). */
export interface RecordedAnswer {
  address: string
  status: number
  shows: string[]
}

/** The numbers of the articles that a text shows. Each article of a recorded store has its number in its slug and title. */
export const numbersIn = (text: string): string[] => [...new Set(text.match(/\br\d\d\b/g))].toSorted()

/**
 * Writes a recorded store as lines of JSON, one for each row and each answer. A character that is repeated more than
 * twenty times is written once, with the number of repetitions, so that texts of the greatest length are short here.
 */
export function writeStore({ tables, answers }: RecordedStore): string {
  const lines = [
    ...tables.flatMap(({ table, columns, rows }) => [{ table, columns }, ...rows]),
    ...answers.map(({ address, status, shows }) => ({ address, status, shows: shows.join(' ') })),
  ]
  return lines
    .map((line) => JSON.stringify(line))
    .map((line) => `${line.replaceAll(/([a-z])\1{20,}/g, (run, one) => `${one}{${run.length}}`)}\n`)
    .join('')
}

/** Reads what `writeStore` has written. */
export function readStore(text: string): RecordedStore {
  const store: RecordedStore = { tables: [], answers: [] }
  for (const line of text.trim().split('\n')) {
    const whole = line.replaceAll(/([a-z])\{(\d+)\}/g, (_, one: string, times) => one.repeat(Number(times)))
    const value = JSON.parse(whole)
    if (Array.isArray(value)) store.tables.at(-1)?.rows.push(value)
    else if ('table' in value) store.tables.push({ ...value, rows: [] })
    else store.answers.push({ ...value, shows: numbersIn(value.shows) })
  }
  return store
}
