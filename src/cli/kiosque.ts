#!/usr/bin/env node
// The command `kiosque` starts `kiosque.js`, which imports this file. But if npx linked the command to this file
// before `kiosque.js` existed, the link still starts this file directly, so this file keeps its `#!` line.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Article } from '../domain/article.ts'
import { isImportOpen, openImportMessage } from '../domain/fault.ts'
import { makeVapidKeys } from '../notify/push/vapid.ts'
import { operateComments, refuseUnused } from './comments.ts'
import { importComments } from './comments-import.ts'
import { dryRun } from './dry-run.ts'
import { describeErasure, eraseAllAgain, standardErasedFile } from './erased-file.ts'
import { examineStore } from './examine.ts'
import { exportStore } from './export-store.ts'
import { fieldsGiven, keepingDates } from './given.ts'
import type { CommandName } from './help.ts'
import { renderHelp, unusedOptions } from './help-page.ts'
import { operateHub } from './hub.ts'
import { checkGiven, overwriting } from './import.ts'
import { isCommentItem } from './kept-lines.ts'
import { listArticles } from './list.ts'
import { listLineOf } from './list-line.ts'
import { warnOfLostContent } from './lost-content.ts'
import { warnOfNewSections } from './new-sections.ts'
import { openTarget } from './open-target.ts'
import { type OptionName, type Options, parseOptions } from './options.ts'
import { askPassphrase } from './passphrase.ts'
import { root } from './paths.ts'
import { warnOfMissingPictures } from './pictures.ts'
import { linesOfKeys } from './push-keys.ts'
import { findArticles } from './read-file.ts'
import { reportOn } from './report.ts'
import { importInto } from './restore.ts'
import { importSubscribers, readSubscribers } from './subscribers-file.ts'
import { operateSubscriptions } from './subscriptions.ts'
import type { Target } from './target.ts'
import { newToken } from './token.ts'
import { refuseUndated } from './undated.ts'
import { isUndoMeant, undoImport } from './undo.ts'
import { unwithdrawAll } from './unwithdraw.ts'
import { terminalAsk, withdrawAll } from './withdraw.ts'

type Command = (operands: string[], given: Options) => Promise<number>

