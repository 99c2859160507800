// I/O: neither the store nor the network; waits only for Web Crypto.
import type { VapidKeys } from '../../domain/push.ts'
import { base64url, bytesOf } from '../base64.ts'

/** Seconds for which a token is valid: half of what push services allow (RFC 8292 §2). */
const tokenSeconds = 43_200

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
const encoded = (value: object): string => base64url(new TextEncoder().encode(JSON.stringify(value)))

/**
 * Returns a function that makes the header Authorization of messages to a push service: a token that the private key has
 * signed, and the public key (RFC 8292 §3). `subject` is where the operator of the push service can write. There is one token
 * for each push service, so that few are signed.
 */
export function openVapid(
  { publicKey, privateKey }: VapidKeys,
  subject: string,
  now: number,
): (endpoint: string) => Promise<string> {
  const tokens = new Map<string, Promise<string>>()
  let key: Promise<CryptoKey> | undefined
  const sign = async (audience: string): Promise<string> => {
    key ??= crypto.subtle.importKey('jwk', jwkOf(publicKey, privateKey), algorithm, false, ['sign'])
    const claims = { aud: audience, exp: Math.floor(now / 1000) + tokenSeconds, sub: subject }
    const text = `${encoded({ typ: 'JWT', alg: 'ES256' })}.${encoded(claims)}`
    const how = { name: 'ECDSA', hash: 'SHA-256' }
    const signature = await crypto.subtle.sign(how, await key, new TextEncoder().encode(text))
    return `${text}.${base64url(new Uint8Array(signature))}`
  }
  return async (endpoint) => {
    const { origin } = new URL(endpoint)
    const token = tokens.get(origin) ?? sign(origin)
    tokens.set(origin, token)
    return `vapid t=${await token}, k=${publicKey}`
  }
}

function jwkOf(publicKey: string, privateKey: string): JsonWebKey {
  const point = bytesOf(publicKey)
  const [x, y] = [base64url(point.subarray(1, 33)), base64url(point.subarray(33))]
  return { kty: 'EC', crv: 'P-256', x, y, d: privateKey }
}

/** Makes a key pair for the setting VAPID_KEYS. */
export async function makeVapidKeys(): Promise<VapidKeys> {
  const pair = (await crypto.subtle.generateKey(algorithm, true, ['sign'])) as CryptoKeyPair
  const [point, jwk] = await Promise.all([
    crypto.subtle.exportKey('raw', pair.publicKey),
    crypto.subtle.exportKey('jwk', pair.privateKey),
  ])
  const { d = '' } = jwk as JsonWebKey
  return { publicKey: base64url(new Uint8Array(point as ArrayBuffer)), privateKey: d }
}
