import { app } from '../../src/app.ts'
import { type EventName, events, fieldNames } from '../../src/domain/event.ts'
import { api } from '../../src/routes/api/api.ts'

/** A line of the Worker's log. */
export type Line = { event: EventName } & Record<string, unknown>

const routes = new Set(['none', ...[...app.routes, ...api.routes].map(({ path }) => path)])
const methods = new Set(['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'other'])

/** The form of the values of each field that is not a number; the fields that are not named here are plain words. */
const forms: Record<string, (value: string) => boolean> = {
  method: (value) => methods.has(value),
  route: (value) => routes.has(value),
  topic: (value) => /^[^?@\s:]*feed\.\w+(\?[^@\s/:]*)?$/.test(value),
  host: (value) => /^[\w.-]+(:\d+)?$/.test(value),
  // A code of a mail server, with its enhanced status code, or the status of a push service, or why there was none.
  failure: (value) => /^(?:[345]\d\d(?: [45]\.\d{1,3}\.\d{1,3})?|[^@/?\d]*)$/.test(value),
  // The id of a bad row is the only value of a field that an editor may have chosen.
  id: () => true,
  stack: (value) => value.split('\n').every((frame) => /^ +at \S/.test(frame)),
}

/** No address, no query, no key, no address of a person: a text in which nothing but words and punctuation occurs. */
const isWords = (value: string): boolean =>
  /^[\w\s.,:;()…-]*$/.test(value) && !/\d[.:]\d|[\w-]{31}/.test(value)

/** What is wrong with a line of the log; empty if nothing is. */
export function problemsOf(text: string): string[] {
  let line: Record<string, unknown>
  try {
    line = JSON.parse(text) as Record<string, unknown>
  } catch {
    return ['is no JSON']
  }
  if (typeof line !== 'object' || line === null) return ['is no object']
  const { event, ...fields } = line
  if (typeof event !== 'string' || !Object.hasOwn(events, event)) return [`has the unknown event ${event}`]
  const known = fieldNames(event as EventName)
  return Object.entries(fields).flatMap(([name, value]) => {
    if (!known.includes(name)) return [`has the unknown field ${name}`]
    if (typeof value === 'number') return []
    if (typeof value !== 'string') return [`has a field ${name} that is no text and no number`]
    return (forms[name] ?? isWords)(value) ? [] : [`has a field ${name} with the value ${value}`]
  })
}

const taken: string[] = []

/** Adds a line as if the Worker had written it. */
export const addLine = (line: string): void => void taken.push(line)

/** Has everything that is written to the console go to this file, and only what is no event to the console. */
export function captureConsole(): void {
  for (const method of ['debug', 'error', 'info', 'log', 'warn'] as const) {
    const write = console[method].bind(console)
    console[method] = (...values: unknown[]) => {
      addLine(values.map(String).join(' '))
      if (!String(values[0]).startsWith('{"event":')) write(...values)
    }
  }
}

/** Returns the lines that were written since the last call, and forgets them. Throws if a line is not as it must be. */
export function takeLines(): Line[] {
  const lines = taken.splice(0)
  for (const line of lines) {
    const problems = problemsOf(line)
    if (problems.length > 0) throw new Error(`The log line ${line} ${problems.join(', ')}`)
  }
  return lines.map((line) => JSON.parse(line) as Line)
}

/** The names of the errors that were logged since the last call, in order. */
export const errorsLogged = (): EventName[] =>
  takeLines()
    .map(({ event }) => event)
    .filter((event) => events[event].level === 'error')
