import { parseArgs } from 'node:util'

const text = { type: 'string' } as const
const texts = { type: 'string', multiple: true } as const
const flag = { type: 'boolean' } as const

const options = {
  ...{ to: text, json: flag, help: { type: 'boolean', short: 'h' } as const, version: flag },
  ...{ 'dry-run': flag, overwrite: flag, replace: flag, verbose: flag, fix: flag, yes: flag },
  ...{ notify: flag },
  ...{ published: text, embargo: text, section: text, url: text, language: text, slug: text },
  ...{ status: text, tag: texts, author: texts, scope: text, erase: text, erased: text, subscriptions: text },
  ...{ reason: text, text },
}

/** The options that the command line gives, by name. `tag` and `author` may be given several times. */
export type Options = ReturnType<
  typeof parseArgs<{ options: typeof options; allowPositionals: true }>
>['values']
export type OptionName = keyof typeof options

/** Parses the command line; throws if an option is unknown, or if a value is missing. */
export function parseOptions(args?: string[]): { values: Options; positionals: string[] } {
  try {
    return parseArgs({ allowPositionals: true, options, ...(args && { args }) })
  } catch (fault) {
    throw new Error(`Cannot read the options: ${(fault as Error).message.split('. ')[0]}`)
  }
}
