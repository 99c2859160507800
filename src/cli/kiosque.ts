#!/usr/bin/env node
// The command `kiosque` starts `kiosque.js`, which imports this file. But if npx linked the command to this file
// before `kiosque.js` existed, the link still starts this file directly, so this file keeps its `#!` line.
import { parseArgs } from 'node:util'
import type { BadRow } from '../domain/backup.ts'
import { isImportOpen, openImportMessage } from '../domain/fault.ts'
import { rfc3339 } from '../domain/instant.ts'
import { withoutBlanks } from '../ingest/article.ts'
import type { Beside } from '../ingest/capture.ts'
import { parseDate } from '../ingest/date.ts'
import { readBackup } from './backup.ts'
import { dryRun } from './dry-run.ts'
import { examineStore } from './examine.ts'
import { operateHub } from './hub.ts'
import { checkGiven, overwriting } from './import.ts'
import { listLineOf } from './list-line.ts'
import { openTarget } from './open-target.ts'
import { findArticles } from './read-file.ts'
import { reportOn } from './report.ts'
import { importInto } from './restore.ts'
import { kindLines } from './sources/kinds.ts'
import type { Target } from './target.ts'
import { newToken } from './token.ts'
import { refuseUndated } from './undated.ts'
import { unwithdrawAll } from './unwithdraw.ts'
import { terminalAsk, withdrawAll } from './withdraw.ts'

const help = `Usage: npx kiosque COMMAND [options]

  import FILE…     saves the articles in the files, which may be:
${kindLines.map((line) => `                     ${line}\n`).join('')}  list             lists all articles, the newest article first; says when a scheduled article comes out, and
                   whether its date is derived from its embargo or earlier than it
  show SLUG        prints an article as JSON
  withdraw SLUG…   withdraws articles: each page answers 410, and no feed shows the article; asks first
  restore SLUG…    publishes withdrawn articles again, at the addresses that they had
  export           writes a backup (every article as NDJSON) to standard output
  doctor           lists the rows of the store that are bad, each with the reason and a remedy; exits 1 if there are any
  restored         after a restore of the database to an earlier time: makes earlier copies and dates void
  hub              lists the feeds that have WebSub subscribers, with the numbers of those whose last delivery
                   failed (failing) or took long (slow), and of the others that have not received the newest
                   change yet (pending); and the callbacks that did not confirm a request in the last day
  hub FEED         lists the subscriptions of one feed, such as feed.atom or https://flux.example.com/feed.atom
  hub redeliver [FEED|NUMBER]   retries failing deliveries now, and runs jobs again that gave up
  hub drop NUMBER  ends the subscription with this number
  token new NAME   creates an API token and prints the token, which is stored nowhere
  help             prints this text

Without --to, every command works on the local store, through the local server if it runs.

  --to URL          works on a deployed Kiosque; the variable KIOSQUE_TOKEN must contain an API token
  --json            prints the result as JSON, one line for each article

Options of import, for every article in the files:
  --published DATE  the date of publication: 2024-06-19, 2024-06-19 08:00 (in the site's time zone),
                    2024-06-19T08:00:00-04:00 (in any zone), or now; a public article without a date is refused
  --section NAME    the section, such as Monde
  --language TAG    the language, such as fr-CA; Kiosque guesses the language if none is given
  --overwrite       articles and names of a backup replace the stored ones even if the stored ones are newer
  --dry-run         compares the files with the store, says what the import would do, and saves nothing
Options of import, if the files contain only one article:
  --url URL         the address of the article, if readers do not read it on Kiosque's own page
  --slug SLUG       the end of the article's address; Kiosque makes a slug from the title if none is given
The file page.meta.json may contain the fields that the capture page.txt lacks.

Options of withdraw:
  --yes             withdraws without asking, which is needed where no terminal can answer

Options of doctor:
  --fix             first corrects the rows that can be corrected without loss, and lists what it corrected

Options of list:
  --status STATUS   lists only articles that are draft, scheduled, published, expired or withdrawn
  --section, --tag, --author KEY   lists only the articles with this key, such as --tag marche

Options of token new:
  --scope SCOPE     what the token allows: read, publish (the default) or admin

The exit code is 1 if anything was refused. All that was not refused is saved all the same.
`

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const
const options = {
  ...{ to: text, json: flag, help: { type: 'boolean', short: 'h' } as const },
  ...{ 'dry-run': flag, overwrite: flag, fix: flag, yes: flag },
  ...{ published: text, section: text, url: text, language: text, slug: text },
  ...{ status: text, tag: text, author: text, scope: text },
}

