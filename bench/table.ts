import { styleText } from 'node:util'
import type { Spread } from './statistics.ts'

/** A part of the report: a heading, a table, and what one must know to read it. */
export interface Section {
  title: string
  columns: readonly string[]
  rows: readonly (readonly string[])[]
  notes?: readonly string[]
}

/** A number with as many digits as it is good for. */
export const figure = (value: number, digits = 0): string =>
  Number.isFinite(value)
    ? value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
    : '–'

/** A median, with the least and the most of the rounds behind it. */
export const spread = ({ median, least, most }: Spread, digits = 0): string =>
  `${figure(median, digits)} (${figure(least, digits)}–${figure(most, digits)})`

/** Whether a target was reached; `wanted` says it in words, such as `≥ 0.9`. */
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

/** The section for a terminal, its columns under each other. */
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
