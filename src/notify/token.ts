// I/O: neither the store nor the network; waits only for Web Crypto.
import { isEqual } from '../http/token.ts'
import { base64url } from './base64.ts'

/** What a link in a mail allows its holder: to see and change the subscription, or only to end it. */
const purposes = ['manage', 'end'] as const
type Purpose = (typeof purposes)[number]

/** The part of a subscriber on which its links depend. */
interface Linked {
  id: string
  version: number
}

/**
 * Returns the token of a link: the subscriber's id and a keyed hash, so that nothing needs to be stored for it. Links end
 * with the subscriber's version. The first secret signs.
 */
export async function linkToken(
  secrets: readonly string[],
  { id, version }: Linked,
  purpose: Purpose,
): Promise<string> {
  return `${id}.${base64url(await hashWith(secrets[0] ?? '', `${purpose} ${version} ${id}`))}`
}

/** The id in a token that has the form of one; undefined if it has another form. */
export const idIn = (token: string): string | undefined => /^([\w-]{22})\.[\w-]{43}$/.exec(token)?.[1]

/** The largest number of former versions whose links to unsubscribe are valid, so that no token costs many hashes. */
const maxFormerVersions = 20

/**
 * Returns for what a token is valid; undefined if it is not valid for this subscriber. Any of the secrets may have signed. The links of
 * a former version, which are in mails to a former address, can only end the subscription.
 */
export async function purposeOf(
  secrets: readonly string[],
  linked: Linked,
  token: string,
): Promise<Purpose | undefined> {
  const { id, version } = linked
  const former = Array.from({ length: Math.min(version - 1, maxFormerVersions) }, (_, at) => version - 1 - at)
  const links: (readonly [Purpose, Linked])[] = [
    ...purposes.map((purpose) => [purpose, linked] as const),
    ...former.map((one) => ['end', { id, version: one }] as const),
  ]
  let valid: Purpose | undefined
  for (const secret of secrets)
    for (const [purpose, one] of links)
      if (isEqual(await linkToken([secret], one, purpose), token)) valid ??= purpose
  return valid
}

/** The keyed hash of an address, by which one that was erased is recognized without being stored. */
export const addressHash = async (secret: string, address: string): Promise<string> =>
  base64url(await hashWith(secret, `address ${address.toLowerCase()}`))

/**
 * The keyed hash of the e-mail address of who writes or reports a comment. It is another one than that of a person who is told of
 * articles, so that nobody can join the two, and who unsubscribes erases no comment.
 */
export const commenterHash = (secret: string, address: string): Promise<string> =>
  signatureOf(secret, `commenter ${address.toLowerCase()}`)

/** The hashes of an address by all secrets, because earlier comments may have that of a former one. */
export const commenterHashes = (secrets: readonly string[], address: string): Promise<string[]> =>
  Promise.all(secrets.map((secret) => commenterHash(secret, address)))

/**
 * The topic of what a subscriber is told, by which a push service replaces an earlier message about the same. It is another one
 * for each subscriber, so that the push service learns neither what is told nor who is told the same.
 */
export const topicOf = async (secret: string, { id }: Pick<Linked, 'id'>, about: string): Promise<string> =>
  base64url(await hashWith(secret, `topic ${id} ${about}`)).slice(0, topicCharacters)

/** The largest number of characters of a topic (RFC 8030 §5.4). */
const topicCharacters = 32

async function hashWith(secret: string, text: string): Promise<Uint8Array> {
  const encoder = new TextEncoder()
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(text)))
}

/** Returns the keyed hash of a text, by which a text that the site gave away is recognized. */
export const signatureOf = async (secret: string, text: string): Promise<string> =>
  base64url(await hashWith(secret, text))

/** Tells whether the signature of a text was made with one of the secrets. */
export async function isSigned(
  secrets: readonly string[],
  text: string,
  signature: string,
): Promise<boolean> {
  let signed = false
  for (const secret of secrets) if (isEqual(await signatureOf(secret, text), signature)) signed = true
  return signed
}
