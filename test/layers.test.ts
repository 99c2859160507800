import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { repeated } from './repeated.ts'
import { circlesIn, codeIn, importsIn, root, textOf } from './source.ts'

const source = join(root, 'src')

/**
 * For each folder or file in src/, the prefixes that the paths of its imports may have. A prefix is a path in
 * src/ or the name of an npm package. If several rows match a file, the first of these rows applies.
 */
const layers: readonly [file: string, mayImport: readonly string[]][] = [
  ['domain/', ['domain/']],
  ['ingest/', ['domain/', 'ingest/', 'valibot', 'hast', 'marked', 'parse5']],
  ['render/', ['domain/', 'render/', 'feed']],
  ['share/', ['domain/', 'share/', 'uqr']],
  ['http/', ['domain/', 'http/', 'hono/utils/accept']],
  ['hub/protocol/', ['domain/', 'hub/protocol/']],
  ['read/', ['domain/', 'http/', 'read/', 'render/']],
  ['write/', ['domain/', 'http/', 'ingest/', 'write/']],
  ['hub/', ['domain/', 'http/', 'hub/', 'read/', 'render/']],
  [
    'notify/',
    [
      ...['domain/', 'http/body', 'http/token', 'hub/protocol/', 'ingest/date', 'ingest/text'],
      'notify/',
      ...['render/mail/', 'render/push'],
    ],
  ],
  [
    'comments/',
    ['comments/', 'domain/', 'http/token', 'ingest/comment-text', 'notify/base64', 'notify/token'],
  ],
  ['store/', ['domain/', 'share/code', 'store/']],
  ['memory/', ['domain/', 'http/', 'memory/']],
  [
    'platform/',
    [
      'cloudflare:',
      'comments/',
      'config/',
      'domain/',
      'hub/outbound',
      'hub/ports',
      ...['notify/', 'platform/', 'ports', 'write/invalidate'],
    ],
  ],
  ['element/', ['element/']],
  ['config/', ['config/', 'domain/', 'share/']],
  ['pages/', ['domain/', 'element/bundle', 'ingest/allowed', 'pages/', 'render/', 'share/', 'hono']],
  ['openapi/', ['openapi/', 'domain/', 'http/problem', 'ingest/', '@valibot']],
  [
    'ports.ts',
    ['comments/ports', 'config/', 'domain/', 'hub/ports', 'memory/', 'notify/ports', 'write/ports'],
  ],
  [
    'routes/',
    [
      ...[
        'comments/',
        'config/',
        'domain/',
        'element/bundle',
        'element/comments/bundle',
        'element/push/bundle',
        'http/',
        'hub/',
        'ingest/',
        'notify/',
        'openapi/',
        'pages/',
        'ports',
      ],
      ...['read/', 'render/', 'routes/', 'share/', 'write/', 'hono'],
    ],
  ],
  ['app.ts', ['routes/', 'hono']],
  ['index.ts', ['']],
  ['cli/', ['']],
]

/**
 * Patterns of code that directly uses the clock, randomness, the network, the cache at the edge or the
 * console. Only src/index.ts, the command line and the share element may contain such code. All other code
 * calls a function that src/index.ts passes to it (a port); each pattern stands with the name of that port.
 */
