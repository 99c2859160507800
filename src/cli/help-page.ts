import { type CommandName, commandNames, type Entry, type Help, helps } from './help.ts'
import type { OptionName } from './options.ts'

const common = `Without --to, every command works on the local store, through the local server if it runs.

  --to URL         works on a deployed Kiosque; the variable KIOSQUE_TOKEN must contain an API token
  --json           prints the result as JSON: one line, or one for each article
`
const end = 'The exit code is 1 if anything was refused. All that was not refused is saved all the same.\n'

/** The options that every command takes. */
const commonOptions: readonly OptionName[] = ['to', 'json', 'help', 'version']

const optionsOf = (name: CommandName) => helps[name].options ?? []

/** Returns the options that a command does not take; it would ignore them. */
export const unusedOptions = (name: CommandName, given: readonly OptionName[]): OptionName[] => {
  const taken = [...commonOptions, ...optionsOf(name).flatMap(({ names }) => names)]
  return given.filter((option) => !taken.includes(option))
}

/** Writes the help: about one command, or about all. */
export function renderHelp(name?: CommandName): string {
  const all = name === undefined ? commandNames : [name]
  const forms = all.flatMap((one) => helps[one].forms.map(entryLines)).join('')
  const groups = all.flatMap((one) => [...optionsOf(one).map(groupLines), ...notesOf(one)])
  const usage =
    name === undefined ? 'Usage: npx kiosque COMMAND [options]\n' : `Usage: npx kiosque ${name} …\n`
  return [usage, forms, ...(name === undefined ? [common, ...groups] : [...groups, common]), end].join('\n')
}

const groupLines = ({ title, entries }: NonNullable<Help['options']>[number]): string =>
  `${title}\n${entries.map(entryLines).join('')}`

const notesOf = (name: CommandName): string[] => helps[name].notes?.map((line) => `${line}\n`) ?? []

const columns = 17

/** Writes an entry in two columns; a form that is longer than the first column is followed by its text after a gap. */
function entryLines([form, ...lines]: Entry): string {
  const [first = '', ...others] = lines
  const indent = ' '.repeat(columns + 2)
  return [
    `  ${form.padEnd(columns - 1)} ${form.length >= columns ? ' ' : ''}${first}`,
    ...others.map((line) => indent + line),
  ]
    .map((line) => `${line}\n`)
    .join('')
}
