import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { turnstileWith } from '../../src/comments/turnstile.ts'
import { callWith } from '../../src/hub/outbound.ts'
import { dummyToken, openTurnstile, type TurnstileDouble, testSecrets } from './turnstile-double.ts'

let double: TurnstileDouble
let told: string[]
beforeEach(async () => {
  double = await openTurnstile()
  told = []
})
afterEach(() => double.close())

const ask = (token: string, secret = testSecrets.passes, url = double.url) =>
  turnstileWith({
    call: callWith((request) => fetch(request), 'tests'),
    ...{ secret, url, bytes: (length) => new Uint8Array(length), tell: (failure) => told.push(failure) },
  })(token)

describe('Turnstile is asked by the server', () => {
  const cases: [what: string, token: string, secret: string, says: string, told: string[]][] = [
    ['the key that always passes', dummyToken, testSecrets.passes, 'passed', []],
    ['the key that never passes', dummyToken, testSecrets.fails, 'refused', []],
    ['a token that was used', dummyToken, testSecrets.spent, 'refused', []],
    ['a token that nobody gave', 'x', testSecrets.passes, 'refused', []],
    ['a secret that Cloudflare does not know', dummyToken, 'x', 'unavailable', ['invalid-input-secret']],
  ]
  test.for(cases)('%s', async ([, token, secret, says, reasons]) => {
    expect(await ask(token, secret)).toBe(says)
    expect(told).toEqual(reasons)
  })

  test('with the token, the secret and a key by which Cloudflare knows a repeated request, and with no address of the reader', async () => {
    await ask(dummyToken)
    expect(double.forms).toEqual([
      {
        secret: testSecrets.passes,
        response: dummyToken,
        idempotency_key: '00000000-0000-4000-8000-000000000000',
      },
    ])
  })

  test.for(['', 'a'.repeat(2049)])('nobody is asked about a token that cannot be one', async (token) => {
    expect(await ask(token)).toBe('refused')
    expect(double.forms).toEqual([])
  })

  test('a connection that ends is tried again with the same key', async () => {
    double.say({ status: 200, body: '' })
    expect(await ask(dummyToken)).toBe('passed')
    expect(double.forms).toHaveLength(2)
    expect(double.forms[1]).toEqual(double.forms[0])
  })

  const faults: [what: string, status: number, body: string][] = [
    ['an error', 500, 'error'],
    ['another text', 200, '<html>'],
    ['a list', 200, '[]'],
    ['null', 200, 'null'],
    ['no success', 200, '{"success":"yes"}'],
    ['a failure without a reason', 200, '{"success":false,"error-codes":[]}'],
    ['an error of Cloudflare', 200, '{"success":false,"error-codes":["internal-error"]}'],
    ['codes that are none', 200, '{"success":false,"error-codes":[1,{},"<b>"]}'],
  ]
  test.for(faults)('%s twice is no answer', async ([, status, body]) => {
    double.say({ status, body }, { status, body })
    expect(await ask(dummyToken)).toBe('unavailable')
    expect(told).toEqual([body.includes('internal') ? 'internal-error' : `answered ${status}`])
  })

  test('a host that is not there is no answer', async () => {
    await double.close()
    expect(await ask(dummyToken)).toBe('unavailable')
    expect(told).toEqual(['could not be reached'])
    double = await openTurnstile()
  })
})
