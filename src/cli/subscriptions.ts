import type { ErasedAddress } from '../domain/erased.ts'
import type { ErasedPerson } from '../domain/notify-store.ts'
import type { RestoredSubscribers, SubscriberBackups, SubscriberLine } from '../domain/subscriber-line.ts'
import type { SubscriptionsReport } from '../notify/operate.ts'
import { olderVersion } from './older-version.ts'

/** The operations on the people who are told of articles that the command line needs. */
export interface SubscriptionsTarget {
  report: () => Promise<SubscriptionsReport>
  /** Erases a person by the e-mail address or a browser by its endpoint; returns what there was. */
  erase: (address: string) => Promise<ErasedPerson>
  /** Lists the addresses that were erased, page by page. A Kiosque of a former version has none. */
  erased: () => AsyncIterable<ErasedAddress[]>
  /** Erases at most 1000 addresses again. */
  eraseAgain: (addresses: readonly ErasedAddress[]) => Promise<ErasedAgain>
  /** Lists the subscribers with their addresses, page by page, and those that are bad rows. */
  subscribers: () => AsyncIterable<SubscriberPage>
  /** Adds at most 100 subscribers of a backup. `bad` are the places of those that are refused. */
  restore: (lines: readonly SubscriberLine[]) => Promise<RestoredPage>
}

/** How many subscribers ended, and how many comments were deleted. */
export interface ErasedAgain {
  ended: number
  comments: number
}

type SubscriberPage = Pick<Awaited<ReturnType<SubscriberBackups['exportSubscribers']>>, 'subscribers' | 'bad'>
type RestoredPage = RestoredSubscribers & { bad: { at: number; field: string; reason: string }[] }

/** Returns the operations on the subscriptions of a remote Kiosque; the operations call the API of that Kiosque. */
export function remoteSubscriptions(
  call: (method: string, path: string, body?: string) => Promise<Response>,
): SubscriptionsTarget {
  const answerIn = async <T>(response: Response): Promise<T> => {
    if (response.status === 404) throw new Error(olderVersion)
    const answer = (await response.json().catch(() => ({}))) as T & { detail?: string }
    if (!response.ok) throw new Error(answer.detail ?? `The server answered ${response.status}`)
    return answer
  }
  const ask = async <T>(method: string, body?: object, path = '/api/subscriptions'): Promise<T> =>
    answerIn(await call(method, path, body && JSON.stringify(body)))
  return {
    report: () => ask('GET'),
    erase: (address) => ask('DELETE', { address }),

    async *erased() {
      let next: string | undefined = erasedPath
      while (next !== undefined) {
        const response = await call('GET', next)
        if (response.status === 404) return
        const page = await answerIn<{ erased: ErasedAddress[]; next?: string }>(response)
        yield page.erased
        next = page.next
      }
    },

    async *subscribers() {
      let next: string | undefined = backupPath
      while (next !== undefined) {
        const page: SubscriberPage & { next?: string } = await ask('GET', undefined, next)
        yield page
        next = page.next
      }
    },

    restore: (subscribers) => ask('POST', { subscribers }, backupPath),

    async eraseAgain(erased) {
      const sum: ErasedAgain = { ended: 0, comments: 0 }
      let isMore = true
      while (isMore) {
        // A server of a former version has no comments.
        const step = await ask<{ erased: number; comments?: number; isMore?: boolean }>(
          ...(['POST', { erased }, erasedPath] as const),
        )
        sum.ended += step.erased
        sum.comments += step.comments ?? 0
        isMore = step.isMore === true
      }
      return sum
    },
  }
}

/** The address of the list of erased addresses. */
const erasedPath = '/api/subscriptions/erased'

/** The address of the backup of the subscribers. */
const backupPath = '/api/subscriptions/backup'

/** Runs the command `subscriptions`. With `erase`, it erases the person with this e-mail address. Returns the lines to print. */
export async function operateSubscriptions(
  target: Pick<SubscriptionsTarget, 'report' | 'erase'>,
  { erase, json = false }: { erase?: string | undefined; json?: boolean | undefined },
): Promise<string[]> {
  if (erase !== undefined) {
    const erased = await target.erase(erase)
    return [json ? JSON.stringify(erased) : lineOfErasure(erased)]
  }
  const report = await target.report()
  return json ? [JSON.stringify(report)] : linesOf(report)
}

/** Says what was erased: subscriptions, a request that waited for its confirmation, or nothing. */
function lineOfErasure({ erased, requests }: ErasedPerson): string {
  const parts = [
    ...(erased > 0 ? [counted(erased, 'subscription', 'subscriptions')] : []),
    ...(requests > 0
      ? [
          counted(
            requests,
            'request that waited for its confirmation',
            'requests that waited for their confirmation',
          ),
        ]
      : []),
  ]
  if (parts.length > 0) return `erased: ${parts.join(', ')}`
  return 'nothing to erase: neither a subscription nor a request has this address'
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

/** Returns lines that show an operator what people are told of. The lines contain no address. */
function linesOf(report: SubscriptionsReport): string[] {
  const { choices, waiting, optIns, paused, failing, failedOptIns, capped, holds } = report
  return [
    ...(choices.length === 0 ? ['no subscriptions'] : choices.map(lineOfChoice)),
    ...(paused > 0 ? [`${counted(paused, 'subscriber has', 'subscribers have')} paused`] : []),
    ...(optIns > 0
      ? [counted(optIns, 'request waits for its confirmation', 'requests wait for their confirmation')]
      : []),
    ...(waiting > 0 ? [counted(waiting, 'notification waits', 'notifications wait')] : []),
    ...holds.map(({ channel, service, since, until, failure }) =>
      service === undefined
        ? `stopped  ${channel}  since ${since}, until ${until}: ${failure}; look at the settings and the account`
        : `waits    ${channel}  since ${since}, until ${until}: ${failure}; ${service} has asked for that`,
    ),
    ...failing.map(
      ({ number, channel, failures, failure }) =>
        `failing  ${channel}  subscriber ${number}, failed ${counted(failures, 'time', 'times')}, last: ${failure}`,
    ),
    ...failedOptIns.map(
      ({ failure, optIns }) => `not sent  ${counted(optIns, 'confirmation', 'confirmations')}: ${failure}`,
    ),
    ...(capped > 0
      ? [
          `not sent  ${counted(capped, 'confirmation', 'confirmations')} in the last 48 hours: more requests than MAIL_CAP came in an hour`,
        ]
      : []),
  ]
}

const lineOfChoice = ({
  selection,
  article,
  slug,
  schedule,
  channel,
  subscribers,
}: SubscriptionsReport['choices'][number]): string =>
  `${slug ? `${selection}/${slug}` : [selection || 'all', article].filter(Boolean).join(' of ')}  ${channel}, ${schedule}  ${counted(subscribers, 'subscriber', 'subscribers')}`
