import { describe, expect, test } from 'vitest'
import { parseCallback } from '../../../src/hub/protocol/callback.ts'
import { internalNames } from '../../../src/hub/protocol/internal-names.ts'
import { repeated } from '../../repeated.ts'
import { textOf } from '../../source.ts'
import { callbacks } from './callbacks.ts'

const production = { own: 'https://kiosque.example', loopback: false }
const development = { own: 'http://localhost:8787', loopback: true }

const verdict = (callback: string, guard: typeof production): string =>
  parseCallback(callback, guard).ok ? 'yes' : 'no'

describe('whom the hub calls', () => {
  test('the table has the attacks that are known', () => {
    expect(callbacks.filter(([, , inProduction]) => inProduction === 'no').length).toBeGreaterThan(60)
    const addresses = callbacks.map(([, callback]) => callback)
    expect(repeated(addresses)).toEqual([])
  })

  test.for(callbacks)('in production: %s', ([, callback, expected]) => {
    expect(verdict(callback, production)).toBe(expected)
  })

  test.for(callbacks)('in development: %s', ([, callback, , expected]) => {
    expect(verdict(callback, development)).toBe(expected)
  })

  test.for(callbacks)('what is let through is on a host that fetch would call: %s', ([, callback]) => {
    const parsed = parseCallback(callback, production)
    if (parsed.ok) expect(parsed.url.hostname).toMatch(/^[a-z0-9.-]+\.(example|xn--qubec-csa|box)$/)
  })

  const internal = internalNames.flatMap(({ names }) => names)
  test.for(internal)('no name that is or ends in %s', (name) => {
    for (const host of [name, `reader.${name}`, `a.b.${name.toUpperCase()}`]) {
      expect(verdict(`https://${host}/`, production), host).toBe('no')
      if (name !== 'localhost') expect(verdict(`https://${host}/`, development), host).toBe('no')
    }
    if (name === 'localhost') return
    for (const host of [`${name}.reader.example`, `not${name}.example`])
      expect(verdict(`https://${host}/`, production), host).toBe('yes')
  })

  test('docs/hub.md has the table of the names', () => {
    const rows = internalNames.map(
      ({ what, names }) => `| ${what} | ${names.map((name) => `\`${name}\``).join(', ')} |`,
    )
    const page = textOf('docs/hub.md').split('\n')
    const at = page.indexOf('| refused names | the names, and all that end in them |')
    expect(page.slice(at + 2, page.indexOf('', at))).toEqual(rows)
    expect(repeated(internal)).toEqual([])
  })

  test('a site on www is also the one without it', () => {
    expect(verdict('https://kiosque.example/', { ...production, own: 'https://www.kiosque.example' })).toBe(
      'no',
    )
  })

  test('the development hub itself is told by its port, also where that is the standard one', () => {
    const guard = { own: 'https://localhost', loopback: true }
    expect(verdict('https://localhost/', guard)).toBe('no')
    expect(verdict('http://localhost/', guard)).toBe('yes')
    expect(verdict('http://localhost:443/', guard)).toBe('no')
    expect(verdict('http://localhost/', { ...guard, own: 'http://localhost' })).toBe('no')
  })

  test('an address is called one, however it is spelled', () => {
    for (const host of [
      '203.0.113.7',
      '0x7f.1',
      '[2001:db8::7]',
      '[::ffff:10.0.0.1]',
      '10-0-0-1.wild.example',
    ]) {
      expect([host, parseCallback(`https://${host}/`, production)]).toEqual([
        host,
        { ok: false, reason: 'must name a host, not an IP address' },
      ])
    }
  })

  test('each refusal says what would be right', () => {
    const reasons = callbacks.flatMap(([, callback]) => {
      const parsed = parseCallback(callback, production)
      return parsed.ok ? [] : [parsed.reason]
    })
    expect([...new Set(reasons)].sort()).toEqual([
      'must be an absolute URL',
      'must be an https address',
      'must be on a public host',
      'must have at most 2000 characters',
      'must name a host, not an IP address',
      'must name its host without a final dot',
      'must not be an address of this hub',
      'must not have a fragment',
      'must not hold a user name or password',
      'must use the standard port',
    ])
  })
})
