import type { Clock } from '../../domain/ports.ts'
import type { Tell } from '../bad-row.ts'
import type { notifyStore } from './store.ts'

type Subscribers = ReturnType<typeof notifyStore>

/** The names of all methods; the compiler demands each. */
const methods: Readonly<Record<keyof Subscribers, true>> = {
  addPush: true,
  ask: true,
  choose: true,
  claim: true,
  claimOptIns: true,
  confirm: true,
  digested: true,
  drop: true,
  due: true,
  end: true,
  erase: true,
  eraseAgain: true,
  expire: true,
  exportSubscribers: true,
  find: true,
  furtherData: true,
  hasAny: true,
  heldServices: true,
  hold: true,
  holdService: true,
  keepAddress: true,
  known: true,
  listErased: true,
  markErasedKept: true,
  movePush: true,
  optIn: true,
  pause: true,
  pushesSince: true,
  record: true,
  recordAll: true,
  recordOptIn: true,
  refresh: true,
  release: true,
  releaseOptIns: true,
  restoreSubscribers: true,
  resume: true,
  settle: true,
  settleDigest: true,
  state: true,
  titles: true,
  unkeptErased: true,
}

/** The store `notifyStore`, whose module is loaded at the first call of a method, so that no poll loads it. */
export function lateNotifyStore(database: D1Database, clock: Clock, tell: Tell): Subscribers {
  const open = async () => {
    const { notifyStore } = await import('./store.ts')
    return notifyStore(database, clock, tell)
  }
  let opened: Promise<Subscribers> | undefined
  const late = (name: keyof Subscribers) => {
    return async (...values: never[]): Promise<unknown> => {
      opened ??= open()
      const method = (await opened)[name] as (...values: never[]) => Promise<unknown>
      return method(...values)
    }
  }
  const entries = Object.keys(methods).map((name) => [name, late(name as keyof Subscribers)])
  return Object.fromEntries(entries) as Subscribers
}
