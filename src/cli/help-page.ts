import { type CommandName, commandNames, helps } from './help.ts'
import type { Entry, Help } from './help-entry.ts'
import type { OptionName } from './options.ts'

const common = `Without --to, every command works on the local store, through the local server if it runs.

  --to URL         works on a deployed Kiosque; the variable KIOSQUE_TOKEN must contain an API token
  --json           prints the result as JSON: one line, or one for each article
`
const end = 'The exit code is 1 if anything was refused. All that was not refused is saved all the same.\n'

/** The options that every command takes, and those of all commands that need a store. */
const everywhere: readonly OptionName[] = ['help', 'version']
const ofStore: readonly OptionName[] = ['to', 'json']

const optionsOf = (name: CommandName) => helps[name].options ?? []

/** Returns the options that a command does not take; it would ignore them. */
export const unusedOptions = (name: CommandName, given: readonly OptionName[]): OptionName[] => {
  const common = helps[name].needsNoStore ? everywhere : [...everywhere, ...ofStore]
  const taken = [...common, ...optionsOf(name).flatMap(({ names }) => names)]
  return given.filter((option) => !taken.includes(option))
}

/** Writes the help: about one command, or about all. */
export function renderHelp(name?: CommandName): string {
  const all = name === undefined ? commandNames : [name]
  const forms = all.flatMap((one) => helps[one].forms.map(entryLines)).join('')
  const groups = all.flatMap((one) => [...optionsOf(one).map(groupLines), ...notesOf(one)])
  const usage =
    name === undefined ? 'Usage: npx kiosque COMMAND [options]\n' : `Usage: npx kiosque ${name} …\n`
  if (name === undefined) return [usage, forms, common, ...groups, end].join('\n')
  return [usage, forms, ...groups, ...(helps[name].needsNoStore ? [] : [common, end])].join('\n')
}

const groupLines = ({ title, entries }: NonNullable<Help['options']>[number]): string =>
  `${title}\n${entries.map(entryLines).join('')}`

const notesOf = (name: CommandName): string[] => {
  const { notes } = helps[name]
  return notes ? [`${notes.join('\n')}\n`] : []
}

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
