const machineClock = Date.now

const clock = { aheadMilliseconds: 0 }

// `src/index.ts` takes `Date.now` as its clock when it is loaded. Therefore the Worker of the run imports this
// file first.
Date.now = () => machineClock() + clock.aheadMilliseconds

/** The time of the machine, which `setAhead` does not change. */
export const machineNow = (): number => machineClock()

/** Sets how far the Worker's clock is ahead of the machine's clock. */
export function setAhead(milliseconds: number): void {
  clock.aheadMilliseconds = milliseconds
}
