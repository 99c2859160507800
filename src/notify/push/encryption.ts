// I/O: neither the store nor the network; waits only for Web Crypto.
import type { PushKeys } from '../../domain/notify.ts'
import { joined } from '../../http/body.ts'
import { bytesOf } from '../base64.ts'

/** The size of the record, which is the size of a message that every push service accepts (RFC 8030 §7.2). */
const recordBytes = 4096
const saltBytes = 16
const publicKeyBytes = 65
/** The header of the content: the salt, the size of the record, and the key of the sender (RFC 8188 §2.1, RFC 8291 §4). */
const headerBytes = saltBytes + 4 + 1 + publicKeyBytes
/** The byte that ends the last record, and the tag of AES-GCM. */
const overheadBytes = 1 + 16

/** The largest number of bytes of a payload. */
export const maxPayloadBytes = recordBytes - headerBytes - overheadBytes

/** What is made anew for each message: a key pair for ECDH on P-256, and 16 random bytes. */
interface Fresh {
  pair: CryptoKeyPair
  salt: Uint8Array
}

const curve = { name: 'ECDH', namedCurve: 'P-256' }
const encoder = new TextEncoder()

/** Makes a key pair for one message. */
export const freshPair = async (): Promise<CryptoKeyPair> =>
  (await crypto.subtle.generateKey(curve, false, ['deriveBits'])) as CryptoKeyPair

/**
 * Encrypts a payload for a browser with the content coding `aes128gcm`, in one record (RFC 8291, RFC 8188). Throws a
 * RangeError if the payload is too long, and an error if the keys of the browser are none.
 */
export async function encrypt(
  payload: Uint8Array,
  keys: PushKeys,
  { pair, salt }: Fresh,
): Promise<Uint8Array> {
  if (payload.length > maxPayloadBytes)
    throw new RangeError(`a payload has at most ${maxPayloadBytes} bytes, not ${payload.length}`)
  const receiver = bytesOf(keys.p256dh)
  const sender = new Uint8Array((await crypto.subtle.exportKey('raw', pair.publicKey)) as ArrayBuffer)
  const shared = await sharedSecret(pair.privateKey, receiver)
  const info = concat(encoder.encode('WebPush: info\0'), receiver, sender)
  const input = await derive(shared, bytesOf(keys.auth), info, 32)
  const [key, nonce] = await Promise.all([
    derive(input, salt, encoder.encode('Content-Encoding: aes128gcm\0'), 16),
    derive(input, salt, encoder.encode('Content-Encoding: nonce\0'), 12),
  ])
  const cipher = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt'])
  const record = concat(payload, Uint8Array.of(2))
  const encrypted = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, cipher, record)
  const size = new Uint8Array(4)
  new DataView(size.buffer).setUint32(0, recordBytes)
  return concat(salt, size, Uint8Array.of(sender.length), sender, new Uint8Array(encrypted))
}

async function sharedSecret(privateKey: CryptoKey, receiver: Uint8Array): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey('raw', receiver, curve, false, [])
  const algorithm = { name: 'ECDH', public: key }
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm as never, privateKey, 256))
}

/** HKDF with SHA-256 (RFC 5869): both steps, extract and expand. */
async function derive(
  input: Uint8Array,
  salt: Uint8Array,
  info: Uint8Array,
  bytes: number,
): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey('raw', input, 'HKDF', false, ['deriveBits'])
  const algorithm = { name: 'HKDF', hash: 'SHA-256', salt, info }
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, bytes * 8))
}

const concat = (...parts: Uint8Array[]): Uint8Array =>
  joined(
    parts,
    parts.reduce((length, part) => length + part.length, 0),
  )

/** Tells whether the keys of a browser can be used: a point on P-256, and 16 bytes. */
export async function areKeys({ p256dh, auth }: Pick<PushKeys, 'p256dh' | 'auth'>): Promise<boolean> {
  if (!/^[\w-]{87}$/.test(p256dh) || !/^[\w-]{22}$/.test(auth)) return false
  return crypto.subtle.importKey('raw', bytesOf(p256dh), curve, false, []).then(
    () => true,
    () => false,
  )
}
