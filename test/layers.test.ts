import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const source = join(import.meta.dirname, '../src')

/** Who may import whom, by prefix under src/. The first matching row governs a file; bare names are packages. */
const layers: readonly [file: string, mayImport: readonly string[]][] = [
  ['domain/', ['domain/']],
  ['ingest/', ['domain/', 'ingest/', 'valibot', 'hast', 'marked']],
  ['render/', ['domain/', 'render/', 'feed']],
  ['share/', ['domain/', 'share/', 'uqr']],
  ['http/', ['domain/', 'http/', 'hono/utils/accept']],
  ['hub/protocol/', ['domain/', 'hub/protocol/']],
  ['read/', ['domain/', 'http/', 'read/', 'render/']],
  ['write/', ['domain/', 'http/', 'ingest/', 'write/']],
  ['hub/', ['domain/', 'http/', 'hub/', 'read/', 'render/']],
  ['store/', ['domain/', 'share/code', 'store/']],
  ['memory/', ['domain/', 'http/', 'memory/']],
  ['element/', ['element/']],
  ['config/', ['config/', 'domain/', 'share/']],
  ['pages/', ['domain/', 'element/bundle', 'ingest/allowed', 'pages/', 'render/', 'share/', 'hono']],
  ['openapi/', ['openapi/', 'domain/', 'http/problem', 'ingest/', '@valibot']],
  [
    'routes/',
    [
      ...[
        'config/',
        'domain/',
        'element/bundle',
        'http/',
        'hub/',
        'ingest/',
        'memory/',
        'openapi/',
        'pages/',
      ],
      ...['read/', 'render/', 'routes/', 'share/', 'write/', 'hono'],
    ],
  ],
  ['app.ts', ['routes/', 'hono']],
  ['index.ts', ['']],
  ['cli/', ['']],
]

/** What only the edge may see: the clock, randomness and the network. */
const outside = [
  /\bDate\.now\b/,
  /\bnew Date\(\)/,
  /\bMath\.random\b/,
  /\bcrypto\.(randomUUID|getRandomValues)\b/,
  /(?<![.\w])fetch\(/,
  /\bcaches\b/,
]

const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.tsx?$/.test(name),
)
const textOf = (file: string) => readFileSync(join(source, file), 'utf8')

/** The imports of a file: of its own project as a path under src/, of a package by its name. */
function importsOf(file: string): string[] {
  const found = textOf(file).matchAll(/(?:\bfrom\s+|\bimport\s+|\bimport\()'([^']+)'/g)
  return [...found].map(([, name = '']) =>
    name.startsWith('.') ? join(file, '..', name).replace(/^\.\.\//, '../') : name,
  )
}

describe('layers', () => {
  test('every import obeys the table', () => {
    expect(files.length).toBeGreaterThan(30) // a checker that saw nothing must not pass
    expect(files.flatMap(importsOf).length).toBeGreaterThan(80)
    const broken = files.flatMap((file) => {
      const allowed = layers.find(([prefix]) => file.startsWith(prefix))?.[1] ?? []
      return importsOf(file)
        .filter((to) => !allowed.some((prefix) => to.startsWith(prefix)))
        .map((to) => `${file} -> ${to}`)
    })
    expect(broken).toEqual([])
  })

  test('only index.ts, the command line and the browser see the clock, randomness and the network', () => {
    const guarded = files.filter((file) => file !== 'index.ts' && !/^(?:cli|element)\//.test(file))
    expect(guarded.length).toBeGreaterThan(25)
    const broken = guarded.flatMap((file) =>
      outside.filter((pattern) => pattern.test(textOf(file))).map((pattern) => `${file}: ${pattern}`),
    )
    expect(broken).toEqual([])
  })

  test('every row of the table governs a file', () => {
    expect(layers.filter(([prefix]) => !files.some((file) => file.startsWith(prefix)))).toEqual([])
  })

  test('ARCHITECTURE.md gives every file or folder of src its ring, once', () => {
    const rows = readFileSync(join(source, '..', 'ARCHITECTURE.md'), 'utf8').match(/^\|.*\|$/gm) ?? []
    const named = rows.flatMap((row) => [...row.matchAll(/`src\/([^`]+)`/g)].map(([, name]) => name))
    expect(named.filter((name = '') => !name.includes('/')).toSorted()).toEqual(
      readdirSync(source).toSorted(),
    )
  })
})
