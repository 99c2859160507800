import { expect, test } from 'vitest'
import { type DutyPorts, duties, runDuties } from '../../src/write/duties.ts'
import { textOf } from '../source.ts'

/** Ports that record which functions were called, and of which the given one fails. */
function portsThat(failing?: string) {
  const called: string[] = []
  const logged: [event: string, fields: Record<string, unknown>][] = []
  const port = (name: string) => async () => {
    called.push(name)
    if (name === failing) throw new Error(`${name} fails`)
  }
  const ports: DutyPorts = {
    takeCharge: port('takeCharge'),
    release: port('release'),
    takeUp: port('takeUp'),
    sweep: port('sweep'),
    tell: port('tell'),
    keepErased: port('keepErased'),
    fillCodes: port('fillCodes'),
    log: (event, fields) => logged.push([event, fields]),
  }
  return { ports, called, logged }
}

/** Each duty with the port that it calls, in the order in which cron runs them. */
const calls = [
  ['charge', 'takeCharge'],
  ['release', 'release'],
  ['purge', 'takeUp'],
  ['hub', 'sweep'],
  ['notify', 'tell'],
  ['erased', 'keepErased'],
  ['codes', 'fillCodes'],
] as const

test('every duty calls its port, in order: what a release changes is purged and pushed in the same run', async () => {
  const { ports, called, logged } = portsThat()
  await runDuties(ports)
  expect(duties.map(({ name }) => name)).toEqual(calls.map(([name]) => name))
  expect(called).toEqual(calls.map(([, port]) => port))
  expect(logged).toEqual([])
})

test.for(calls)('if %s fails, it is logged, and all others run', async ([name, port]) => {
  const { ports, called, logged } = portsThat(port)
  await runDuties(ports)
  expect(called).toEqual(calls.map(([, one]) => one))
  expect(logged).toEqual([['duty-failed', { duty: name, fault: new Error(`${port} fails`) }]])
})

test('a duty that fails before it returns a promise stops no other', async () => {
  const { ports, called } = portsThat()
  const release = () => {
    throw new Error('at once')
  }
  await runDuties({ ...ports, release })
  expect(called).toEqual(['takeCharge', 'takeUp', 'sweep', 'tell', 'keepErased', 'fillCodes'])
})

test('docs/deploy.md lists the duties, each with what would happen without it', () => {
  const [, section = ''] = textOf('docs/deploy.md').split('## What cron does\n')
  const rows = section.split('\n## ')[0]?.match(/^\|.*\|$/gm) ?? []
  const expected = duties.map(({ name, why }) => `| \`${name}\` | ${why} |`)
  expect(rows).toEqual(['| duty | without it |', '|---|---|', ...expected])
})
