import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLru } from '../../src/memory/lru.ts'

describe('a memory with so much room', () => {
  test('drops the least recently used value first', () => {
    const memory = createLru(5000)
    for (const key of ['a', 'b', 'c', 'd']) memory.set(key, key, 1000)
    expect(memory.get('a')).toBe('a')
    memory.set('e', 'e', 1000)
    expect(['a', 'b', 'c', 'd', 'e'].map((key) => memory.get(key))).toEqual(['a', undefined, 'c', 'd', 'e'])
  })

  test('a value that would empty it is not taken, and the one before it under that key is gone', () => {
    const memory = createLru(4000)
    memory.set('a', 'small', 10)
    memory.set('b', 'other', 10)
    memory.set('a', 'huge', 2000)
    expect([memory.get('a'), memory.get('b')]).toEqual([undefined, 'other'])
  })

  test('law: after any steps the most recently used values are left', () => {
    const step = fc.record({ key: fc.constantFrom(...'abcdefgh'), kind: fc.nat(3) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        // This cache has space for four entries of size 1000, because each entry also counts about 200 bytes of
        // overhead.
        const memory = createLru(5000)
        let used: string[] = []
        for (const { key, kind } of steps) {
          const was = used.includes(key)
          if (kind === 0) memory.delete(key)
          else if (kind === 1) expect(memory.get(key), key).toBe(was ? key : undefined)
          else memory.set(key, key, 1000)
          used = used.filter((one) => one !== key)
          if (kind > 1 || (kind === 1 && was)) used = [...used, key].slice(-4)
        }
        expect([...'abcdefgh'].filter((key) => memory.get(key) !== undefined)).toEqual(used.toSorted())
      }),
    )
  })

  test('law: it never holds more than its room, and counts exactly what it holds', () => {
    const step = fc.record({ key: fc.constantFrom(...'abcdefgh'), bytes: fc.nat(900), kind: fc.nat(4) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const memory = createLru(3000)
        const empty = createLru(3000)
        const sizes = new Map<string, number>()
        for (const { key, bytes, kind } of steps) {
          if (kind === 0) memory.delete(key)
          else if (kind === 1) memory.get(key)
          else {
            memory.set(key, bytes, bytes)
            empty.clear()
            empty.set(key, bytes, bytes)
            sizes.set(key, empty.bytes())
          }
          const held = [...'abcdefgh'].filter((one) => memory.get(one) !== undefined)
          expect(memory.bytes(), key).toBeLessThanOrEqual(3000)
          expect(memory.bytes(), key).toBe(held.reduce((sum, one) => sum + (sizes.get(one) ?? 0), 0))
        }
      }),
    )
  })
})
