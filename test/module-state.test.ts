import { expect, test } from 'vitest'
import { stateIn } from './module-state.ts'
import { codeIn, textOf } from './source.ts'

/** The module variables that may keep state between calls of the module's functions, each with the reason. */
const reasons: Record<string, string> = {
  'src/index.ts isolates':
    'what an isolate keeps between requests: the runtime passes the same environment object to each of them',
  ...Object.fromEntries(
    ['addresses', 'label'].map((pattern) => [
      `src/share/weight.ts ${pattern}`,
      'where a search begins, which is set before each search; a copy of the pattern would be compiled for each text',
    ]),
  ),
  'src/element/load.ts sheet': 'in a browser: the page loads the stylesheet once, however many rows it has',
  'src/element/push/worker.ts last':
    'in a browser: the message that is being shown, after which the next one is',
}

test.for<[code: string, variables: string[]]>([
  ['let a = 1', ['a']],
  ['export let a: string | undefined', ['a']],
  ['const a = new Map(); export const f = (b) => a.set(b, 1)', ['a']],
  ['const a = {}; export function f(b) { a.x[b] = 1 }', ['a']],
  ['const a = [0]; const f = () => { a[0]++ }', ['a']],
  ['const a = {}; const f = (b) => delete a[b]', ['a']],
  ['const [{ a }] = x; const f = () => a.b.push(1)', ['a']],
  ['const a = new Map([[1, 2]]); export const f = (b) => a.get(b)', []],
  ['const a = []; export function f(a) { a.push(1) }', []],
  ['const a = 1; function f() { const a = []; a.push(1); return a }', []],
  ['function f() { let a; return () => { a = 1 } }', []],
])('%s', ([code, variables]) => {
  expect(stateIn('a.ts', code).variables).toEqual(variables)
})

test.for<[code: string, keepers: string[], called: string[]]>([
  ['function once(f) { let a; return () => { a = f() } }\nexport const x = once(1)', ['once'], ['once']],
  ['const hold = () => { const a = new Map(); return (b) => a.set(b, 1) }\nhold()', ['hold'], ['hold']],
  ['function f() { let a = 1; a++; return a }\nconst x = f()', [], ['f']],
  ['function hold() { let a; return () => a++ }\nconst f = () => hold()', ['hold'], []],
])('%s', ([code, keepers, called]) => {
  expect(stateIn('a.ts', code)).toEqual({ variables: [], keepers, called })
})

test('no module keeps state of its own, but those with a reason', () => {
  const files = codeIn('src')
  expect(files.length).toBeGreaterThan(200)
  const states = files.map((file) => ({ file, ...stateIn(file, textOf(file)) }))
  const keepers = new Set(states.flatMap((state) => state.keepers))
  expect(keepers.size).toBeGreaterThan(5)
  const found = states.flatMap(({ file, variables, called }) =>
    [...variables, ...called.filter((name) => keepers.has(name))].map((name) => `${file} ${name}`),
  )
  expect(found.toSorted()).toEqual(Object.keys(reasons).toSorted())
})
