// I/O: reads and writes the store, and calls the hub and the edge cache through the ports of the duties.
import type { Log } from '../domain/ports.ts'

/** What cron's duties do, as functions without arguments. */
export interface DutyPorts {
  takeCharge: () => Promise<unknown>
  release: () => Promise<unknown>
  takeUp: () => Promise<unknown>
  /** Does the hub's work of the cron run; without a hub, deletes what waits for it. */
  sweep: () => Promise<unknown>
  /** Tells people what they have yet to be told; without mail and Web Push, keeps it for three days. */
  tell: () => Promise<unknown>
  /** Writes erased addresses into their bucket that it does not have yet; without a bucket, does nothing. */
  keepErased: () => Promise<unknown>
  fillCodes: () => Promise<unknown>
  log: Log
}

/** One task of the cron run. `why` completes the sentence "Without this duty, …". */
interface Duty {
  name: string
  why: string
  run: (ports: DutyPorts) => Promise<unknown>
}

/** The tasks of each cron run, in their order. */
export const duties: readonly Duty[] = [
  {
    name: 'charge',
    why: 'no version would send Last-Modified after a deployment or a rollback',
    run: ({ takeCharge }) => takeCharge(),
  },
  {
    name: 'release',
    why: 'embargoes would end, and articles would expire, only when a reader asks',
    run: ({ release }) => release(),
  },
  {
    name: 'purge',
    why: 'the edge would keep old copies after a save whose answer was lost or whose Worker was killed',
    run: ({ takeUp }) => takeUp(),
  },
  {
    name: 'hub',
    why: 'deliveries and verifications whose message was lost would never be repeated, and subscriptions would not end',
    run: ({ sweep }) => sweep(),
  },
  {
    name: 'notify',
    why: 'people would not be told whose message was lost, and no digest would be sent',
    run: ({ tell }) => tell(),
  },
  {
    name: 'erased',
    why: 'an address that was erased while the bucket did not answer would come back with a restore of the database',
    run: ({ keepErased }) => keepErased(),
  },
  {
    name: 'codes',
    why: 'articles that an old version of Kiosque stored would have no short links',
    run: ({ fillCodes }) => fillCodes(),
  },
]

/** Runs all duties, one after another. A duty that fails is logged, and stops no other duty. */
export async function runDuties(ports: DutyPorts): Promise<void> {
  for (const { name, run } of duties) {
    try {
      await run(ports)
    } catch (fault) {
      ports.log('duty-failed', { duty: name, fault })
    }
  }
}
