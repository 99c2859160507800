import type { Step } from './steps.ts'
import type { World } from './world.ts'

/**
 * A condition that the test site must meet while a test performs random steps on it: after each step, or
 * after the last step.
 */
export interface Invariant {
  name: string
  /**
   * Checks the site directly after a step. Later the test polls some addresses, and a poll carries out the
   * scheduled changes that are due.
   */
  between?: (world: World) => Promise<void> | void
  after?: (world: World, step: Step) => Promise<void> | void
  atEnd?: (world: World) => Promise<void> | void
}
