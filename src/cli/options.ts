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

/** An id of a comment, or of a version of it, that begins with a hyphen, as one in 64 does. No option has so many letters. */
const hyphenId = /^-[\w-]{21}(~[\da-z]{1,9})?$/

/** What an id gets before it is parsed, so that it is no option. No argument of a program can contain it. */
const mark = '\0'

/**
 * Parses the command line; throws if an option is unknown, or if a value is missing. The id of a comment is an operand, also if it
 * begins with a hyphen.
 */
export function parseOptions(args: string[] = process.argv.slice(2)): {
  values: Options
  positionals: string[]
} {
  const marked = args.map((one) => (hyphenId.test(one) ? mark + one : one))
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options, args: marked })
    return { values, positionals: positionals.map((one) => one.replace(mark, '')) }
  } catch (fault) {
    throw new Error(`Cannot read the options: ${(fault as Error).message.split('. ')[0]}`)
  }
}
