import { hexOf } from '../../domain/hex.ts'
import { isHostNamed } from '../../domain/hosts.ts'

/** The hash functions with which the hub signs, by the name that the header gives (WebSub §7.1). */
const hashes = { sha1: 'SHA-1', sha256: 'SHA-256' } as const

type Method = keyof typeof hashes

/** The method with which deliveries to a callback are signed: sha1 if the callback's host is listed, otherwise sha256. */
export const methodFor = (callback: string, sha1Hosts: readonly string[]): Method =>
  isHostNamed(new URL(callback).hostname, sha1Hosts) ? 'sha1' : 'sha256'

/** The value of the X-Hub-Signature header: the HMAC of the delivered body's exact bytes (WebSub §7.1). */
export async function signatureOf(secret: string, body: Uint8Array, method: Method): Promise<string> {
  const algorithm = { name: 'HMAC', hash: hashes[method] }
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(secret), algorithm, false, [
    'sign',
  ])
  const signature = new Uint8Array(await crypto.subtle.sign('HMAC', key, body))
  return `${method}=${hexOf(signature)}`
}
