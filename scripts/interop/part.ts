import { spawnSync } from 'node:child_process'

/** A part of `npm run interop`: checks that need programs of other people. */
export interface Part {
  /** The name by which `--only` chooses the part. */
  name: string
  /** What the part checks, for the list of parts in the help. */
  what: string
  /** Runs the checks whose tools are installed, and prints what is wrong while it runs. */
  run: () => Promise<Outcome>
}

/** What a part has found. */
export interface Outcome {
  /** The number of checks that were made, each with its result. */
  checked: number
  /** What was checked, for the last line about the part, such as "411 documents by 9 tools". */
  what: string
  /** The number of faults that were found and printed. */
  wrong: number
  /** The tools that are not installed. */
  skipped: readonly Tool[]
}

/** A program, or a library of a programming language, that may be absent. */
export interface Tool {
  name: string
  /** What is not checked without the tool. */
  checks: string
  /** The command that installs the tool, or what else must be done to have it. */
  install: string
  isInstalled: () => boolean
}

/** The line that says which tool is absent, what is therefore not checked, and how to install the tool. */
export const skipText = ({ name, checks, install }: Tool): string =>
  `${name} is not installed, so ${checks}; to install it: ${install}`

/** Whether a program can be started with the given arguments and ends with the status 0. */
export function succeeds(program: string, words: readonly string[], env = process.env): boolean {
  const { status, error } = spawnSync(program, words, { env, stdio: 'ignore' })
  return error === undefined && status === 0
}

/** Divides tools into those that are installed and the others. */
export function installedOf<T extends Tool>(tools: readonly T[]): { installed: T[]; skipped: T[] } {
  const { installed = [], skipped = [] } = Object.groupBy(tools, (tool) =>
    tool.isInstalled() ? 'installed' : 'skipped',
  )
  return { installed, skipped }
}
