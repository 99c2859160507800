import { describe, expect, test } from 'vitest'
import { makeForm, openForm } from '../../src/comments/form.ts'

const secret = 'a-secret-of-the-tests-of-32-characters'
const start = Date.parse('2024-06-19T16:00:00Z')
const hour = 3_600_000
const path = 'articles/un/comments'

const portsAt = (now: number, ...secrets: [string, ...string[]]) => ({
  secrets,
  clock: () => now,
  bytes: (length: number) => Uint8Array.from({ length }, (_, at) => at),
})

const token = await makeForm(portsAt(start, secret), path)

describe('the token of a form', () => {
  const valid = (ageMilliseconds: number) => ({
    kind: 'valid',
    nonce: 'AAECAwQFBgcICQoLDA0ODw',
    ageMilliseconds,
  })
  const expired = { kind: 'expired' }
  const change = (at: number) => token.slice(0, at) + (token[at] === 'b' ? 'c' : 'b') + token.slice(at + 1)

  const cases: [what: string, opened: () => ReturnType<typeof openForm>, result: object][] = [
    ['at once', () => openForm(portsAt(start, secret), path, token), valid(0)],
    ['after a day', () => openForm(portsAt(start + 24 * hour, secret), path, token), valid(24 * hour)],
    ['after more than a day', () => openForm(portsAt(start + 24 * hour + 1, secret), path, token), expired],
    ['before it was made', () => openForm(portsAt(start - 1, secret), path, token), expired],
    [
      'with the secret as a former one',
      () => openForm(portsAt(start, 'another', secret), path, token),
      valid(0),
    ],
    ['with another secret', () => openForm(portsAt(start, 'another'), path, token), expired],
    ['for another article', () => openForm(portsAt(start, secret), 'articles/deux/comments', token), expired],
    ['with another instant', () => openForm(portsAt(start, secret), path, change(2)), expired],
    ['with another number', () => openForm(portsAt(start, secret), path, change(12)), expired],
    [
      'with another signature',
      () => openForm(portsAt(start, secret), path, change(token.length - 5)),
      expired,
    ],
    ['without a signature', () => openForm(portsAt(start, secret), path, token.slice(0, -43)), expired],
    ['with more behind it', () => openForm(portsAt(start, secret), path, `${token}a`), expired],
    ['that is empty', () => openForm(portsAt(start, secret), path, ''), expired],
    ['that is long', () => openForm(portsAt(start, secret), path, '.'.repeat(60_000)), expired],
  ]
  test.for(cases)('%s', async ([, opened, result]) => {
    expect(await opened()).toEqual(result)
  })
})