type Options = ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>['values']
type Command = (operands: string[], given: Options) => Promise<number>

const commands: Record<string, Command> = {
  async import(files, given) {
    if (files.length === 0) throw new Error('Cannot import: name at least one file')
    const beside = besideIn(given)
    const run = given['dry-run'] ? dryRun : importInto
    return using(given.to, async (target) => {
      const items = [...findArticles(files, beside, await target.timeZone())]
      checkGiven(beside, items)
      const dated = await refuseUndated(items, target)
      const found = given.overwrite ? dated.map(overwriting) : dated
      const report = reporting(found.length, given)
      const tally = await run(found, target, report.reply)
      report.summary(tally)
      return tally.refused ? 1 : 0
    })
  },

  async list(_, { to, json, status, section, tag, author }) {
    await using(to, async (target) => {
      const filter = { status, section, tag, author }
      const leftOut = ({ slug, field, reason }: BadRow) =>
        console.error(`left out article "${slug}", which is a bad row: ${field}: ${reason}`)
      for await (const article of target.list(withoutBlanks(filter), leftOut)) {
        console.log(json ? JSON.stringify(article) : listLineOf(article, Date.now()))
      }
    })
    return 0
  },

  async show([slug], { to }) {
    if (slug === undefined) throw new Error('Cannot show: name a slug')
    const article = await using(to, (target) => target.find(slug))
    if (!article) throw new Error(`Cannot find article "${slug}"`)
    console.log(JSON.stringify(article, null, 2))
    return 0
  },

  async withdraw(slugs, given) {
    if (slugs.length === 0) throw new Error('Cannot withdraw: name at least one slug')
    const report = reporting(slugs.length, given)
    const choice = { yes: given.yes === true, ask: terminalAsk(process) }
    const replies = await using(given.to, (target) => withdrawAll(slugs, target, choice))
    for (const [at, reply] of replies.entries()) report.reply(slugs[at] ?? '', reply)
    return replies.every(({ ok }) => ok) ? 0 : 1
  },

  async restore(slugs, given) {
    if (slugs.length === 0) throw new Error('Cannot restore: name at least one slug')
    const report = reporting(slugs.length, given)
    const replies = await using(given.to, (target) => unwithdrawAll(slugs, target, Date.now()))
    for (const [at, reply] of replies.entries()) report.reply(slugs[at] ?? '', reply)
    return replies.every(({ ok }) => ok) ? 0 : 1
  },

  async export(_, { to }) {
    const { lines, bad } = await using(to, readBackup)
    for (const line of lines) await printed(line)
    for (const { slug, field, reason } of bad)
      console.error(`Cannot export article "${slug}": ${field}: ${reason}`)
    return bad.length > 0 ? 1 : 0
  },

  async restored(_, { to, json }) {
    const revision = await using(to, (target) => target.restored())
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
    for (const line of lines) console.log(line)
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

  async help() {
    process.stdout.write(help)
    return 0
  },
}

async function main(): Promise<number> {
  const { values, positionals } = parsed()
  const [name = 'help', ...operands] = values.help ? ['help'] : positionals
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) throw new Error(`Cannot run "${name}": commands are ${Object.keys(commands).join(', ')}`)
  return command(operands, values)
}

function parsed() {
  try {
    return parseArgs({ allowPositionals: true, options })
  } catch (fault) {
    throw new Error(`Cannot read the options: ${(fault as Error).message.split('. ')[0]}`)
  }
}

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

function besideIn({ published, section, url, language, slug }: Options): Beside {
  const isNow = published === 'now'
  const date = published === undefined || isNow ? undefined : parseDate(published, 'UTC')
  if (date && 'fault' in date) throw new Error(`Cannot import with --published "${published}": ${date.fault}`)
  return withoutBlanks({
    published: isNow ? rfc3339(Date.now()) : published,
    ...{ section, url, language, slug },
  })
}

const reporting = (all: number, { json = false }: Options) =>
  reportOn(process, { all, json, clock: Date.now })

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
