import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { makeCertificate } from '../test/notify/mail/certificate.ts'
import { login, startMailServer } from '../test/notify/mail/mail-server.ts'
import { build } from './build.ts'
import { usageOf } from './process.ts'
import { type Running, run, token } from './worker.ts'

/*
 * Measures the time from a save to the last mail, over TLS to a mail server on this machine, and what subscribers cost a save.
 */

const { values } = parseArgs({
  options: {
    mails: { type: 'string', default: '1000' },
    subscribers: { type: 'string', default: '5000' },
    saves: { type: 'string', default: '21' },
  },
})

/** Milliseconds without any mail after which the bench ends. */
const maxSilenceMilliseconds = 120_000

/** Runs the bench in a process that trusts a new certificate, because the runtime reads the variable when it starts. */
function runAgain(): void {
  const folder = mkdtempSync(join(tmpdir(), 'kiosque-mail-bench-'))
  const certificate = makeCertificate('localhost')
  for (const [name, text] of Object.entries(certificate)) writeFileSync(join(folder, name), text)
  const env = { ...process.env, BENCH_CERTIFICATE: folder, NODE_EXTRA_CA_CERTS: join(folder, 'cert') }
  const { status } = spawnSync(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    env,
    stdio: 'inherit',
  })
  rmSync(folder, { recursive: true })
  process.exitCode = status ?? 1
}

async function measure(folder: string): Promise<void> {
  const [key, cert] = ['key', 'cert'].map((name) => readFileSync(join(folder, name), 'utf8')) as [
    string,
    string,
  ]
  const server = await startMailServer({ key, cert }, { secure: true })
  const modules = await build('src/index.ts')
  const bindings = {
    SITE_URL: 'http://localhost:1',
    SMTP_URL: `smtps://${login.user}:${encodeURIComponent(login.password)}@localhost:${server.port}`,
    MAIL_FROM: 'infolettre@journal.example',
    SITE_POSTAL: '12, rue du Marché, Montréal',
    SUBSCRIPTION_SECRET: 'a-secret-of-the-bench-of-32-characters',
  }
  // The queue waits a second before it delivers a message, so that no mail is sent before the save was answered.
  const open = async (people: number, selection: string): Promise<Running> => {
    const worker = await run(modules, undefined, { bindings, consumers: 10, rest: 1 })
    const database = await worker.migrate()
    for (let at = 0; at < 20; at++) await save(worker, `a${at}`)
    await subscribe(database, people, selection)
    return worker
  }
  try {
    const mails = Number(values.mails)
    const sending = await open(mails, '')
    const before = cpuOf(sending)
    const start = performance.now()
    await save(sending, 'une')
    const saved = performance.now() - start
    await until(() => server.seen.length, mails)
    const seconds = (performance.now() - start) / 1000
    const each = (cpuOf(sending) - before) / 1000 / mails
    await sending.stop()
    console.log(
      `${mails} mails: save ${saved.toFixed(1)} ms, last mail after ${seconds.toFixed(1)} s, ${each.toFixed(2)} ms of CPU each`,
    )

    // Nobody is told of these saves, so that the Workers do nothing else meanwhile.
    const people = Number(values.subscribers)
    const sites = { none: await open(0, ''), all: await open(people, 'sections/autre') }
    const times: Record<keyof typeof sites, number[]> = { none: [], all: [] }
    for (let round = 0; round <= Number(values.saves); round++) {
      for (const name of round % 2 ? (['all', 'none'] as const) : (['none', 'all'] as const)) {
        const begin = performance.now()
        await save(sites[name], `s${round}`)
        // The first save reads the tables into memory.
        if (round > 0) times[name].push(performance.now() - begin)
        await pause(1500)
      }
    }
    for (const worker of Object.values(sites)) await worker.stop()
    const [none, all] = [median(times.none), median(times.all)]
    const ratio = all / none
    console.log(
      `a save with ${people} subscribers ${all.toFixed(1)} ms, with none ${none.toFixed(1)} ms: ${ratio.toFixed(2)} times, target at most 1.1: ${ratio <= 1.1 ? 'met' : 'MISSED'}`,
    )
  } finally {
    await server.stop()
  }
}

/** The microseconds of processor time that a Worker has taken. */
const cpuOf = ({ pid }: Running): number => (pid === undefined ? 0 : (usageOf(pid)?.cpuMicroseconds ?? 0))

const median = (list: readonly number[]): number =>
  list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0

async function save(worker: Running, slug: string): Promise<void> {
  const response = await fetch(`${worker.address}/api/articles/${slug}`, {
    method: 'PUT',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ title: `Titre de ${slug}`, text: 'Le conseil a voté hier soir.\n\n'.repeat(90) }),
  })
  if (!response.ok) throw new Error(`Cannot save: ${response.status} ${await response.text()}`)
  await response.body?.cancel()
}

/** Makes subscribers who are told at once of the articles of a selection. */
async function subscribe(database: D1Database, people: number, selection: string): Promise<void> {
  const numbers = JSON.stringify(Array.from({ length: people }, (_, at) => at + 1))
  await database.batch([
    database
      .prepare(
        `INSERT INTO subscriber (number, id, channel, address, language, state, created, proof)
         SELECT value, 'id' || value, 'email', 'p' || value || '@lecteur.example', 'fr-CA', 'active', 0, '{}' FROM json_each(?1)`,
      )
      .bind(numbers),
    database
      .prepare(
        `INSERT INTO choice (subscriber, selection, schedule, since) SELECT value, ?2, 'now', 0 FROM json_each(?1)`,
      )
      .bind(numbers, selection),
  ])
}

async function until(count: () => number, wanted: number): Promise<void> {
  let last = { count: 0, at: performance.now() }
  while (last.count < wanted) {
    await pause(10)
    if (count() > last.count) last = { count: count(), at: performance.now() }
    if (performance.now() - last.at > maxSilenceMilliseconds)
      throw new Error(`only ${last.count} of ${wanted} mails were sent`)
  }
}

const certificateFolder = process.env.BENCH_CERTIFICATE
if (certificateFolder) await measure(certificateFolder)
else runAgain()
