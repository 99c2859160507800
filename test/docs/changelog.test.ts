import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { version } from '../../package.json'
import { version as locked } from '../../package-lock.json'
import { root, textOf } from '../source.ts'

/**
 * The sections of a changelog in their order: each section's version, and the text in parentheses after the
 * version.
 */
const sectionsIn = (text: string): { version: string; state: string }[] =>
  [...text.matchAll(/^## (.*)$/gm)].map(([, heading = '']) => {
    const [, version = heading, state = ''] = /^(\S+) \((.+)\)$/.exec(heading) ?? []
    return { version, state }
  })

/**
 * Checks the heading of a version: an unreleased version ends in `-dev` and has no date; a released version has
 * the date of its release.
 */
const isNamed = ({ version, state }: { version: string; state: string }): boolean =>
  /^\d+\.\d+\.\d+-dev$/.test(version)
    ? state === 'unreleased'
    : /^\d+\.\d+\.\d+$/.test(version) && /^\d{4}-\d\d-\d\d$/.test(state) && !Number.isNaN(Date.parse(state))

const sections = sectionsIn(textOf('CHANGELOG.md'))

test('the first heading of the changelog is the version of package.json and its lockfile', () => {
  expect(sections[0]?.version).toBe(version)
  expect(locked).toBe(version)
})

test('each heading is a version with its date; only the first may be unreleased', () => {
  expect(sections.length).toBeGreaterThan(0)
  expect(sections.filter((section) => !isNamed(section))).toEqual([])
  expect(sections.slice(1).filter(({ state }) => state === 'unreleased')).toEqual([])
})

test('there is a recorded store of each released version', () => {
  const released = sections.filter(({ state }) => state !== 'unreleased').map((section) => section.version)
  const stores = readdirSync(join(root, 'fixtures/stores')).map((file) => file.replace('.ndjson', ''))
  expect(stores.toSorted()).toEqual(released.toSorted())
})

test.for([
  ['## 1.2.0 (2026-11-28)', true],
  ['## 1.3.0-dev (unreleased)', true],
  ['## Unreleased', false],
  ['## 1.3.0-dev (2026-11-28)', false],
  ['## 1.3.0 (unreleased)', false],
  ['## 1.3.0 (2026-13-28)', false],
] as const)('a heading %j: %j', ([heading, named]) => {
  expect(sectionsIn(heading).every(isNamed)).toBe(named)
})
