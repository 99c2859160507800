import { expect, test } from 'vitest'
import { repeatedNameIn } from '../../src/cli/repeated-names.ts'

test.for<[json: string, name: string | undefined]>([
  ['{"title":"A","title":"B"}', 'title'],
  ['{"title":"A","tags":["title"],"section":"title"}', undefined],
  ['{"image":{"url":"a"},"url":"b"}', undefined],
  ['{"image":{"url":"a","url":"b"}}', 'url'],
  ['[{"name":"A"},{"name":"B"}]', undefined],
  ['{"a":{"b":1},"c":{"b":1},"a" : 2}', 'a'],
  ['{"t\\u0069tle":"A","title":"B"}', 'title'],
  ['{"a":"\\"a\\":","b":"}{","b" \n :1}', 'b'],
  ['{"a\\\\":1,"a":2}', undefined],
  ['{"__proto__":1,"__proto__":2}', '__proto__'],
  ['"title"', undefined],
  ['{}', undefined],
])('%s repeats the name %o', ([json, name]) => {
  JSON.parse(json)
  expect(repeatedNameIn(json)).toBe(name)
})

test('a long text takes time in proportion to its length', () => {
  const json = JSON.stringify({ html: '\\"{'.repeat(1_000_000), list: Array(100_000).fill({ a: '' }) })
  const start = performance.now()
  expect(repeatedNameIn(json)).toBeUndefined()
  expect(performance.now() - start).toBeLessThan(2000)
})
