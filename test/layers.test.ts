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
  ['hub/', ['domain/', 'hub/']],
  ['store/', ['domain/', 'share/code', 'store/']],
  ['memory/', ['domain/', 'http/', 'memory/']],
  ['read.ts', ['delta', 'domain/', 'http/', 'render/', 'teasers']],
  ['teasers.ts', ['domain/']],
  ['delta.ts', ['domain/', 'read']],
  ['history.ts', ['domain/', 'http/', 'read', 'render/', 'teasers']],
  ['publish.ts', ['domain/', 'ingest/']],
  ['directory.ts', ['domain/']],
  ['sitemaps.ts', ['domain/', 'read']],
  ['invalidate.ts', ['domain/', 'http/', 'memory/pacing']],
  ['rename.ts', ['domain/', 'publish']],
  ['element/', ['element/']],
  ['topic.ts', ['domain/', 'http/', 'hub/', 'read', 'render/']],
  ['subscribe.ts', ['domain/', 'hub/', 'topic']],
  ['deliver.ts', ['domain/', 'http/', 'hub/', 'render/', 'subscribe', 'topic']],
  ['short.ts', ['domain/', 'read']],
  ['operate.ts', ['domain/', 'subscribe', 'topic']],
  ['outbound.ts', ['domain/', 'http/']],
  ['config', ['config-values', 'domain/', 'hub/', 'share/']],
  ['pages/', ['domain/', 'element/bundle', 'ingest/allowed', 'pages/', 'render/', 'share/', 'hono']],
  ['answer.ts', ['config', 'domain/', 'http/', 'memory/', 'pages/', 'publish', 'topic', 'hono']],
  ['openapi/', ['openapi/', 'domain/', 'http/problem', 'ingest/', '@valibot']],
  [
    'routes/',
    [
      ...[
        'answer',
        'config',
        'directory',
        'domain/',
        'element/bundle',
        'history',
        'http/',
        'ingest/',
        'openapi/',
        'pages/',
        'publish',
        'read',
        'rename',
        'sitemaps',
      ],
      ...['render/', 'routes/', 'share/', 'short', 'operate', 'subscribe', 'teasers', 'topic', 'hono'],
    ],
  ],
  ['app.ts', ['answer', 'routes/', 'hono']],
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
    expect(named.toSorted()).toEqual(readdirSync(source).toSorted())
  })
})