const outside: readonly [pattern: RegExp, instead: string][] = [
  [/\bDate\.now\b/, 'the port clock'],
  [/\bnew Date(?:\(\)|\b(?!\())/, 'the port clock'],
  [/\bperformance\.now\b/, 'the port clock'],
  [/\bset(?:Timeout|Interval)\(|\bscheduler\.wait\(/, 'the ports within and wait'],
  [/\bMath\.random\b/, 'the port random'],
  [/\bcrypto\.(randomUUID|getRandomValues)\b/, 'the port bytes'],
  [/(?<![.\w])fetch\(|\bglobalThis\.fetch\b/, 'the port call'],
  [/\bcaches\b/, 'the port invalidate'],
  [/\bconsole\./, 'the port log'],
]

const files = codeIn('src').map((file) => file.slice('src/'.length))

/** What a file in src/ imports: each file of the project by its path in src/, each npm package by its name. */
const importsOf = (file: string): string[] =>
  importsIn(`src/${file}`).map((to) => (to.startsWith('src/') ? to.slice('src/'.length) : to))

describe('layers', () => {
  test('every import obeys the table', () => {
    expect(files.length).toBeGreaterThan(30) // The check of imports must not pass if it found too few files.
    expect(files.flatMap(importsOf).length).toBeGreaterThan(80)
    const broken = files.flatMap((file) => {
      const allowed = layers.find(([prefix]) => file.startsWith(prefix))?.[1] ?? []
      return importsOf(file)
        .filter((to) => !allowed.some((prefix) => to.startsWith(prefix)))
        .map((to) => `${file} -> ${to}`)
    })
    expect(broken).toEqual([])
  })

  test('no import goes round in a circle, those of types included', () => {
    expect(circlesIn({ a: ['b'], b: ['c', 'd'], c: ['a'], d: [] })).toEqual([['a', 'b', 'c']])
    const code = codeIn('src', 'scripts', 'bench', 'test')
    expect(code.length).toBeGreaterThan(300)
    expect(circlesIn(Object.fromEntries(code.map((file) => [file, importsIn(file)])))).toEqual([])
  })

  test('at most three files lie loose in src', () => {
    expect(files.length).toBeGreaterThan(30)
    expect(files.filter((file) => !file.includes('/'))).toEqual(['app.ts', 'index.ts', 'ports.ts'])
  })

  test('only index.ts, the command line and the browser see the clock, randomness and the network', () => {
    const guarded = files.filter((file) => file !== 'index.ts' && !/^(?:cli|element)\//.test(file))
    expect(guarded.length).toBeGreaterThan(25)
    const broken = guarded.flatMap((file) =>
      outside
        // src/hub/outbound.ts may call `setTimeout`, because each request to another host has a timeout.
        .filter(([pattern]) => file !== 'hub/outbound.ts' || !pattern.test('setTimeout('))
        .filter(([pattern]) => pattern.test(textOf(`src/${file}`)))
        .map(([pattern, instead]) => `${file}: ${pattern}: use ${instead}`),
    )
    expect(broken).toEqual([])
  })

  test('every file of a flow says at its head whether it does input or output', () => {
    const flows = files.filter((file) => /^(?:read|write|hub)\/[^/]+$|^(?:notify|comments)\//.test(file))
    expect(flows.length).toBeGreaterThan(20)
    const first = (file: string) => textOf(`src/${file}`).split('\n')[0] ?? ''
    const ports = 'store|queue|edge|hub|hosts|caller|connect'
    const head = new RegExp(`^// I/O: (?:none; [a-z ]+|.*\\b(?:${ports})\\b.*)\\.$`)
    expect(flows.filter((file) => !head.test(first(file)))).toEqual([])
    const silent = flows.filter((file) => first(file).startsWith('// I/O: none'))
    expect(silent.length).toBeGreaterThan(3)
    expect(silent.filter((file) => /\bawait\b|\.then\(/.test(textOf(`src/${file}`)))).toEqual([])
  })

  test('every row of the table governs a file', () => {
    expect(layers.filter(([prefix]) => !files.some((file) => file.startsWith(prefix)))).toEqual([])
  })

  test('ARCHITECTURE.md gives every file or folder of src its ring, once', () => {
    const rows = textOf('ARCHITECTURE.md').match(/^\|.*\|$/gm) ?? []
    const named = rows.flatMap((row) => [...row.matchAll(/`src\/([^`]+)`/g)].map(([, name = '']) => name))
    expect(named.filter((name) => !name.includes('/')).toSorted()).toEqual(readdirSync(source).toSorted())
    expect(repeated(named)).toEqual([])
  })
})
