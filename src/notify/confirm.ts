// I/O: reads and writes the store, and sends mails through the port that opens a connection to the mail server.
import type { Choice, ClaimedOptIn } from '../domain/notify.ts'
import { address } from '../domain/site.ts'
import { hashOf } from '../http/token.ts'
import type { Letter } from '../render/mail/letter.ts'
import { renderAddressChange, renderAlready, renderConfirmation } from '../render/mail/request.ts'
import { nameChoices } from './choices.ts'
import { linksFor, messageOf, unlessBad } from './envelope.ts'
import { consequenceOf, holdMilliseconds } from './failures.ts'
import type { Sent, Transport } from './mail/transport.ts'
import type { MailPorts } from './ports.ts'
import { base64url } from './token.ts'

/** The largest number of requests whose mails one job sends. */
const maxRequests = 20

/**
 * Sends the mails that ask for a confirmation. The token of a mail is made when the mail is sent, and only its hash is stored.
 * An address that has these choices already gets a mail that says so.
 */
export async function sendConfirmations(ports: MailPorts): Promise<void> {
  const { subscribers, bytes, openMail } = ports
  const tokens = Array.from({ length: maxRequests }, () => base64url(bytes(32)))
  const hashes = await Promise.all(tokens.map(hashOf))
  const claimed = await subscribers.claimOptIns(hashes)
  if (claimed.length === 0) return
  const transport = await openMail()
  try {
    for (const request of claimed) {
      const token = tokens[hashes.indexOf(request.tokenHash)] ?? ''
      const sent = await send(ports, transport, request, token)
      if ((await store(ports, request, sent)) === 'stop') return
    }
  } finally {
    await transport.close()
  }
  if (claimed.length === maxRequests) await ports.enqueue([{ kind: 'opt-in' }])
}

async function send(
  ports: MailPorts,
  transport: Transport,
  request: ClaimedOptIn,
  token: string,
): Promise<Sent> {
  const { address: to, language, tokenHash, number } = request
  const message = await unlessBad(ports, { table: 'opt_in', id: number }, async () => {
    const letter = await letterOf(ports, request, token)
    return messageOf(ports, { letter, to, language, name: `opt-in ${tokenHash}` })
  })
  // As if the server had refused the address: the request is not tried again.
  if (message === undefined) return { kind: 'refused', at: 'recipient', code: 553, text: '' }
  return transport.send({ from: ports.from.address, to, purpose: 'confirmation' }, message)
}

async function letterOf(ports: MailPorts, request: ClaimedOptIn, token: string): Promise<Letter> {
  const { site, postal } = ports
  const { language, known, choices, subscriber } = request
  const link = address(site, `subscriptions/${token}`)
  if (subscriber !== undefined) return renderAddressChange(site, { language, postal, link })
  const has = known?.state === 'active' && known.choices.filter((one) => choices.some(isSame(one)))
  if (known && has && has.length === choices.length) {
    const links = await linksFor(ports, known)
    return renderAlready(site, { language, postal, links, choices: await nameChoices(ports, has) })
  }
  return renderConfirmation(site, { language, postal, link, choices: await nameChoices(ports, choices) })
}

const isSame =
  (one: Choice) =>
  (other: Choice): boolean =>
    one.selection === other.selection && one.article === other.article && one.schedule === other.schedule

/**
 * Stores what became of a mail. A mail that the server refuses to this recipient is not tried again, and stops no other one,
 * because the address is that of a stranger.
 */
async function store(ports: MailPorts, request: ClaimedOptIn, sent: Sent): Promise<'stop' | undefined> {
  const { subscribers, clock, log } = ports
  const now = clock()
  const { asked: since, attempts } = request
  const { told, stops } = consequenceOf(sent, { since, attempts, now, isFailing: false, hasAccepted: false })
  if (told.kind === 'done') {
    await subscribers.recordOptIn(request.number, 'sent')
    return undefined
  }
  const failure = 'failure' in told ? told.failure : told.kind
  const isRefused = sent.kind === 'refused' && sent.at === 'recipient' && sent.code >= 500
  const next = told.kind === 'later' && !isRefused ? { next: told.next } : {}
  await subscribers.recordOptIn(request.number, { failure, ...next })
  log('mail-failed', { about: 'confirmation', failure })
  if (isRefused || !stops) return undefined
  // A mail that the server refuses may be refused because of a stranger's address, so that it does not hold the others.
  if (stops === 'channel' && sent.kind === 'lost') {
    await subscribers.hold('email', now + holdMilliseconds, failure)
    log('mail-held', { failure })
  }
  return 'stop'
}
