import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join, relative } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { besideEnding } from './beside-file.ts'
import { importAll } from './import.ts'
import { localTarget } from './local.ts'
import { writeLocalConfig } from './local-config.ts'
import { localKeys, localSecret, openMailbox } from './local-mail.ts'
import { lockStore } from './lock.ts'
import {
  mailFolder,
  quiet,
  root,
  serverFile,
  standardStore,
  subscriptionSecretFile,
  vapidKeysFile,
  wrangler,
} from './paths.ts'
import { findArticles } from './read-file.ts'
import { type RunningServer, writtenServer } from './running.ts'
import { eventsIn, withoutWarnings } from './server-output.ts'
import { startMessage } from './start-message.ts'

const watch = join(import.meta.dirname, 'watch.ts')
const fixtures = join(root, 'fixtures')
const environment = { ...process.env, ...quiet }

/** The arguments that this script uses itself. The script passes these arguments, like all others, to wrangler too. */
interface Where {
  host: string
  port: number
  persistTo: string
}

/** Fills an empty store with the fixtures, starts the server, and calls its cron handler every minute. */
async function start(passed: string[]): Promise<void> {
  const given = optionsIn(passed)
  const where = whereOf(given)
  const address = `http://${where.host}:${where.port}`
  await mustBeFree(where)
  lock(where)
  await fill(address, where)
  const token = randomBytes(24).toString('base64url')
  const mailbox = await openMailbox(mailFolder, ({ message, page, link }) => {
    const lines = [
      relative('', message),
      ...(page ? [pathToFileURL(page).href] : []),
      ...(link ? [link] : []),
    ]
    console.log(`Mail: ${lines.join('\n      ')}`)
  })
  const variables = [
    ...variablesFor(address, token),
    `MAIL_LOOPBACK:${mailbox.url}`,
    `VAPID_KEYS:${await localKeys(vapidKeysFile)}`,
  ]
  const server = serve(argumentsFor(variables, where, given), passed, !given.has('log-level'))
  process.once('exit', forget)
  await firstCron(address)
  await dated(address)
  remember({ address, token, process: process.pid })
  console.log(await startMessage(address))
  server.speak()
  setInterval(() => runCron(address), cronMilliseconds)
}

/** Milliseconds between local runs of the work that cron does each minute on the platform. */
const cronMilliseconds = 60_000

/** Milliseconds to wait until a stopped server has released its lock on the store. */
const lockTimeoutMilliseconds = 5000

/**
 * Returns the options in the arguments that are passed to wrangler. If an option occurs several times, its
 * last value counts.
 */
function optionsIn(passed: string[]): Map<string, string | undefined> {
  const text = { type: 'string' } as const
  const { tokens } = parseArgs({
    args: passed,
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: { port: text, ip: text, 'persist-to': text },
  })
  return new Map(tokens.flatMap((token) => (token.kind === 'option' ? [[token.name, token.value]] : [])))
}

function whereOf(given: Map<string, string | undefined>): Where {
  const ip = given.get('ip') ?? 'localhost'
  return {
    host: ['0.0.0.0', '::', '*'].includes(ip) ? 'localhost' : ip,
    port: Number(given.get('port') ?? 8787),
    persistTo: given.get('persist-to') ?? standardStore,
  }
}

/**
 * The lowest level of log that wrangler prints, if the caller names none. The Worker writes most events of its log at
 * this level. Of the rest that wrangler prints at this level, `serve` shows only errors.
 */
const logLevel = 'info'

/** Returns the settings of a local run, as wrangler's option `--var` takes them. */
function variablesFor(address: string, token: string): string[] {
  const hash = createHash('sha256').update(token).digest('hex')
  return [
    `SITE_URL:${address}`,
    `API_TOKENS:local:admin:${hash}`,
    'HUB_LOOPBACK:true',
    `SUBSCRIPTION_SECRET:${localSecret(subscriptionSecretFile)}`,
  ]
}

/**
 * Returns the default arguments for wrangler. A default is left out if the same option was given to this
 * script, because wrangler refuses an option that is given twice.
 */
function argumentsFor(
  variables: readonly string[],
  { port, persistTo }: Where,
  given: Map<string, string | undefined>,
): string[] {
  const standard = {
    port: String(port),
    'persist-to': persistTo,
    'inspector-port': '0',
    assets: join(fixtures, 'public'),
    'show-interactive-dev-session': 'false',
    'log-level': logLevel,
  }
  const isOwn = given.has('config') || given.has('c')
  return [
    ...(isOwn ? [] : [`--config=${writeLocalConfig()}`]),
    ...Object.entries(standard).flatMap(([name, value]) => (given.has(name) ? [] : [`--${name}=${value}`])),
    ...variables.flatMap((variable) => ['--var', variable]),
  ]
}

