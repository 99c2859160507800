// I/O: reads and writes the store, and sends mails through the port that opens a connection to the mail server.
import type { Choice, ClaimedOptIn } from '../domain/notify.ts'
import { address } from '../domain/site.ts'
import { hashOf } from '../http/token.ts'
import type { Letter } from '../render/mail/letter.ts'
import { renderAddressChange, renderAlready, renderConfirmation } from '../render/mail/request.ts'
import { base64url } from './base64.ts'
import { nameChoices } from './choices.ts'
import { linksFor, messageOf, unlessBad } from './envelope.ts'
import {
  consequenceOf,
  type Heard,
  heardAfter,
  holdMilliseconds,
  maxJobMilliseconds,
  type Stop,
} from './failures.ts'
import type { Sent, Transport } from './mail/transport.ts'
import type { MailPorts } from './ports.ts'

/** Milliseconds after which a mail is sent again whose answer was lost: an address gets one mail in an hour at most. */
const againMilliseconds = 3_600_000

/** The largest number of requests whose mails one job sends. */
const maxRequests = 15

/**
 * Sends the mails that ask for a confirmation, one after another. The token of a mail is made when the mail is sent, and only its hash
 * is stored. If the answer to a mail is lost, it may have arrived: its link stays valid, and it is sent once more, an hour later.
 * An address that has these choices already gets a mail that says so. Each request is read again before its mail is sent,
 * and none is sent of what was erased. The job ends as that of other mails does, and gives up what it has not sent. If mails are left,
 * another job is queued.
 */
export async function sendConfirmations(ports: MailPorts): Promise<void> {
  const { subscribers, bytes, openMail, clock } = ports
  const tokens = Array.from({ length: maxRequests }, () => base64url(bytes(32)))
  const hashes = await Promise.all(tokens.map(hashOf))
  const claimed = await subscribers.claimOptIns(hashes)
  if (claimed.length === 0) return
  const end = clock() + maxJobMilliseconds
  const transport = await openMail()
  let heard: Heard = { hasAccepted: false, lost: 0 }
  let isStopped = false
  try {
    for (const [at, request] of claimed.entries()) {
      const token = tokens[hashes.indexOf(request.tokenHash)] ?? ''
      const result = await deliver(ports, transport, request, token)
      const stop = result && (await store(ports, result.request, result.sent, heard))
      if (result) heard = heardAfter(result.sent, heard)
      if (!stop && clock() < end) continue
      await subscribers.releaseOptIns(claimed.slice(at + 1))
      if (stop && !stop.goesOn) return
      isStopped = true
      break
    }
  } finally {
    await transport.close()
  }
  if (isStopped || claimed.length === maxRequests) await ports.enqueue([{ kind: 'opt-in' }])
}

async function deliver(
  ports: MailPorts,
  transport: Transport,
  claimed: ClaimedOptIn,
  token: string,
): Promise<{ request: ClaimedOptIn; sent: Sent } | undefined> {
  const { tokenHash, number, asked } = claimed
  // The person may have been erased since the job has claimed the request.
  const present = await ports.subscribers.optIn(tokenHash)
  if (!present || present.isDone) return undefined
  const request = { ...claimed, ...present }
  const { address: to, language } = request
  const message = await unlessBad(ports, { table: 'opt_in', id: number }, async () => {
    const letter = await letterOf(ports, request, token)
    return messageOf(ports, { letter, to, language, name: `opt-in ${number} ${asked}` })
  })
  const sent: Sent =
    message === undefined
      ? // As if the server had refused the address: the request is not tried again.
        { kind: 'refused', at: 'recipient', code: 553, text: '' }
      : await transport.send({ from: ports.from.address, to, purpose: 'confirmation' }, message)
  return { request, sent }
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
 * Stores what became of a mail, and returns why the job stops. A mail that the server refuses to this recipient is not tried again, and
 * stops no other one, because the address is that of a stranger.
 */
async function store(
  ports: MailPorts,
  request: ClaimedOptIn,
  sent: Sent,
  heard: Heard,
): Promise<Stop | undefined> {
  const { subscribers, clock, log } = ports
  const now = clock()
  const { asked: since, attempts } = request
  const { told, stops } = consequenceOf(sent, { since, attempts, now, isFailing: false, heard })
  if (told.kind === 'done') {
    await subscribers.recordOptIn(request.number, 'sent')
    return undefined
  }
  const failure = 'failure' in told ? told.failure : told.kind
  const isRefused = sent.kind === 'refused' && sent.at === 'recipient' && sent.code >= 500
  const isMaybeSent = sent.kind === 'lost' && sent.isMaybeAccepted
  const isAgain = isMaybeSent ? !request.hasEarlier : told.kind === 'later' && !isRefused
  const next = isMaybeSent ? now + againMilliseconds : told.kind === 'later' ? told.next : now
  await subscribers.recordOptIn(request.number, { failure, isMaybeSent, ...(isAgain && { next }) })
  log('mail-failed', { about: 'confirmation', failure })
  if (isRefused || !stops) return undefined
  // A mail that the server refuses may be refused because of a stranger's address, so that it does not hold the others.
  if (sent.kind === 'refused') return { goesOn: true }
  if (stops === 'channel') {
    await subscribers.hold('email', now + holdMilliseconds, failure)
    log('mail-held', { failure })
  }
  return { goesOn: stops === 'job' }
}
