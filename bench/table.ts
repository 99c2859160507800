import { styleText } from 'node:util'
import type { Spread } from './statistics.ts'

/** A section of the report: a heading, a table, and notes for reading the table. */
export interface Section {
  title: string
  columns: readonly string[]
  rows: readonly (readonly string[])[]
  notes?: readonly string[]
}

/** A number with the given number of decimals; a dash if it is not finite. */
export const figure = (value: number, digits = 0): string =>
  Number.isFinite(value)
    ? value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
    : '–'

/** A median, with the smallest and the largest figure of the rounds. */
export const spread = ({ median, least, most }: Spread, digits = 0): string =>
  `${figure(median, digits)} (${figure(least, digits)}–${figure(most, digits)})`

/** Returns the text that says whether a figure meets its target. `wanted` is the target as text, such as `≥ 0.9`. */
export function verdict(value: number, wanted: string): string {
  const [, sign, limit = ''] = /^([≤≥]) ([\d.,]+)/.exec(wanted) ?? []
  const bound = Number(limit.replace(',', ''))
  if (!Number.isFinite(value)) return `not measured, ${wanted}`
  return (sign === '≤' ? value <= bound : value >= bound) ? `met, ${wanted}` : `MISSED, ${wanted}`
}

/** The section as Markdown. */
export function renderMarkdown({ title, columns, rows, notes = [] }: Section): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const table = [line(columns), line(columns.map((_, at) => (at === 0 ? '---' : '---:'))), ...rows.map(line)]
  return [`## ${title}`, '', ...table, ...notes.flatMap((note) => ['', note]), ''].join('\n')
}

/** The section as text for a terminal, with aligned columns. */
export function renderTerminal({ title, columns, rows, notes = [] }: Section): string {
  const widths = columns.map((name, at) => Math.max(name.length, ...rows.map((row) => row[at]?.length ?? 0)))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd()
  return ['', styleText('bold', title), styleText('dim', line(columns)), ...rows.map(line), ...notes].join(
    '\n',
  )
}
