import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { version } from '../../package.json'
import { commandNames } from '../../src/cli/help.ts'
import { renderHelp, unusedOptions } from '../../src/cli/help-page.ts'
import { type OptionName, parseOptions } from '../../src/cli/options.ts'

/** Every option with a value, as the command line gives it. */
const every = parseOptions([
  ...['--to=x', '--json', '--help', '--version', '--dry-run', '--overwrite', '--verbose', '--fix', '--yes'],
  ...['--published=x', '--embargo=x', '--section=x', '--url=x', '--language=x', '--slug=x', '--status=x'],
  ...['--tag=x', '--author=x', '--scope=x', '--erase=x'],
]).values
const optionNames = Object.keys(every) as OptionName[]

describe('the help', () => {
  test('names every command and every option', () => {
    const all = renderHelp()
    expect(commandNames.filter((name) => !new RegExp(`^  ${name}\\b`, 'm').test(all))).toEqual([])
    expect(optionNames.filter((name) => name !== 'help' && !all.includes(`--${name}`))).toEqual([])
    expect(all.split('\n').filter((line) => line.length > 122)).toEqual([])
  })

  test('of one command names its options and those of all commands, and no other command', () => {
    for (const name of commandNames) {
      const one = renderHelp(name)
      const others = commandNames.filter(
        (other) => other !== name && new RegExp(`^  ${other}\\b`, 'm').test(one),
      )
      expect(others, name).toEqual([])
      const taken = optionNames.filter((option) => unusedOptions(name, [option]).length === 0)
      expect(
        taken.filter((option) => option !== 'help' && option !== 'version' && !one.includes(`--${option}`)),
        name,
      ).toEqual([])
    }
  })
})

test('says where the addresses of comments are in a backup, and where they are not', () => {
  const written = (name: 'export' | 'import') => renderHelp(name).replace(/\s+/g, ' ')
  expect(written('export')).toContain('without the e-mail addresses of comments and reports')
  expect(written('export')).toContain('the e-mail addresses of comments and reports, to this file, encrypted')
  expect(written('import')).toContain('gives comments and reports their e-mail addresses back')
})

test('a command that needs no store says nothing of one, and refuses the options that concern it', () => {
  for (const name of ['push', 'token', 'help'] as const) {
    expect(renderHelp(name), name).not.toMatch(/--to|store\.|refused/)
    expect(unusedOptions(name, ['to']), name).toEqual(['to'])
  }
  expect([unusedOptions('push', ['json']), unusedOptions('token', ['json'])]).toEqual([[], ['json']])
})

test('every option is one of some command', () => {
  const takenBy = (option: OptionName) =>
    commandNames.filter((name) => unusedOptions(name, [option]).length === 0)
  expect(optionNames.filter((option) => takenBy(option).length === 0)).toEqual([])
  expect(unusedOptions('withdraw', ['yes', 'dry-run', 'to'])).toEqual(['dry-run'])
})

/** Runs the command line; returns what it wrote, and its exit code. */
async function run(...operands: string[]) {
  const done = promisify(execFile)(process.execPath, ['src/cli/kiosque.ts', ...operands])
  return done.then(
    (output) => ({ ...output, code: 0 }),
    (fault: { stdout: string; stderr: string; code: number }) => fault,
  )
}

test.for([
  [['--version'], `${version}\n`],
  [['help'], renderHelp()],
  [['help', 'import'], renderHelp('import')],
  [['import', '--help'], renderHelp('import')],
  [[], renderHelp()],
])('kiosque %o prints what it should', async ([operands, expected]) => {
  expect(await run(...(operands as string[]))).toMatchObject({ code: 0, stdout: expected, stderr: '' })
})

test.for([
  [['help', 'toString'], 'Cannot run "toString": commands are import, list'],
  [['withdraw', 'a', '--dry-run'], 'Cannot run withdraw with --dry-run: it is no option of withdraw'],
  [['list', '--colour'], "Cannot read the options: Unknown option '--colour'"],
] as const)('kiosque %o is refused', async ([operands, says]) => {
  expect(await run(...operands)).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(says) })
})
