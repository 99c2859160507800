import { expect, test } from 'vitest'
import { fitFor } from '../../src/share/message.ts'
import { sample } from '../../src/share/network.ts'
import { defaultNetworks, networks } from '../../src/share/networks.ts'
import { renderParameters } from '../../src/share/parameters.ts'
import { refused } from '../../src/share/refused.ts'
import { openSegmentation } from '../../src/share/segmentation.ts'
import { repeated } from '../repeated.ts'

test.for(networks)('share link: $id', (network) => {
  const { text } = fitFor(network, sample, 'fr-CA', openSegmentation())
  expect(network.href({ ...sample, text }, renderParameters)).toBe(network.example)
})

test.for(networks)('evidence: $id', ({ docs, verified, evidence }) => {
  expect(new URL(docs).protocol).toBe('https:')
  expect(verified).toMatch(/^\d{4}-\d{2}$/)
  expect(evidence.length).toBeGreaterThan(0)
})

test('every network, working or refused, has an id of its own, fit for a URL', () => {
  const ids = [...networks, ...refused].map(({ id }) => id)
  expect(repeated(ids)).toEqual([])
  expect(ids.filter((id) => !/^[a-z]+$/.test(id))).toEqual([])
})

test('a network’s address has a placeholder for the reader’s server if the network needs a server, and only then', () => {
  const asking = networks.filter(({ example }) => example.includes('{host}')).map(({ id }) => id)
  expect(asking).toEqual(networks.filter(({ kind }) => kind === 'server').map(({ id }) => id))
  expect(asking.length).toBeGreaterThan(5)
})

test('every link is on https, but for those that an app opens', () => {
  const schemes = networks.map(({ kind, example }) => [kind === 'app', example.split(':')[0] !== 'https'])
  expect(schemes.filter(([app, other]) => app !== other)).toEqual([])
})

test('tier A is what is offered unless the site says otherwise, and needs no server', () => {
  expect(networks.filter(({ tier }) => tier === 'A').map(({ id }) => id)).toEqual(defaultNetworks)
  expect(networks.filter(({ tier, kind }) => tier === 'A' && kind === 'server')).toEqual([])
})

test.for(refused)(
  'refused network $id: has a reason, and the alternatives that it names are offered networks',
  ({ reason, use, evidence }) => {
    expect(reason).toMatch(/^[a-z].*[^.]$/)
    expect(evidence.length).toBeGreaterThan(0)
    expect(use.filter((id) => !networks.some((network) => network.id === id))).toEqual([])
    expect(use.length).toBeGreaterThan(0)
  },
)
