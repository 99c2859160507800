import { createECDH, randomBytes } from 'node:crypto'
import { decrypt } from 'http_ece'
import { describe, expect, test } from 'vitest'
import { base64url, bytesOf } from '../../../src/notify/base64.ts'
import { areKeys, encrypt, freshPair, maxPayloadBytes } from '../../../src/notify/push/encryption.ts'

/** The example of RFC 8291, Appendix A. */
const example = {
  plaintext: 'V2hlbiBJIGdyb3cgdXAsIEkgd2FudCB0byBiZSBhIHdhdGVybWVsb24',
  senderPublic: 'BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8',
  senderPrivate: 'yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw',
  p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  salt: 'DGv6ra1nlYgDCS1FRnbzlw',
  message:
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
}

const curve = { name: 'ECDH', namedCurve: 'P-256' }

async function pairOf(publicKey: string, privateKey: string): Promise<CryptoKeyPair> {
  const point = bytesOf(publicKey)
  const [x, y] = [base64url(point.subarray(1, 33)), base64url(point.subarray(33))]
  const jwk = { kty: 'EC', crv: 'P-256', x, y }
  return {
    publicKey: await crypto.subtle.importKey('jwk', jwk, curve, true, []),
    privateKey: await crypto.subtle.importKey('jwk', { ...jwk, d: privateKey }, curve, false, ['deriveBits']),
  }
}

/** A browser with its own keys, which reads messages with a library of another project. */
function browser() {
  const pair = createECDH('prime256v1')
  const p256dh = pair.generateKeys('base64url')
  const authSecret = randomBytes(16)
  const keys = { p256dh, auth: authSecret.toString('base64url'), server: '' }
  const read = (message: Uint8Array) =>
    decrypt(Buffer.from(message), { version: 'aes128gcm', privateKey: pair, authSecret }).toString('utf8')
  return { keys, read }
}

test('the example of RFC 8291 gives the message of the RFC', async () => {
  const { senderPublic, senderPrivate, p256dh, auth, salt, message } = example
  const fresh = { pair: await pairOf(senderPublic, senderPrivate), salt: bytesOf(salt) }
  const encrypted = await encrypt(bytesOf(example.plaintext), { p256dh, auth, server: '' }, fresh)
  expect(base64url(encrypted)).toBe(message)
})

test.for([0, 1, 100, maxPayloadBytes])('another project reads a payload of %i bytes', async (length) => {
  const { keys, read } = browser()
  const text = 'é'.repeat(Math.floor(length / 2)) + 'a'.repeat(length % 2)
  const fresh = { pair: await freshPair(), salt: randomBytes(16) }
  const message = await encrypt(new TextEncoder().encode(text), keys, fresh)
  expect(read(message)).toBe(text)
  expect(message.length).toBe(length + 103)
  expect(message.length).toBeLessThanOrEqual(4096)
})

test('a payload that is one byte too long is refused', async () => {
  const { keys } = browser()
  const fresh = { pair: await freshPair(), salt: randomBytes(16) }
  await expect(encrypt(new Uint8Array(maxPayloadBytes + 1), keys, fresh)).rejects.toThrow(RangeError)
})

test('no other browser reads a message', async () => {
  const [one, other] = [browser(), browser()]
  const fresh = { pair: await freshPair(), salt: randomBytes(16) }
  const message = await encrypt(new TextEncoder().encode('Bonjour'), one.keys, fresh)
  expect(() => other.read(message)).toThrow()
})

describe('the keys of a browser', () => {
  const { p256dh, auth } = example
  test.for<[what: string, keys: { p256dh: string; auth: string }, right: boolean]>([
    ['right', { p256dh, auth }, true],
    ['empty', { p256dh: '', auth: '' }, false],
    ['a short secret', { p256dh, auth: auth.slice(1) }, false],
    ['a long secret', { p256dh, auth: `${auth}A` }, false],
    ['another alphabet', { p256dh: p256dh.replaceAll('_', '/').replaceAll('-', '+'), auth }, false],
    ['a short point', { p256dh: p256dh.slice(0, -1), auth }, false],
    ['a point that is not on the curve', { p256dh: `${p256dh.slice(0, -3)}AAA`, auth }, false],
    ['a compressed point', { p256dh: `A${p256dh.slice(1)}`, auth }, false],
  ])('%s: %s', async ([, keys, right]) => {
    expect(await areKeys(keys)).toBe(right)
  })
})
