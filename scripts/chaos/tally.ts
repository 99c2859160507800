/**
 * What must happen in a run at least once, so that no law holds only because nothing has tested it.
 */
const needed = [
  ...[
    'reads',
    'answered 304',
    'deltas',
    'writes acknowledged',
    'writes without answer',
    'withdrawals',
    'renames',
  ],
  ...[
    'embargoes ended',
    'kills',
    'kills after a write',
    'failed statements',
    'deliveries',
    'refused deliveries',
  ],
  ...['purges', 'refused purges', 'changes of charge', 'dates compared', 'tags compared', 'copies purged'],
] as const

/** The kinds of events that the run counts. */
type Counted =
  | (typeof needed)[number]
  | 'unconfirmed answers'
  | 'copies compared'
  | 'reads refused'
  | 'cron failed'

export interface Tally {
  add: (what: Counted, times?: number) => void
  /** The kinds of events that must happen and have not happened. */
  missing: () => Counted[]
  text: () => string
}

export function openTally(): Tally {
  const counts = new Map<Counted, number>(needed.map((what) => [what, 0]))
  return {
    add: (what, times = 1) => counts.set(what, (counts.get(what) ?? 0) + times),
    missing: () => needed.filter((what) => counts.get(what) === 0),
    text: () => [...counts].map(([what, count]) => `${count} ${what}`).join(', '),
  }
}
