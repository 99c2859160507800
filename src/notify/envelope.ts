// I/O: neither the store nor the network; waits only for Web Crypto.

import { localeOf } from '../domain/language.ts'
import type { Subscriber } from '../domain/notify.ts'
import { address } from '../domain/site.ts'
import { hashOf } from '../http/token.ts'
import type { Letter } from '../render/mail/letter.ts'
import { renderMessage } from './mail/message.ts'
import type { MailPorts } from './ports.ts'
import { linkToken } from './token.ts'

type SitePorts = Pick<MailPorts, 'site' | 'secrets' | 'from' | 'clock'>

/** A letter that is to be sent, and what its headers need besides. */
interface Outgoing {
  letter: Letter
  to: string
  language: string
  /** A text that names the message. The same text gives the same Message-ID, also if a message is sent again. */
  name: string
  /** The list to which the message belongs, and the address at which one POST ends it; absent in answers to one person. */
  list?: { name: string; unsubscribe: string }
}

/** The addresses of the pages on which a subscriber changes choices, and ends the subscription. */
export async function linksFor(
  { site, secrets }: Pick<SitePorts, 'site' | 'secrets'>,
  subscriber: Pick<Subscriber, 'id' | 'version'>,
): Promise<{ manage: string; unsubscribe: string }> {
  const linkTo = async (purpose: 'manage' | 'end') =>
    address(site, `subscriptions/${await linkToken(secrets, subscriber, purpose)}`)
  return { manage: await linkTo('manage'), unsubscribe: await linkTo('end') }
}

/**
 * Makes something of the rows of a subscriber; undefined, and logged, if that is impossible because a row is bad. So a bad row
 * stops no message to others. A fault of the store is thrown to the caller.
 */
export async function unlessBad<Made>(
  { log }: Pick<MailPorts, 'log'>,
  { table, id }: { table: 'subscriber' | 'opt_in' | 'statement'; id: number },
  make: () => Promise<Made>,
): Promise<Made | undefined> {
  try {
    return await make()
  } catch (fault) {
    if (!(fault instanceof RangeError || fault instanceof TypeError)) throw fault
    log('bad-row', { table, id, field: undefined, reason: 'no message can be made of it' })
    return undefined
  }
}

/** Makes the whole message of a letter, with the headers of mails that programs send (RFC 3834, RFC 2369, RFC 8058). */
export async function messageOf(
  ports: SitePorts,
  { letter, to, language, name, list }: Outgoing,
): Promise<string> {
  const { site, from, clock } = ports
  const host = new URL(site.url).hostname.replace(/[^\w.-]/g, '')
  return renderMessage({
    ...{ from, to: { address: to }, date: clock(), language: localeOf(language), ...letter },
    id: `${(await hashOf(name)).slice(0, 32)}@${host}`,
    headers: {
      'Auto-Submitted': 'auto-generated',
      ...(list && {
        'List-Unsubscribe': `<${list.unsubscribe}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
    ...(list && { list: { name: site.title, id: `${list.name}.${host}` } }),
  })
}
