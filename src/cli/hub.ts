import { type SubscriptionStateName, subscriptionStates } from '../domain/subscription.ts'
import type { HubReport, SubscriptionReport, Which } from '../hub/operate.ts'

/** The operations on a hub that the command line needs. */
export interface HubTarget {
  report: (topic?: string) => Promise<HubReport>
  redeliver: (which: Which) => Promise<{ subscriptions: number; jobs: number }>
  drop: (number: number) => Promise<boolean>
}

/** Returns the operations on the hub of a remote Kiosque; the operations call the API of that Kiosque. */
export function remoteHub(call: (method: string, path: string) => Promise<Response>): HubTarget {
  const bodyOf = async <T>(response: Response): Promise<T> => {
    const body = (await response.json().catch(() => ({}))) as T & { detail?: string }
    if (!response.ok) throw new Error(body.detail ?? `The server answered ${response.status}`)
    return body
  }
  const ask = async <T>(method: string, path: string): Promise<T> => bodyOf(await call(method, path))
  return {
    report: (topic) => ask('GET', `/api/hub${queryOf({ topic })}`),
    redeliver: (which) => ask('POST', `/api/hub/redeliver${queryOf(which)}`),
    drop: async (number) => {
      const response = await call('DELETE', `/api/hub/subscriptions/${number}`)
      if (!response.ok && response.status !== 404) return bodyOf(response)
      await response.body?.cancel()
      return response.ok
    },
  }
}

function queryOf(fields: object): string {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined)
  return given.length > 0
    ? `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
    : ''
}

/**
 * Runs the command `hub` with its operands. Without an operand, the command shows all topics; with a topic, it
 * shows the subscriptions of the topic. Returns the lines to print.
 */
export async function operateHub(
  hub: HubTarget,
  operands: readonly string[],
  json: boolean,
): Promise<string[]> {
  const [action, what] = operands
  const isAction = action === 'redeliver' || action === 'drop'
  const [extra] = operands.slice(isAction ? 2 : 1)
  if (extra !== undefined) throw new Error(`Cannot take "${extra}": name only one feed or subscription`)
  if (action === 'redeliver') {
    const done = await hub.redeliver(whichIn(what))
    if (json) return [JSON.stringify(done)]
    const callbacks = counted(done.subscriptions, 'failing callback is', 'failing callbacks are')
    return [`${callbacks} called again, ${counted(done.jobs, 'job is', 'jobs are')} done again`]
  }
  if (action === 'drop') {
    const number = Number(numberIn(what))
    if (!(await hub.drop(number))) throw new Error(`Cannot find subscription ${number}`)
    return [json ? JSON.stringify({ dropped: number }) : `dropped ${number}`]
  }
  const report = await hub.report(action)
  return json ? [JSON.stringify(report)] : linesOf(report)
}

/**
 * The number of the subscription to drop. The command takes no feed, because a mistake would end the subscriptions of
 * all readers of the feed.
 */
function numberIn(what = ''): string {
  if (/^\d+$/.test(what)) return what
  if (what === '') throw new Error('Cannot drop: name the number of a subscription')
  throw new Error(
    `Cannot drop "${what}": name the number of one subscription; npx kiosque hub FEED lists the numbers`,
  )
}

const whichIn = (what: string | undefined): Which => {
  if (what === undefined) return {}
  return /^\d+$/.test(what) ? { subscription: Number(what) } : { topic: what }
}

/** What the states of subscriptions mean; the report explains each state that it shows. */
const meanings: Record<SubscriptionStateName, string> = {
  failing: 'the last delivery failed, and is tried again after a pause',
  slow: 'the last delivery succeeded, but took more than 1.5 seconds; it delays no prompt callback',
  pending: 'the newest change has not been delivered yet',
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

/**
 * Returns lines that show the state of the WebSub hub to an operator. The lines contain no callback addresses
 * and no secrets.
 */
export function linesOf(report: HubReport): string[] {
  const { topics, subscriptions, verifications, failed, outbox, dead } = report
  return [
    ...topics.map(lineOfTopic),
    ...(topics.length === 0 ? ['no subscriptions'] : []),
    ...(subscriptions ?? []).map(lineOf),
    ...(verifications > 0
      ? [counted(verifications, 'request waits for its verification', 'requests wait for their verification')]
      : []),
    ...failed.slice(0, maxFailedLines).map(lineOfFailed),
    ...(failed.length > maxFailedLines
      ? [`… and ${failed.length - maxFailedLines} more that did not confirm`]
      : []),
    ...(outbox > 0 ? [counted(outbox, 'save waits to be pushed', 'saves wait to be pushed')] : []),
    ...dead.map(({ at, kind, topic }) => `gave up ${at}  ${kind}${topic ? ` ${topic}` : ''}`),
    ...subscriptionStates
      .filter((state) => topics.some((topic) => topic[state] > 0))
      .map((state) => `(${state}: ${meanings[state]})`),
  ]
}

/** The largest number of lines about failed verifications; `--json` and the API show all. */
const maxFailedLines = 10

const lineOfFailed = ({ host, topic, mode, failures, at, reason }: HubReport['failed'][number]): string =>
  `not confirmed  ${host}  ${topic}  ${mode} failed ${counted(failures, 'time', 'times')}, last ${at}: ${reason}`

function lineOfTopic({ topic, subscriptions, delivered, ...count }: HubReport['topics'][number]): string {
  const states = subscriptionStates.map((state) => `${count[state]} ${state}`)
  const of = counted(subscriptions, 'subscription', 'subscriptions')
  return `${topic}  ${[of, ...states].join(', ')}, last delivery ${delivered ?? 'never'}`
}

function lineOf({ number, host, signed, expires, delivered, ...state }: SubscriptionReport): string {
  const { failing, slowSeconds, pending } = state
  const fares = failing
    ? `failing since ${failing.since} (${counted(failing.attempts, 'time', 'times')}: ${failing.failure}), next try ${failing.next}`
    : `last delivery ${delivered ?? 'never'}${slowSeconds ? `, slow: answered after ${slowSeconds} s` : ''}${pending ? ', pending' : ''}`
  return `  ${number}  ${host}  ${signed ? 'signed' : 'unsigned'}, until ${expires}, ${fares}`
}
