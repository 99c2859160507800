import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { grantLease } from '../../../src/hub/protocol/limits.ts'
import { parseRequest } from '../../../src/hub/protocol/request.ts'
import { site } from '../../render/samples.ts'

const asked = {
  'hub.mode': 'subscribe',
  'hub.topic': 'https://kiosque.example/feed.atom',
  'hub.callback': 'https://reader.example/callback',
}

const parse = (form: Record<string, string>) =>
  parseRequest(new URLSearchParams({ ...asked, ...form }), { site, loopback: false })

describe('what a form must hold (WebSub §5.1)', () => {
  const refused: [what: string, form: Record<string, string>, field: string][] = [
    ['no mode', { 'hub.mode': '' }, 'hub.mode'],
    ['a mode that is none', { 'hub.mode': 'Subscribe' }, 'hub.mode'],
    ['a publisher’s notice, which this hub needs none of', { 'hub.mode': 'publish' }, 'hub.mode'],
    ['no topic', { 'hub.topic': '' }, 'hub.topic'],
    ['no callback', { 'hub.callback': '' }, 'hub.callback'],
    ['a callback that may not be called', { 'hub.callback': 'https://10.0.0.1/' }, 'hub.callback'],
    ['a lease that is no number', { 'hub.lease_seconds': 'ten' }, 'hub.lease_seconds'],
    ['a negative lease', { 'hub.lease_seconds': '-1' }, 'hub.lease_seconds'],
    ['a lease with a fraction', { 'hub.lease_seconds': '1.5' }, 'hub.lease_seconds'],
    ['a secret of 200 bytes', { 'hub.secret': 'x'.repeat(200) }, 'hub.secret'],
    ['a secret of 100 characters and 200 bytes', { 'hub.secret': 'é'.repeat(100) }, 'hub.secret'],
  ]
  test.for(refused)('%s is refused by name', ([, form, field]) => {
    const parsed = parse(form)
    expect(parsed).toMatchObject({ ok: false, problem: { kind: 'invalid-subscription', field } })
  })

  const taken: [what: string, form: Record<string, string>, expected: object][] = [
    ['the least that there is', {}, { mode: 'subscribe', leaseSeconds: 864_000 }],
    ['an unknown parameter', { 'hub.verify': 'async', 'hub.verify_token': 'x', other: '1' }, {}],
    ['a secret of 199 bytes', { 'hub.secret': `é${'x'.repeat(197)}` }, { secret: `é${'x'.repeat(197)}` }],
    ['a lease within bounds', { 'hub.lease_seconds': '3600' }, { leaseSeconds: 3600 }],
    ['a lease of nought, which once meant for ever', { 'hub.lease_seconds': '0' }, { leaseSeconds: 864_000 }],
    ['a lease that is too long', { 'hub.lease_seconds': '31536000' }, { leaseSeconds: 2_592_000 }],
    ['a lease that is too short', { 'hub.lease_seconds': '1' }, { leaseSeconds: 300 }],
    ['a lease when leaving, which is ignored', { 'hub.mode': 'unsubscribe', 'hub.lease_seconds': 'x' }, {}],
  ]
  test.for(taken)('%s is taken', ([, form, expected]) => {
    const parsed = parse(form)
    expect(parsed).toMatchObject({ ok: true, value: expected })
  })

  test('a topic that is not written as the feed writes it comes with the right address', () => {
    const self = 'https://kiosque.example/sections/monde/feed.atom'
    expect(parse({ 'hub.topic': self })).not.toHaveProperty('value.self')
    const asked = 'https://kiosque.example/feed.atom?section=monde'
    expect(parse({ 'hub.topic': asked })).toMatchObject({ ok: true, value: { asked, self } })
  })

  test('a blank secret is none', () => {
    const parsed = parse({ 'hub.secret': '' })
    expect(parsed.ok).toBe(true)
    expect(parsed).not.toHaveProperty('value.secret')
  })

  test('law: no lease is perpetual, and none is shorter than five minutes', () => {
    fc.assert(
      fc.property(fc.option(fc.nat({ max: Number.MAX_SAFE_INTEGER }), { nil: undefined }), (seconds) => {
        const lease = grantLease(seconds)
        return lease >= 300 && lease <= 30 * 86_400
      }),
    )
  })
})
