// I/O: reads the store.
import { rfc3339 } from '../domain/instant.ts'
import type { Choice, Consent, Subscriber } from '../domain/notify.ts'
import { allArticles, fieldOf } from '../domain/notify-choice.ts'
import type { NotifyStore } from '../domain/notify-store.ts'
import { nameChoices } from './choices.ts'
import type { NotifyPorts } from './ports.ts'

type ExportPorts = Pick<NotifyPorts, 'store' | 'clock'> & {
  subscribers: Pick<NotifyStore, 'titles' | 'articlesOfComments' | 'furtherData'>
}

/**
 * Returns all that is stored about a subscriber, for the person who asks for it. Only secrets are named without their values: the
 * hashes of the address and of former ones, and the keys with which messages to a browser are encrypted.
 */
export async function exportSubscriber(ports: ExportPorts, subscriber: Subscriber): Promise<object> {
  const { number, id, version, channel, address, keys, language, state, created, told } = subscriber
  const { choices, proof, shown } = subscriber
  const [further, named] = await Promise.all([
    ports.subscribers.furtherData(number),
    nameChoices(ports, choices),
  ])
  const nameOf = (choice: Choice) => named.find(isOf(choice))
  const written = (choice: Choice) => {
    const name = nameOf(choice)
    const { selection, article, schedule } = choice
    const known = name
      ? { selection: fieldOf(name), title: name.title }
      : { selection: selection || allArticles }
    return { ...known, ...(article !== undefined && { article }), when: schedule }
  }
  const consentOf = ({ at, words, choices }: Consent) => ({
    ...{ at: rfc3339(at), words },
    ...(choices && { choices: choices.map(written) }),
  })
  return {
    ...{ id, version, channel, address, language, state, created: rfc3339(created) },
    ...(further && { confirmed: rfc3339(further.confirmed) }),
    ...(told !== undefined && { told: rfc3339(told) }),
    ...(further?.paused !== undefined && { paused: rfc3339(further.paused) }),
    failures: {
      count: further?.failures ?? 0,
      ...(further?.refused !== undefined && { since: rfc3339(further.refused) }),
      ...(further?.failure && { last: further.failure }),
    },
    keptWithoutValue: [
      'address hash',
      ...(further?.formerAddresses ? ['hashes of former addresses'] : []),
      ...(keys ? ['push key p256dh', 'push key auth'] : []),
    ],
    ...(keys && { pushKeyOfSite: keys.server }),
    consent: consentOf(proof),
    laterConsents: (proof.later ?? []).map(consentOf),
    choices: choices.map((choice) => {
      const until = further?.digests.find(isOf(choice))?.told
      return {
        ...written(choice),
        since: rfc3339(choice.since),
        ...(choice.rests && { digestsToCome: choice.rests }),
        ...(until !== undefined && { digestUntil: rfc3339(until) }),
      }
    }),
    ...(shown && {
      digestsShown: Object.entries(shown).map(([schedule, { at, articles }]) => ({
        schedule,
        at: rfc3339(at),
        articles,
      })),
    }),
    ...(channel === 'webpush' && { articlesShown: (further?.articlesShown ?? []).map(datedArticle) }),
    articlesTold: (further?.articlesTold ?? []).map(datedArticle),
    waiting: (further?.waiting ?? []).map(({ event, since }) => ({ event, since: rfc3339(since) })),
    requests: (further?.requests ?? []).map(({ asked, choices, ...request }) => ({
      ...request,
      asked: rfc3339(asked),
      choices: choices.map(written),
    })),
  }
}

const datedArticle = ({ article, at }: { article: string; at: number }) => ({ article, at: rfc3339(at) })

const isOf =
  ({ selection, article = '' }: Pick<Choice, 'selection' | 'article'>) =>
  (other: Pick<Choice, 'selection' | 'article'>): boolean =>
    other.selection === selection && (other.article ?? '') === article
