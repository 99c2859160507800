import { describeFault, maxLogCharacters } from './fault.ts'

/** What the Worker logs about one kind of event. */
interface EventKind {
  level: 'error' | 'info'
  /** The fields of the line, in order. In place of `fault`, the line has the fields `message` and `stack`. */
  fields: readonly string[]
}

/**
 * The events that the Worker logs. No field contains what a client sent, with two exceptions: the host of a callback,
 * and the topic of a subscription, which is the address of an existing feed. docs/logs.md describes each event.
 */
export const events = {
  request: { level: 'info', fields: ['method', 'route', 'status', 'milliseconds', 'of'] },
  fault: { level: 'error', fields: ['method', 'route', 'fault'] },
  'bulk-import-failed': { level: 'error', fields: ['fault'] },
  'store-not-answering': { level: 'error', fields: ['heads', 'fault'] },
  'store-not-writable': { level: 'error', fields: ['write', 'fault'] },
  'bad-row': { level: 'error', fields: ['table', 'id', 'field', 'reason'] },
  'count-lost': { level: 'error', fields: ['count', 'fault'] },
  'duty-failed': { level: 'error', fields: ['duty', 'fault'] },
  'invalidation-failed': { level: 'error', fields: ['purges', 'fault'] },
  'invalidation-refused': { level: 'error', fields: ['purges'] },
  'take-up-failed': { level: 'error', fields: ['fault'] },
  'wake-failed': { level: 'error', fields: ['fault'] },
  'enqueue-failed': { level: 'error', fields: ['jobs', 'fault'] },
  'batch-failed': { level: 'error', fields: ['queue', 'messages', 'fault'] },
  'job-failed': { level: 'error', fields: ['queue', 'attempts', 'fault'] },
  'late-call-failed': { level: 'error', fields: ['fault'] },
  subscribed: { level: 'info', fields: ['topic', 'host'] },
  unsubscribed: { level: 'info', fields: ['host'] },
  'verification-failed': { level: 'info', fields: ['topic', 'host', 'mode', 'reason'] },
  'secret-changed': { level: 'info', fields: ['topic', 'host'] },
  delivered: { level: 'info', fields: ['topic', 'revision', 'taken', 'failed', 'gone'] },
  'callbacks-slow': { level: 'info', fields: ['topic', 'delayed'] },
  'mail-failed': { level: 'error', fields: ['about', 'failure'] },
  'mail-capped': { level: 'error', fields: ['cap'] },
  'mail-held': { level: 'error', fields: ['failure'] },
  'erasure-not-kept': { level: 'error', fields: ['fault'] },
  pushed: { level: 'info', fields: ['accepted', 'gone'] },
  'push-failed': { level: 'error', fields: ['host', 'failure', 'messages'] },
  'push-held': { level: 'error', fields: ['host', 'failure'] },
  'comment-check-failed': { level: 'error', fields: ['service', 'failure'] },
  'leases-ended': { level: 'info', fields: ['subscriptions'] },
  'topic-ended': { level: 'info', fields: ['topic', 'subscriptions'] },
} as const satisfies Record<string, EventKind>

export type EventName = keyof typeof events

/** The fields that an event is logged with. A field with the value undefined is left out of the line. */
export type FieldsOf<Name extends EventName> = {
  [Field in (typeof events)[Name]['fields'][number]]: Field extends 'fault'
    ? unknown
    : string | number | undefined
}

/** The names of the fields that the lines of an event may have, in order. */
export const fieldNames = (name: EventName): string[] =>
  events[name].fields.flatMap((field: string) => (field === 'fault' ? ['message', 'stack'] : [field]))

/**
 * Returns the line that is logged for an event: one JSON object. Texts are shortened, and a fault becomes a message and
 * a stack that contain nothing of what a client sent (`describeFault`).
 */
export function lineOf<Name extends EventName>(event: Name, fields: FieldsOf<Name>): string {
  const given = fields as Record<string, unknown>
  const { fields: names }: EventKind = events[event]
  const entries = names.flatMap((name): [string, unknown][] =>
    name === 'fault' ? Object.entries(describeFault(given.fault)) : [[name, shortened(given[name])]],
  )
  return JSON.stringify({ event, ...Object.fromEntries(entries) })
}

const shortened = (value: unknown): unknown =>
  typeof value === 'string' ? value.slice(0, maxLogCharacters).toWellFormed() : value
