import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Census, Mode } from '../../../src/domain/subscription.ts'
import { slowMilliseconds } from '../../../src/domain/subscription.ts'
import { caps, exceeded, isPrompt, pauseAfter } from '../../../src/hub/protocol/limits.ts'
import { methodFor, signatureOf } from '../../../src/hub/protocol/signature.ts'
import { challengeOf, isConfirmed, questionTo } from '../../../src/hub/protocol/verification.ts'

describe('pauses between tries', () => {
  const minutes = (count: number) => count * 60_000
  test.for([
    [1, minutes(1)],
    [2, minutes(2)],
    [5, minutes(16)],
    [10, minutes(512)],
    [11, minutes(720)],
    [1000, minutes(720)],
  ] as const)('after %i failures: %i ms, and jitter takes up to a quarter', ([failures, whole]) => {
    expect(pauseAfter(failures, 0)).toBe(whole)
    expect(pauseAfter(failures, 0.999999)).toBeGreaterThanOrEqual(whole * 0.75)
  })

  test('law: never shorter than 45 seconds, never longer than half a day', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (count, random) => {
          const pause = pauseAfter(count, random)
          return pause >= 45_000 && pause <= minutes(720)
        },
      ),
    )
  })
})

test('law: the signature is the HMAC that OpenSSL makes of the same bytes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ minLength: 1 }), fc.uint8Array(), async (secret, body) => {
      for (const method of ['sha256', 'sha1'] as const) {
        const expected = createHmac(method, secret).update(body).digest('hex')
        expect(await signatureOf(secret, body, method), method).toBe(`${method}=${expected}`)
      }
    }),
  )
})

describe('the method of the signature', () => {
  const listed = ['old.example', '.social.example']
  const rows: [callback: string, hosts: readonly string[], expected: string][] = [
    ['https://old.example/callback', [], 'sha256'],
    ['https://old.example/callback', listed, 'sha1'],
    ['https://OLD.example:443/callback', listed, 'sha1'],
    ['https://new.example/?old.example', listed, 'sha256'],
    ['https://sub.old.example/', listed, 'sha256'],
    ['https://notold.example/', listed, 'sha256'],
    ['https://social.example/', listed, 'sha1'],
    ['https://a.b.social.example/', listed, 'sha1'],
    ['https://notsocial.example/', listed, 'sha256'],
  ]
  test.for(rows)('for %s, with the hosts %j, is %s', ([callback, hosts, expected]) => {
    expect(methodFor(callback, hosts)).toBe(expected)
  })
})

describe('the question to a callback', () => {
  const rows: [callback: string, expected: string][] = [
    ['https://a.example/', 'https://a.example/?hub.mode=x'],
    ['https://a.example/?k=%20v', 'https://a.example/?k=%20v&hub.mode=x'],
    ['https://a.example/?', 'https://a.example/?hub.mode=x'],
    ['https://a.example/?k=v&', 'https://a.example/?k=v&hub.mode=x'],
    ['https://a.example/?hub.mode=mine', 'https://a.example/?hub.mode=mine&hub.mode=x'],
  ]
  test.for(rows)('%s', ([callback, expected]) => {
    expect(questionTo(callback, { 'hub.mode': 'x' })).toBe(expected)
  })

  test('a challenge is letters and digits, twice as many as bytes', () => {
    expect(challengeOf(new Uint8Array([0, 15, 255]))).toBe('000fff')
  })

  const answers: [what: string, answer: { status: number; text: string }, expected: boolean][] = [
    ['200 and the challenge', { status: 200, text: 'c' }, true],
    ['another success', { status: 299, text: 'c' }, true],
    ['success without it', { status: 200, text: '' }, false],
    ['success with more than it', { status: 200, text: 'c\n' }, false],
    ['the challenge in a page', { status: 200, text: '<p>c</p>' }, false],
    ['less than a success', { status: 199, text: 'c' }, false],
    ['more than one', { status: 300, text: 'c' }, false],
    ['a redirect', { status: 302, text: 'c' }, false],
    ['not found', { status: 404, text: 'c' }, false],
    ['a fault', { status: 500, text: 'c' }, false],
  ]
  test.for(answers)('%s confirms: %s', ([, answer, expected]) =>
    expect(isConfirmed(answer, 'c')).toBe(expected),
  )
})

const prompt: [what: string, last: { attempts: number; took?: number }, prompt: boolean][] = [
  ['one that never got a delivery', { attempts: 0 }, false],
  ['one that answered at once', { attempts: 0, took: 0 }, true],
  ['one that answered within the limit', { attempts: 0, took: slowMilliseconds }, true],
  ['one that answered later', { attempts: 0, took: slowMilliseconds + 1 }, false],
  ['one that failed at once', { attempts: 1, took: 5 }, false],
  ['one that did not answer', { attempts: 1, took: 10_000 }, false],
  ['one that did not answer, and has renewed its subscription since', { attempts: 0, took: 10_000 }, false],
]
test.for(prompt)('%s is known to be prompt: %j %s', ([, last, expected]) => {
  expect(isPrompt(last)).toBe(expected)
})

describe('caps', () => {
  const none: Census = {
    ...{ subscriptions: 0, pending: 0, ofHost: 0, pendingOfHost: 0, pendingOfClient: 0, ofCallback: 0 },
    ...{ renewed: false, waiting: false },
  }
  const { pending, pendingOfHost, pendingOfClient, ...lasting } = caps
  const waiting = { pending, pendingOfHost, pendingOfClient }
  const rows: [name: keyof typeof caps, mode: Mode, held: boolean][] = [
    ['subscriptions', 'subscribe', true],
    ['subscriptions', 'unsubscribe', false],
    ['ofHost', 'subscribe', true],
    ['ofHost', 'unsubscribe', false],
    ['ofCallback', 'subscribe', true],
    ['ofCallback', 'unsubscribe', false],
    ['pending', 'subscribe', true],
    ['pending', 'unsubscribe', true],
    ['pendingOfHost', 'subscribe', true],
    ['pendingOfHost', 'unsubscribe', true],
    ['pendingOfClient', 'subscribe', true],
    ['pendingOfClient', 'unsubscribe', true],
  ]
  test.for(rows)('%s are held against whoever wants to %s: %s', ([name, mode, held]) => {
    expect(exceeded({ ...none, [name]: caps[name] }, mode)).toBe(held ? name : undefined)
    expect(exceeded({ ...none, [name]: caps[name] - 1 }, mode)).toBeUndefined()
  })

  test('a subscription that is there may be renewed however many there are', () => {
    expect(exceeded({ ...none, ...lasting, renewed: true }, 'subscribe')).toBeUndefined()
    expect(exceeded({ ...none, pending: caps.pending, renewed: true }, 'subscribe')).toBe('pending')
  })

  test('a request that replaces one that waits adds none to those that wait', () => {
    expect(exceeded({ ...none, ...waiting, waiting: true }, 'subscribe')).toBeUndefined()
    expect(exceeded({ ...none, ...caps, waiting: true }, 'subscribe')).toBe('subscriptions')
  })
})