/**
 * Checks that the port is free. If the port were taken, wrangler would silently use another port, and the feeds
 * would contain the wrong address.
 */
function mustBeFree({ host, port }: Where): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', () =>
      reject(new Error(`Cannot start: port ${port} is taken; choose another: npm start -- --port 9000`)),
    )
    probe.listen(port, host, () => probe.close(() => resolve()))
  })
}

/**
 * Locks the store until this process ends, because two processes that write to one store would lose saves. A
 * server that was just stopped may release its lock only after a few seconds, so the function waits for the
 * lock.
 */
function lock({ persistTo }: Where): void {
  const held = lockStore(persistTo, lockTimeoutMilliseconds)
  if (!held) throw new Error(`Cannot start: another process works on the store ${persistTo}`)
  process.once('exit', held.release)
}

async function fill(siteUrl: string, { persistTo }: Where): Promise<void> {
  const store = await localTarget({ siteUrl, persistTo })
  try {
    await store.allowChange()
    if (!(await store.isEmpty())) return
    const files = readdirSync(fixtures)
      .filter((name) => /\.(txt|json)$/.test(name) && !name.endsWith(besideEnding))
      .sort()
      .map((name) => join(fixtures, name))
    const { refused = 0 } = await importAll(
      findArticles(files, {}, await store.timeZone()),
      store,
      (where, reply) => {
        if (!reply.ok) console.error(`refused ${where}: ${reply.reason}`)
      },
    )
    if (refused > 0) throw new Error('Cannot start: a fixture was refused')
  } finally {
    await store.close()
  }
}

/**
 * Starts wrangler, and holds back its output until `speak` is called, so that this script's own output comes first. If
 * `isQuiet` is true, only the events in the Worker's log and errors are printed.
 */
function serve(standard: string[], passed: string[], isQuiet: boolean): { speak: () => void } {
  const child = spawn(process.execPath, ['--import', watch, wrangler, 'dev', ...standard, ...passed], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let held: (() => void)[] | undefined = []
  const pass = (output: NodeJS.WriteStream, shown: (part: string) => string) => (part: string) => {
    const text = isQuiet ? shown(part) : part
    if (held) held.push(() => output.write(text))
    else output.write(text)
  }
  const speak = () => {
    for (const write of held ?? []) write()
    held = undefined
  }
  child.stdout.setEncoding('utf8').on('data', pass(process.stdout, eventsIn()))
  child.stderr.setEncoding('utf8').on('data', pass(process.stderr, withoutWarnings()))
  child.once('close', (code) => {
    speak()
    process.exit(code ?? 0)
  })
  const stop = () => child.kill('SIGTERM')
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  process.once('exit', stop)
  stopWithShell(stop)
  return { speak }
}

const shell = process.ppid

/**
 * Stops the server when the shell in which npm started this script has ended. If somebody stops npm, npm
 * sends SIGTERM to the shell. The shell then ends without passing the signal on to this process.
 */
function stopWithShell(stop: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return
  const watch = setInterval(() => {
    if (process.ppid === shell) return
    clearInterval(watch)
    stop()
  }, 250)
}

/** Runs the work that cron does on the platform. Returns false if the server does not answer. */
async function runCron(address: string): Promise<boolean> {
  const response = await fetch(`${address}/cdn-cgi/local/scheduled`).catch(() => undefined)
  await response?.body?.cancel()
  return response !== undefined
}

/**
 * Waits until the server answers, and runs the work of cron once: it puts this version in charge, and makes the
 * deliveries that were missing when the server last stopped.
 */
async function firstCron(address: string): Promise<void> {
  while (!(await runCron(address))) await pause(100)
}

/**
 * Waits until a feed has the header Last-Modified, for at most five seconds. A feed does not have this header
 * during the second in which an article was saved, or during the two seconds after this version took charge.
 */
async function dated(address: string): Promise<void> {
  for (let tries = 0; tries < 50; tries++) {
    const response = await fetch(`${address}/feed.rss`)
    await response.body?.cancel()
    if (response.headers.has('Last-Modified') || !response.ok) return
    await pause(100)
  }
}

/**
 * Writes the file by which the command line finds this server. Only the file's owner may read the file, because
 * it contains the token.
 */
function remember(server: RunningServer): void {
  mkdirSync(dirname(serverFile), { recursive: true })
  writeFileSync(serverFile, `${JSON.stringify(server)}\n`, { mode: 0o600 })
}

/** Removes the server's file, but only if this process wrote it: another server may have overwritten the file since. */
function forget(): void {
  if (writtenServer()?.process === process.pid) rmSync(serverFile, { force: true })
}

start(process.argv.slice(2)).catch((fault: Error) => {
  console.error(fault.message)
  process.exit(1)
})
