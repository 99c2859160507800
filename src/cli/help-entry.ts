import type { OptionName } from './options.ts'

/** The lines of the help about one form of a command, or about one option. */
export type Entry = [form: string, ...lines: string[]]

/** The help about one command. */
export interface Help {
  forms: Entry[]
  options?: { title: string; entries: Entry[]; names: OptionName[] }[]
  /** Further lines. */
  notes?: string[]
  /** Whether the command works without a store, so that it takes no option that all others take. */
  needsNoStore?: true
}
