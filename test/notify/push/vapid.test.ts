import { createPublicKey, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { bytesOf } from '../../../src/notify/base64.ts'
import { makeVapidKeys, openVapid } from '../../../src/notify/push/vapid.ts'

const now = Date.parse('2026-11-30T12:00:00Z')
const subject = 'mailto:flux@kiosque.example'

/** Reads the header Authorization as a push service does: checks the signature with the public key in it. */
function read(header: string) {
  const [, token = '', publicKey = ''] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(header) ?? []
  const [head = '', claims = '', signature = ''] = token.split('.')
  const point = Buffer.from(publicKey, 'base64url')
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')]
  const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  const isRight = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  const parsed = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString())
  return { publicKey, isRight, head: parsed(head), claims: parsed(claims) }
}

test('a message is signed for the origin of the push service, for twelve hours (RFC 8292)', async () => {
  const keys = await makeVapidKeys()
  const sign = openVapid(keys, subject, now)
  const header = await sign('https://fcm.googleapis.com/fcm/send/abc')
  expect(read(header)).toEqual({
    publicKey: keys.publicKey,
    isRight: true,
    head: { typ: 'JWT', alg: 'ES256' },
    claims: { aud: 'https://fcm.googleapis.com', exp: now / 1000 + 43_200, sub: subject },
  })
})

test('one token is made for each push service', async () => {
  const sign = openVapid(await makeVapidKeys(), subject, now)
  const [one, same, other] = await Promise.all(
    ['https://fcm.googleapis.com/a', 'https://fcm.googleapis.com/b', 'https://web.push.apple.com/a'].map(
      sign,
    ),
  )
  expect(one).toBe(same)
  expect(read(other ?? '').claims.aud).toBe('https://web.push.apple.com')
})

test('keys are a point of 65 bytes and a number of 32, and others each time', async () => {
  const [one, other] = [await makeVapidKeys(), await makeVapidKeys()]
  expect([bytesOf(one.publicKey).length, bytesOf(one.privateKey).length]).toEqual([65, 32])
  expect(one.publicKey).not.toBe(other.publicKey)
})

test('keys that are no pair sign nothing', async () => {
  const [one, other] = [await makeVapidKeys(), await makeVapidKeys()]
  const sign = openVapid({ ...one, privateKey: other.privateKey }, subject, now)
  const header = await sign('https://fcm.googleapis.com/a').catch(() => undefined)
  expect(header === undefined || !read(header).isRight).toBe(true)
})
