import type { Edge } from './edge.ts'
import type { Laws } from './laws.ts'
import type { Ledger } from './ledger.ts'
import type { Random } from './random.ts'
import type { Report } from './report.ts'
import type { Saves } from './saves.ts'
import type { Site } from './site.ts'
import type { Subscribers } from './subscribers.ts'
import type { Tally } from './tally.ts'

/** Everything that the actors of a run share. */
export interface Run {
  random: Random
  site: Site
  ledger: Ledger
  laws: Laws
  edge: Edge
  subscribers: Subscribers
  report: Report
  tally: Tally
  /** Whether the actors begin another action. */
  goesOn: () => boolean
  saves: Saves
  /** The number in the name of the section that was renamed last. */
  renamed: { number: number }
}
