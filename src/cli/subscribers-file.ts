import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { type CommenterLine, isCommenterKind, maxCommenterLines } from '../domain/commenter-line.ts'
import { rfc3339 } from '../domain/instant.ts'
import { type BadSubscriber, maxSubscriberLines, type SubscriberLine } from '../domain/subscriber-line.ts'
import type { CommentersTarget } from './commenters.ts'
import { portionsOf } from './portions.ts'
import type { SubscriptionsTarget } from './subscriptions.ts'

/** Milliseconds after which a backup of subscribers is refused: less than the time for which erased addresses are kept. */
const maxAgeMilliseconds = 365 * 86_400_000

/** The first line of the file, which the others follow as JSON, one subscriber on each. */
interface Header {
  kind: 'subscriptions'
  /** RFC 3339. */
  exported: string
  subscribers: number
}

/** The operations of a Kiosque on the people in the file: subscribers, and the addresses of those who comment. */
interface People<
  OnSubscribers extends keyof SubscriptionsTarget,
  OnAddresses extends keyof CommentersTarget,
> {
  subscriptions: Pick<SubscriptionsTarget, OnSubscribers>
  comments: Pick<CommentersTarget, OnAddresses>
}

/**
 * Writes all subscribers of a Kiosque, and the e-mail addresses of comments and of their reports, to a file that is encrypted with a passphrase in the format of age (age-encryption.org/v1). The
 * instant in it is that of the begin. Returns how many subscribers there are, how many have ended besides, how many addresses of
 * comments there are, and the subscribers that could not be exported.
 */
export async function exportSubscribers(
  { subscriptions, comments }: People<'subscribers', 'addresses'>,
  { file, passphrase, now }: { file: string; passphrase: string; now: number },
): Promise<{ subscribers: number; ended: number; addresses: number; bad: BadSubscriber[] }> {
  const lines: string[] = []
  let ended = 0
  const bad: BadSubscriber[] = []
  for await (const page of subscriptions.subscribers()) {
    lines.push(...page.subscribers.map((one) => JSON.stringify(one)))
    ended += page.subscribers.filter(({ state }) => state === 'ended').length
    bad.push(...page.bad)
  }
  const subscribers = lines.length - ended
  let addresses = 0
  for await (const page of comments.addresses()) {
    lines.push(...page.map((one) => JSON.stringify(one)))
    addresses += page.length
  }
  const header: Header = { kind: 'subscriptions', exported: rfc3339(now), subscribers: lines.length }
  const text = [JSON.stringify(header), ...lines].map((line) => `${line}\n`).join('')
  // Loaded here, because only these commands need it.
  const { Encrypter } = await import('age-encryption')
  const encrypter = new Encrypter()
  encrypter.setPassphrase(passphrase)
  // A process that is killed while it writes must not leave half of a backup.
  const written = `${file}.${process.pid}.new`
  writeFileSync(written, await encrypter.encrypt(text), { mode: 0o600 })
  renameSync(written, file)
  return { subscribers, ended, addresses, bad }
}

/** Reads and checks a file of subscribers. Throws with a sentence if it cannot be used. */
export async function readSubscribers(file: string, passphrase: string, now: number): Promise<string[]> {
  const [first = '', ...lines] = (await decrypted(file, passphrase)).split('\n').filter(Boolean)
  const { kind, exported, subscribers } = headerIn(first)
  if (kind !== 'subscriptions' || subscribers !== lines.length || !(Date.parse(exported ?? '') > 0))
    throw new Error(`Cannot import "${file}": it is no backup of subscribers`)
  if (now - Date.parse(exported ?? '') > maxAgeMilliseconds)
    throw new Error(
      `Cannot import "${file}": it was exported on ${exported?.slice(0, 10)}, more than a year ago; who has unsubscribed since is not known for so long`,
    )
  return lines
}

function headerIn(line: string): Partial<Header> {
  try {
    return JSON.parse(line) ?? {}
  } catch {
    return {}
  }
}

async function decrypted(file: string, passphrase: string): Promise<string> {
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch (fault) {
    throw new Error(`Cannot read "${file}": ${(fault as NodeJS.ErrnoException).code}`)
  }
  const { Decrypter } = await import('age-encryption')
  const decrypter = new Decrypter()
  decrypter.addPassphrase(passphrase)
  try {
    return await decrypter.decrypt(bytes, 'text')
  } catch (fault) {
    const isPassphrase = /no identity matched/.test((fault as Error).message)
    throw new Error(
      isPassphrase
        ? `Cannot read "${file}": the passphrase is wrong`
        : `Cannot read "${file}": it is damaged, or was not encrypted by age with a passphrase`,
    )
  }
}

/** What became of the subscribers of a file, and how many comments and reports got their addresses. `bad` are the numbers of their lines in it, with the reasons. */
interface Imported {
  restored: number
  unchanged: number
  erased: number
  addresses: number
  bad: { line: number; field: string; reason: string }[]
}

/** Adds the subscribers in the lines of a file to a Kiosque. Nobody is told of anything by that. */
export async function importSubscribers(
  { subscriptions, comments }: People<'restore', 'restoreAddresses'>,
  lines: readonly string[],
): Promise<Imported> {
  const sum: Imported = { restored: 0, unchanged: 0, erased: 0, addresses: 0, bad: [] }
  let before = 0
  // The addresses of comments come after the subscribers.
  const first = lines.findIndex((line) => isCommenterKind(JSON.parse(line)))
  const end = first === -1 ? lines.length : first
  for (const portion of portionsOf(lines.slice(0, end), {
    maxLines: maxSubscriberLines,
    maxBytes: maxPortionBytes,
  })) {
    const one = await subscriptions.restore(portion.map((line) => JSON.parse(line) as SubscriberLine))
    sum.restored += one.restored
    sum.unchanged += one.unchanged
    sum.erased += one.erased
    // The first line of the file is the header, and people count from 1.
    for (const { at, field, reason } of one.bad) sum.bad.push({ line: before + at + 2, field, reason })
    before += portion.length
  }
  const ofComments = { maxLines: maxCommenterLines, maxBytes: maxPortionBytes }
  for (const portion of portionsOf(lines.slice(end), ofComments)) {
    const one = await comments.restoreAddresses(portion.map((line) => JSON.parse(line) as CommenterLine))
    sum.addresses += one.restored
    for (const { at, field, reason } of one.bad) sum.bad.push({ line: before + at + 2, field, reason })
    before += portion.length
  }
  return sum
}

/** The largest number of bytes of lines in one request; the API takes a body of a mebibyte. */
const maxPortionBytes = 900_000
