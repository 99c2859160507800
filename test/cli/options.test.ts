import { expect, test } from 'vitest'
import { parseOptions } from '../../src/cli/options.ts'

const before = ['comments', 'delete', 'abc']

test.for([
  ['an id that begins with a hyphen', '-Aq8g1-HUIdTSgB4-dai4A'],
  ['an id that begins with two hyphens', '--q8g1-HUIdTSgB4-dai4A'],
  ['an id of three hyphens', '---8g1-HUIdTSgB4-dai4A'],
  ['the id of a changed comment', '-Aq8g1-HUIdTSgB4-dai4A~lxm0rgr4'],
] as const)('%s is an operand in its place', ([, id]) => {
  const { values, positionals } = parseOptions([...before, id, 'z', '--reason', 'spam'])
  expect(positionals).toEqual([...before, id, 'z'])
  expect(values).toEqual({ reason: 'spam' })
  expect(parseOptions([...before, '--', id]).positionals).toEqual([...before, id])
})

test.for(['-Aq8', '--nothing', '--dry-runs', '-Aq8g1-HUIdTSgB4-dai4', '-Aq8g1-HUIdTSgB4-dai4A0'])(
  '%s is no option',
  (word) => {
    expect(() => parseOptions([...before, word])).toThrow('Unknown option')
  },
)
