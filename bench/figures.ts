import { imports } from './figures/imports.ts'
import { memory } from './figures/memory.ts'
import { polls } from './figures/polls.ts'
import { rows } from './figures/rows.ts'
import { sizes } from './figures/sizes.ts'
import type { House } from './house.ts'
import type { Section } from './table.ts'

/** What one run measures, in its order; those that save something come last. */
export const figures = {
  polls,
  rows,
  sizes,
  memory,
  imports,
} as const satisfies Record<string, (house: House) => Promise<Section>>

export type FigureName = keyof typeof figures
export const figureNames = Object.keys(figures) as FigureName[]
