import type { SubscriptionsReport } from '../notify/operate.ts'

/** The operations on the people who are told of articles that the command line needs. */
export interface SubscriptionsTarget {
  report: () => Promise<SubscriptionsReport>
  /** Erases a person by the e-mail address; returns how many subscribers had it. */
  erase: (address: string) => Promise<number>
}

/** Returns the operations on the subscriptions of a remote Kiosque; the operations call the API of that Kiosque. */
export function remoteSubscriptions(
  call: (method: string, path: string, body?: string) => Promise<Response>,
): SubscriptionsTarget {
  const ask = async <T>(method: string, body?: object): Promise<T> => {
    const response = await call(method, '/api/subscriptions', body && JSON.stringify(body))
    const answer = (await response.json().catch(() => ({}))) as T & { detail?: string }
    if (!response.ok) throw new Error(answer.detail ?? `The server answered ${response.status}`)
    return answer
  }
  return {
    report: () => ask('GET'),
    erase: async (address) => (await ask<{ erased: number }>('DELETE', { address })).erased,
  }
}

/** Runs the command `subscriptions`. With `erase`, it erases the person with this e-mail address. Returns the lines to print. */
export async function operateSubscriptions(
  target: SubscriptionsTarget,
  { erase, json = false }: { erase?: string | undefined; json?: boolean | undefined },
): Promise<string[]> {
  if (erase !== undefined) {
    const erased = await target.erase(erase)
    if (json) return [JSON.stringify({ erased })]
    return [
      erased === 0
        ? 'no subscription had this address; a request that waited for a confirmation is erased too'
        : `erased: ${counted(erased, 'subscription', 'subscriptions')}`,
    ]
  }
  const report = await target.report()
  return json ? [JSON.stringify(report)] : linesOf(report)
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

/** Returns lines that show an operator what people are told of. The lines contain no address. */
function linesOf(report: SubscriptionsReport): string[] {
  const { choices, waiting, optIns, paused, failing, failedOptIns, holds } = report
  return [
    ...(choices.length === 0 ? ['no subscriptions'] : choices.map(lineOfChoice)),
    ...(paused > 0 ? [`${counted(paused, 'subscriber has', 'subscribers have')} paused`] : []),
    ...(optIns > 0
      ? [counted(optIns, 'request waits for its confirmation', 'requests wait for their confirmation')]
      : []),
    ...(waiting > 0 ? [counted(waiting, 'notification waits', 'notifications wait')] : []),
    ...holds.map(
      ({ channel, since, until, failure }) =>
        `stopped  ${channel}  since ${since}, until ${until}: ${failure}; look at the settings and the account`,
    ),
    ...failing.map(
      ({ number, channel, failures, failure }) =>
        `failing  ${channel}  subscriber ${number}, refused ${counted(failures, 'time', 'times')}, last: ${failure}`,
    ),
    ...failedOptIns.map(
      ({ failure, optIns }) => `not sent  ${counted(optIns, 'confirmation', 'confirmations')}: ${failure}`,
    ),
  ]
}

const lineOfChoice = ({
  selection,
  article,
  schedule,
  channel,
  subscribers,
}: SubscriptionsReport['choices'][number]): string =>
  `${[selection || 'all', article].filter(Boolean).join(' of ')}  ${channel}, ${schedule}  ${counted(subscribers, 'subscriber', 'subscribers')}`
