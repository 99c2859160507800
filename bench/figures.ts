import type { Environment } from './environment.ts'
import { deltas } from './figures/deltas.ts'
import { imports } from './figures/imports.ts'
import { memory } from './figures/memory.ts'
import { polls } from './figures/polls.ts'
import { redirects } from './figures/redirects.ts'
import { rows } from './figures/rows.ts'
import { saves } from './figures/saves.ts'
import { scale } from './figures/scale.ts'
import { sizes } from './figures/sizes.ts'
import type { Section } from './table.ts'

/** The measurements of the bench, in the order in which a run makes them. */
export const figures = {
  polls,
  scale,
  rows,
  saves,
  imports,
  deltas,
  redirects,
  sizes,
  memory,
} as const satisfies Record<string, (environment: Environment) => Promise<Section>>

export type FigureName = keyof typeof figures
export const figureNames = Object.keys(figures) as FigureName[]
