import { base64url, bytesOf } from '../../src/notify/base64.ts'
import type { PushMessage } from '../../src/render/push.ts'

const curve = { name: 'ECDH', namedCurve: 'P-256' }

/** A browser that is subscribed at a push service. */
export interface TestBrowser {
  endpoint: string
  /** The fields of the form in which the browser tells the site of its subscription. */
  fields: { endpoint: string; p256dh: string; auth: string; server: string }
  /** Decrypts a message, and reads it. */
  read: (message: Uint8Array) => Promise<PushMessage>
}

/** Makes a browser with an endpoint, as `PushManager.subscribe` does with the public key of a site. */
export async function subscribeBrowser(server: string, endpoint: string): Promise<TestBrowser> {
  const pair = (await crypto.subtle.generateKey(curve, true, ['deriveBits'])) as CryptoKeyPair
  const point = new Uint8Array((await crypto.subtle.exportKey('raw', pair.publicKey)) as ArrayBuffer)
  const secret = crypto.getRandomValues(new Uint8Array(16))
  return {
    endpoint,
    fields: { endpoint, p256dh: base64url(point), auth: base64url(secret), server },
    read: async (message) => JSON.parse(await decrypted(message, pair.privateKey, point, secret)),
  }
}

/** Decrypts a message as RFC 8291 §3.4 and RFC 8188 §2 say, with the primitives HMAC and AES-GCM alone. */
async function decrypted(
  message: Uint8Array,
  privateKey: CryptoKey,
  point: Uint8Array,
  secret: Uint8Array,
): Promise<string> {
  const [salt, sender, record] = [message.slice(0, 16), message.slice(21, 86), message.slice(86)]
  const key = await crypto.subtle.importKey('raw', sender, curve, false, [])
  const how = { name: 'ECDH', public: key } as never
  const shared = new Uint8Array(await crypto.subtle.deriveBits(how, privateKey, 256))
  const input = await hmac(await hmac(secret, shared), [text('WebPush: info\0'), point, sender, [1]])
  const content = await hmac(salt, input)
  const cipher = (await hmac(content, [text('Content-Encoding: aes128gcm\0'), [1]])).slice(0, 16)
  const nonce = (await hmac(content, [text('Content-Encoding: nonce\0'), [1]])).slice(0, 12)
  const opened = await crypto.subtle.importKey('raw', cipher, 'AES-GCM', false, ['decrypt'])
  const plain = new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce }, opened, record))
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(
    plain.slice(0, plain.lastIndexOf(2)),
  )
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value)

async function hmac(key: Uint8Array, parts: Uint8Array | Iterable<number>[]): Promise<Uint8Array> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const made = await crypto.subtle.importKey('raw', key, algorithm, false, ['sign'])
  const bytes = parts instanceof Uint8Array ? parts : Uint8Array.from(parts.flatMap((part) => [...part]))
  return new Uint8Array(await crypto.subtle.sign('HMAC', made, bytes))
}

/** The claims of the token in a header Authorization. */
export function claimsIn(authorization: string): { aud: string; exp: number; sub: string } {
  const [, claims = ''] = authorization.split('.')
  return JSON.parse(new TextDecoder().decode(bytesOf(claims)))
}