const commands: Record<CommandName, Command> = {
  async import(files, given) {
    const { subscriptions, erased = standardErasedFile } = given
    if (files.length === 0 && subscriptions === undefined)
      throw new Error('Cannot import: name at least one file')
    if (subscriptions === undefined) return using(given.to, (target) => importArticles(files, given, target))
    if (given['dry-run'])
      throw new Error('Cannot import subscribers with --dry-run: import the articles alone first')
    const lines = await readSubscribers(subscriptions, await askPassphrase(process, 'decrypt'), Date.now())
    return using(given.to, async (target) => {
      const code = files.length > 0 ? await importArticles(files, given, target) : 0
      await eraseAllAgain(target.subscriptions, erased)
      const { restored, unchanged, erased: left, addresses, bad } = await importSubscribers(target, lines)
      if (addresses > 0) {
        console.error(`addresses of comments: ${addresses} restored`)
        await eraseAllAgain(target.subscriptions, erased)
      }
      console.error(`subscribers: ${restored} restored, ${unchanged} there already, ${left} erased since`)
      for (const { line, field, reason } of bad)
        console.error(`Cannot import line ${line} of "${subscriptions}": ${field}: ${reason}`)
      return bad.length > 0 ? 1 : code
    })
  },

  async list(_, given) {
    const article = (one: Article) =>
      console.log(given.json ? JSON.stringify(one) : listLineOf(one, Date.now()))
    await using(given.to, (target) => listArticles(target, given, { article, note: console.error }))
    return 0
  },

  async show([slug], { to }) {
    if (slug === undefined) throw new Error('Cannot show: name a slug')
    const article = await using(to, (target) => target.find(slug))
    if (!article) throw new Error(`Cannot find article "${slug}"`)
    console.log(JSON.stringify(article, null, 2))
    return 0
  },

  async undo(_, given) {
    const isMeant = await isUndoMeant({ yes: given.yes === true, ask: terminalAsk(process) })
    if (!isMeant) {
      console.error('Nothing was taken back, as you answered')
      return 1
    }
    // How many articles the import has is known at its end only.
    const report = reporting(undefined, given)
    const { tally, notes } = await using(given.to, (target) =>
      undoImport(target, (one) => report.reply('import', one)),
    )
    if (Object.keys(tally).length > 0) report.summary(tally)
    for (const note of notes) console.error(note)
    return tally.refused ? 1 : 0
  },

  async withdraw(slugs, given) {
    if (slugs.length === 0) throw new Error('Cannot withdraw: name at least one slug')
    const report = reporting(slugs.length, { ...given, verbose: true })
    const choice = { yes: given.yes === true, ask: terminalAsk(process) }
    const replies = await using(given.to, (target) => withdrawAll(slugs, target, choice))
    for (const [at, reply] of replies.entries()) report.reply(slugs[at] ?? '', reply)
    return replies.every(({ ok }) => ok) ? 0 : 1
  },

  async restore(slugs, given) {
    if (slugs.length === 0) throw new Error('Cannot restore: name at least one slug')
    const report = reporting(slugs.length, { ...given, verbose: true })
    const replies = await using(given.to, (target) => unwithdrawAll(slugs, target, Date.now()))
    for (const [at, reply] of replies.entries()) report.reply(slugs[at] ?? '', reply)
    return replies.every(({ ok }) => ok) ? 0 : 1
  },

  async export(_, { to, subscriptions: file, erased = standardErasedFile }) {
    const passphrase = file === undefined ? '' : await askPassphrase(process, 'encrypt')
    return using(to, (target) => exportStore(target, { file, passphrase, erased, print: printed }))
  },

  async restored(_, { to, json, erased = standardErasedFile }) {
    const { note, revision } = await using(to, async (target) => {
      const again = await eraseAllAgain(target.subscriptions, erased)
      const note = await describeErasure(target.subscriptions, again, erased)
      return { note, revision: await target.restored() }
    })
    if (note) console.error(note)
    console.log(
      json
        ? JSON.stringify({ revision })
        : 'done: no date from before the restore counts, every copy at the edge is stale, and subscribers get their feeds again',
    )
    return 0
  },

  async doctor(_, { to, json, fix }) {
    return using(to, (target) => examineStore(target, fix === true, json === true))
  },

  async hub(operands, { to, json }) {
    const lines = await using(to, ({ hub }) => operateHub(hub, operands, json === true))
    return print(lines)
  },

  async subscriptions(_, { to, json, erase }) {
    const lines = await using(to, ({ subscriptions }) => operateSubscriptions(subscriptions, { erase, json }))
    return print(lines)
  },

  async comments(operands, given) {
    const { to, json, reason, text } = given
    const [word, ...files] = operands
    refuseUnused(word === 'import', given)
    if (word === 'import') return using(to, (target) => importComments(target, files, given, process))
    const { lines, refused } = await using(to, ({ comments }) =>
      operateComments(comments, operands, json === true, { reason, text }),
    )
    for (const message of refused) console.error(message)
    print(lines)
    return refused.length > 0 ? 1 : 0
  },

  async push([action, ...others], { json }) {
    if (action !== 'keys' || others.length > 0) throw new Error('Cannot run this: the command is push keys')
    for (const line of linesOfKeys(await makeVapidKeys(), json === true)) console.log(line)
    return 0
  },

  async token([action, name = 'newsroom'], { scope = 'publish' }) {
    if (action !== 'new') throw new Error('Cannot run this: the command is token new NAME')
    const { token, entry } = newToken(name, scope)
    console.log(`The token, which is not shown again:\n  ${token}\n`)
    console.log(
      `Put this into the secret API_TOKENS, beside the entries that stay (separated by commas):\n  ${entry}`,
    )
    return 0
  },

  async help([name]) {
    if (name !== undefined && !isCommand(name)) throw new Error(unknownCommand(name))
    process.stdout.write(renderHelp(name))
    return 0
  },
}

