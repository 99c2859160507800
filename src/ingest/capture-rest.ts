import type { CapturePage } from './capture-page.ts'
import { isExactLabel } from './furniture.ts'
import { isFurnitureKind } from './main-text.ts'

/** The lines of a capture that are left out of the article and are not certain to be furniture, by their place. */
export interface CaptureRest {
  above: string[]
  /** Lines between the title and the text. */
  between: string[]
  inside: string[]
  below: string[]
}

/** Where the title and the text stand, and which lines became a field or a paragraph. */
interface Places {
  title: number
  /** The number of the line at which the text begins. */
  start: number
  /** The numbers of the lines of the text, in ascending order. */
  kept: readonly number[]
  /** The numbers of the lines that became fields of the article. */
  used: readonly number[]
}

/**
 * Returns the lines that are left out. Only an exact label of a page, such as a button, a number beside one, and a line
 * without letters and digits are certain to be furniture. `page` has no repetitions of the title.
 */
export function restOf(page: CapturePage, { title, start, kept, used }: Places): CaptureRest {
  const rest: CaptureRest = { above: [], between: [], inside: [], below: [] }
  const known = new Set([title, ...kept, ...used])
  const last = kept.at(-1) ?? start
  const filled = page.kinds.flatMap((kind, at) => (kind === 'blank' ? [] : [at]))
  const isCounterAt = (place: number) => isCounter(page.lines[filled[place] ?? -1] ?? '')
  // A label between two numbers may be a row of a table: `12`, `Publicité`, `9`.
  const isSureAt = (place: number) =>
    isSure(page, filled[place] ?? -1) && !(isCounterAt(place - 1) && isCounterAt(place + 1))
  for (const [place, at] of filled.entries()) {
    if (known.has(at) || isSureAt(place)) continue
    const line = page.lines[at] ?? ''
    const isBesideLabel = [place - 1, place + 1].some((near) => isSureAt(near))
    if (isCounter(line) && isBesideLabel) continue
    const part = at < title ? 'above' : at < start ? 'between' : at < last ? 'inside' : 'below'
    rest[part].push(line)
  }
  return rest
}

function isSure({ lines, kinds }: CapturePage, at: number): boolean {
  const [line = '', kind = 'blank'] = [lines[at], kinds[at]]
  return kind === 'signs' ? !/\d/.test(line) : isFurnitureKind(kind) && isExactLabel(line)
}

const isCounter = (line: string): boolean => /^\d{1,6}$/.test(line)
