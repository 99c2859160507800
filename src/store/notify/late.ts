import type { Clock } from '../../domain/ports.ts'
import type { Tell } from '../bad-row.ts'
import { lateStore } from '../late.ts'
import type { notifyStore } from './store.ts'

type Subscribers = ReturnType<typeof notifyStore>

/** The names of all methods; the compiler demands each. */
const methods: Readonly<Record<keyof Subscribers, true>> = {
  addPush: true,
  articlesOfComments: true,
  ask: true,
  choose: true,
  claim: true,
  claimOptIns: true,
  claimStatements: true,
  confirm: true,
  digested: true,
  discussed: true,
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
  isStatementWaiting: true,
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
  recordStatement: true,
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

/** The store `notifyStore`, whose module is loaded at the first call of a method. */
export const lateNotifyStore = (database: D1Database, clock: Clock, tell: Tell): Subscribers =>
  lateStore(methods, async () => (await import('./store.ts')).notifyStore(database, clock, tell))
