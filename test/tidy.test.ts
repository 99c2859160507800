import { globSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { unnamedIn } from './cases.ts'
import { codeIn, root, textOf } from './source.ts'
import { type Syntax, syntaxIn, syntaxOf } from './syntax.ts'

const code = codeIn('src', 'scripts', 'bench')
const project = codeIn('src', 'scripts', 'bench', 'test')

/** The maximum number of lines of a file. A test file may be longer, because long tables of cases are easy to read. */
const maxLines = (file: string): number => (file.startsWith('test/') ? 500 : 300)

/** The files that may have more lines than `maxLines` allows, each with its reason. */
const longFiles: Record<string, string> = {
  'test/worker/bad-input.ts': 'one table: inputs that the API refuses, and what it says of each',
}

/** The functions that may have more than 70 lines, each with its reason. */
const longFunctions: Record<string, string> = {
  'src/cli/remote.ts remoteTarget': 'one object: a method for each call of the API',
  'src/http/problem.ts detailsOf': 'one switch: a case for each kind of problem, which the compiler demands',
  'src/memory/heads.ts holdHeads': 'one object: its methods share the count of saves',
  'src/memory/store.ts rememberingStore':
    'one object: the store’s methods, those that are remembered written out',
  'src/openapi/schemas.ts schemas': 'one object: the schemas by name, as the document holds them',
  'src/store/d1.ts d1Store': 'one object: a method for each promise of the store, most of them a line',
  'src/store/hub/deliveries.ts deliveriesOn': 'one object: a statement or two for each method',
  'src/store/hub/subscriptions.ts subscriptionsOn': 'one object: a statement or two for each method',
  'src/store/notify/claims.ts claimsOn': 'one object: a statement or two for each method',
  'src/store/notify/notifications.ts notificationsOn': 'one object: a statement or two for each method',
  'src/store/notify/opt-ins.ts optInsOn': 'one object: a statement or two for each method',
}

/**
 * Matches a list, union or pattern of the feed formats. Only domain/format.ts may contain such a list, because
 * a new format would be missing in a second list.
 */
const listOfFormats = /\brss\W{1,6}atom\W{1,6}json\b/

/** Calls that are forbidden in the project: the call, the replacement, and the files that may contain the call. */
const banned: readonly [call: RegExp, instead: string, but?: readonly string[]][] = [
  [/\.toString\(16\)/, '`hexOf` of domain/hex.ts', ['src/domain/hex.ts']],
  [
    /\.toISOString\(\)/,
    '`rfc3339` of domain/instant.ts',
    // Two files may call `toISOString` besides src/domain/instant.ts: a backup needs milliseconds, and the JSON
    // parser formats a parsed date again to find dates that do not exist.
    ['src/domain/instant.ts', 'src/cli/backup.ts', 'src/ingest/json.ts'],
  ],
  [
    /\.localeCompare\([^,()]*\)|\.toLocale(?:Date|Time)?String\(\)/,
    '`Intl` with a language: the machine’s own differs',
  ],
  [/\bas any\b|@ts-(?:ignore|expect-error|nocheck)/, 'a type that holds'],
  [/\binnerHTML\b|\bdocument\.write\b/, 'elements and text nodes: markup in a text stays text'],
  [/\beval\(|\bnew Function\b/, 'code that is there when the policy is written'],
  [listOfFormats, '`formatNames` of domain/format.ts', ['src/domain/format.ts']],
]

/** Calls that are forbidden in tests, each with its replacement. */
const bannedInTests: typeof banned = [
  // Only test/cli/sources.test.ts may contain a list of feed formats: it lists the formats that the importer
  // reads, and these are not the formats that the Worker serves.
  [listOfFormats, '`formatNames` of domain/format.ts', ['test/cli/sources.test.ts']],
  [/\bvi\.(?:do)?[mM]ock\(/, 'a plain object with the port’s type'],
  [/\b(?:test|describe|it)\.(?:only|skip|todo)\b/, 'a test that runs'],
  [
    /\bsleep\(|\bsetTimeout\([^)]*\bresolve\b/,
    'waiting for what can be seen (`expect.poll`), or a clock that is given',
  ],
  [/\bnew Set\(.*\)\.size\)\.toBe\(/, '`repeated` of test/repeated.ts, which names what is there twice'],
  [/\.every\(.*\)\)\.toBe\(true\)/, 'a list of those that are not so, which is `[]`'],
]

const callsIn = (file: string, text: string, table: typeof banned): string[] =>
  table
    .filter(([call, , but = []]) => call.test(text) && !but.includes(file))
    .map(([call, instead]) => `${file}: ${call}: use ${instead}`)

/** Matches a constant that a module sets to a number, or to an expression of numbers and other constants. */
const namedNumber = /^(?:export )?const (\w+) = (?=.*\b\d)(?!.*\w\()[\w.*+/ ()-]+$/gm

/**
 * Matches a constant's name that contains its unit: a unit of measure, or the things that are counted, such as
 * `maxTags` or `archivesPerMonth`.
 */
const measured =
  /(?:milliseconds|seconds|minutes|hours|days|bytes|characters|pixels|weight)|s(?:Per[A-Z]\w*)?$/i

/** Numeric constants whose names contain no unit, each with the unit. */
const countless: Record<string, string> = {
  'src/http/lines.ts newline': 'a byte',
  'src/domain/feed.ts maxFeedLength': 'articles, as the setting FEED_LENGTH',
  'src/domain/store.ts maxListed': 'articles, or known paths',
  'src/notify/mail/session.ts closingCode': 'a code of SMTP',
}

/**
 * Matches the word that the code formerly used for the newsroom's site and must not use now. The name of the
 * tool Lighthouse is allowed.
 */
const wrongWord = /(?<!light)house/i

const linesOf = (text: string): number => text.split('\n').length - 1

describe('tidy', () => {
  test('no file is above 300 lines, nor a test above 500, but those with a reason', () => {
    const styles = globSync('src/**/*.css', { cwd: root })
    expect([project.length > 400, styles.length > 10]).toEqual([true, true])
    const long = [...project, ...styles].filter((file) => linesOf(textOf(file)) > maxLines(file))
    expect(long).toEqual(Object.keys(longFiles))
  })

  test('no function is above 70 lines, but those with a reason', () => {
    const body = Array.from({ length: 70 }, (_, at) => `  f(${at})`).join('\n')
    expect(syntaxIn('a.ts', `function f() {\n${body}\n}\n`).functions).toEqual([{ name: 'f', lines: 72 }])
    const all = code.flatMap((file) => syntaxOf(file).functions.map((one) => ({ file, ...one })))
    expect(all.length).toBeGreaterThan(1000)
    const long = all.filter(({ lines }) => lines > 70).map(({ file, name }) => `${file} ${name}`)
    expect(long.toSorted()).toEqual(Object.keys(longFunctions))
  })

  test('no file exports what nothing imports', () => {
    const sample = { 'a.ts': syntaxIn('a.ts', 'export const a = 1\nexport type B = 1\n') }
    expect(unusedIn({ ...sample, 'b.ts': syntaxIn('b.ts', "import { a } from './a.ts'\n") })).toEqual([
      'a.ts B',
    ])
    const syntax = Object.fromEntries(project.map((file) => [file, syntaxOf(file)]))
    expect(Object.values(syntax).flatMap(({ exports }) => exports).length).toBeGreaterThan(500)
    const entries =
      /^src\/index\.ts default$|^(?:bench\/(?:counting|apart|apart-database|baselines\/\w+)|scripts\/chaos\/worker)\.ts default$|^test\//
    expect(unusedIn(syntax).filter((name) => !entries.test(name))).toEqual([])
  })

  test('no banned call is made', () => {
    expect(callsIn('a.ts', 'byte.toString(16)', banned)).toHaveLength(1)
    expect(code.flatMap((file) => callsIn(file, textOf(file), banned))).toEqual([])
    const tests = codeIn('test').filter((file) => file !== 'test/tidy.test.ts')
    expect(tests.length).toBeGreaterThan(100)
    expect(tests.flatMap((file) => callsIn(file, textOf(file), bannedInTests))).toEqual([])
  })

  test('a number that a module names carries its unit, or says what it counts', () => {
    const sample = 'const timeout = 60 * 1000\nconst at = place(4)\nexport const maxTags = 100\n'
    expect(unmeasuredIn(sample)).toEqual(['timeout'])
    const source = codeIn('src')
    expect(source.flatMap((file) => [...textOf(file).matchAll(namedNumber)]).length).toBeGreaterThan(100)
    const found = source.flatMap((file) => unmeasuredIn(textOf(file)).map((name) => `${file} ${name}`))
    expect(found.toSorted()).toEqual(Object.keys(countless).toSorted())
  })

  test('no cast bypasses the compiler: `as unknown as` is in no source file', () => {
    const casts = codeIn('src').filter((file) => /\bas unknown as\b/.test(textOf(file)))
    expect(casts).toEqual([])
  })

  test('the newsroom whose articles are served is called the site, in all code and styles', () => {
    const styles = globSync('src/**/*.css', { cwd: root })
    const files = [...project, ...styles].filter((file) => file !== 'test/tidy.test.ts')
    expect(files.length).toBeGreaterThan(500)
    expect(wrongWord.test('openHouse')).toBe(true)
    expect(files.filter((file) => wrongWord.test(textOf(file)))).toEqual([])
  })

  test('an `expect` in a loop over cases names its case', () => {
    const calls: [call: string, isNamed: boolean][] = [
      ['expect(status(path)).toBe(200)', false],
      ['expect([status(path), 1]).toEqual([200, 1])', false],
      ['expect(status(path), path).toBe(200)', true],
      ['expect([path, status(path)]).toEqual([path, 200])', true],
      ['expect({ path, status: 1 }).toEqual({ path, status: 200 })', true],
      ['expect(path).toMatch(/a/)', true],
    ]
    for (const [call, isNamed] of calls) {
      const found = unnamedIn('a.ts', `for (const [path] of paths) {\n  ${call}\n}\nexpect(1).toBe(1)\n`)
      expect({ call, lines: found }).toEqual({ call, lines: isNamed ? [] : [2] })
    }
    const unnamed = codeIn('test').flatMap((file) =>
      unnamedIn(file, textOf(file)).map((line) => `${file}:${line}: give \`expect\` the case as its message`),
    )
    expect(unnamed).toEqual([])
  })

  test('each reason is for something that is still there', () => {
    const named = [
      ...Object.keys(longFiles),
      ...Object.keys(longFunctions),
      ...Object.keys(countless),
      ...banned.flatMap(([, , but]) => but ?? []),
    ]
    expect(
      named.map((name) => name.split(' ')[0]).filter((file) => !project.includes(file as string)),
    ).toEqual([])
  })
})

/** The module's numeric constants that have no unit in their names. */
const unmeasuredIn = (text: string): string[] =>
  [...text.matchAll(namedNumber)].map(([, name = '']) => name).filter((name) => !measured.test(name))

/** The exports that no file of the project imports. */
function unusedIn(syntax: Record<string, Syntax>): string[] {
  const used = new Set(
    Object.values(syntax).flatMap(({ imports }) => imports.map(({ file, name }) => `${file} ${name}`)),
  )
  return Object.entries(syntax).flatMap(([file, { exports }]) =>
    exports.map((name) => `${file} ${name}`).filter((one) => !used.has(one) && !used.has(`${file} *`)),
  )
}
