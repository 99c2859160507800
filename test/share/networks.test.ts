import { expect, test } from 'vitest'
import { networks, sample } from '../../src/share/networks.ts'

test.for(networks)('share link: $id', (network) => {
  expect(network.href(sample)).toBe(network.example)
})

test.for(networks)('evidence: $id', ({ docs, verified, evidence }) => {
  expect(new URL(docs).protocol).toBe('https:')
  expect(verified).toMatch(/^\d{4}-\d{2}$/)
  expect(evidence.length).toBeGreaterThan(0)
})

test('every network has an id of its own, fit for a URL', () => {
  const ids = networks.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.filter((id) => !/^[a-z]+$/.test(id))).toEqual([])
})