/** Prints the lines, and returns the exit code of a command that has done its work. */
function print(lines: readonly string[]): number {
  for (const line of lines) console.log(line)
  return 0
}

async function importArticles(files: readonly string[], given: Options, target: Target): Promise<number> {
  const beside = fieldsGiven(given, Date.now())
  const run = given['dry-run'] ? dryRun : importInto
  const erased = given.erased ?? standardErasedFile
  const read = [...findArticles(files, beside, await target.timeZone())]
  const items = keepingDates(read, given, beside)
  checkGiven(beside, items)
  const dated = await refuseUndated(items, target, given.replace)
  const named = warnOfLostContent(await warnOfNewSections(dated, target))
  const checked = await warnOfMissingPictures(named, target)
  const found = given.overwrite ? checked.map(overwriting) : checked
  const report = reporting(found.length, given)
  // The backup may be older than the erasure of a person, whose comments must not be public before the import ends.
  const isErasing = !given['dry-run'] && found.some(isCommentItem)
  if (isErasing) await eraseAllAgain(target.subscriptions, erased)
  const tally = await run(found, target, report.reply, given)
  report.summary(tally)
  if (isErasing) {
    const { comments } = await eraseAllAgain(target.subscriptions, erased)
    if (comments > 0) console.error(`erased again: ${comments} comments of people who were erased`)
  }
  return tally.refused ? 1 : 0
}

async function main(): Promise<number> {
  const { values, positionals } = parseOptions()
  if (values.version) {
    console.log(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version)
    return 0
  }
  const [name = 'help', ...operands] = values.help ? ['help', ...positionals.slice(0, 1)] : positionals
  if (!isCommand(name)) throw new Error(unknownCommand(name))
  const [unused] = values.help ? [] : unusedOptions(name, Object.keys(values) as OptionName[])
  if (unused !== undefined) throw new Error(`Cannot run ${name} with --${unused}: it is no option of ${name}`)
  if (withoutOperands.has(name) && operands.length > 0)
    throw new Error(`Cannot run ${name} with "${operands[0]}": ${name} takes no names`)
  return commands[name](operands, values)
}

/** The commands that concern the whole store, so that a name after them is a mistake. */
const withoutOperands: ReadonlySet<CommandName> = new Set([
  'list',
  'export',
  'doctor',
  'restored',
  'undo',
  'subscriptions',
])

const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name)

const unknownCommand = (name: string): string =>
  `Cannot run "${name}": commands are ${Object.keys(commands).join(', ')}`

async function using<T>(to: string | undefined, work: (target: Target) => Promise<T>): Promise<T> {
  const target = await openTarget(to)
  try {
    return await work(target)
  } finally {
    await target.close()
  }
}

/**
 * Writes one line of NDJSON and waits until the line is written, because `process.exit` discards output that
 * was not yet written to a pipe.
 */
const printed = (line: object): Promise<void> =>
  new Promise((resolve, reject) =>
    process.stdout.write(`${JSON.stringify(line)}\n`, (fault) => (fault ? reject(fault) : resolve())),
  )

const reporting = (all: number | undefined, { json = false, verbose = false }: Options) =>
  reportOn(process, { all, json, verbose, clock: Date.now })

/**
 * Tells whether the program that reads our output, such as `head`, has stopped reading. An import continues
 * even if that program has stopped.
 */
const isUnread = (fault: NodeJS.ErrnoException): boolean => fault.code === 'EPIPE'

process.stdout.on('error', (fault) => {
  if (!isUnread(fault)) throw fault
})

main().then(
  (code) => process.exit(code),
  (fault: Error) => {
    if (isUnread(fault)) process.exit(0)
    const message = isImportOpen(fault) ? `Cannot save: ${openImportMessage}` : fault.message
    console.error(`${message}\nSee: npx kiosque help`)
    process.exit(1)
  },
)
