import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { migrate } from '../src/cli/migrate.ts'
import { remoteTarget } from '../src/cli/remote.ts'
import { makeCertificate } from '../test/notify/mail/certificate.ts'
import { login, startMailServer } from '../test/notify/mail/mail-server.ts'
import { databaseFileIn, temporaryStore } from './local-server.ts'
import { freePort } from './ports.ts'
import type { ProcessGroup } from './process-group.ts'
import { kill, serve, token } from './worker-process.ts'

/*
 * Kills the Worker while it mails a digest and articles, and checks that nobody misses a mail, and that only those mails came twice
 * whose answer the killed Worker cannot have stored: the last one on each connection to the mail server.
 */

const kills = Number(process.argv[2] ?? 20)
/** The number of people who are told by a digest, and the number of those who are told at once. */
const people = 120

const hourMilliseconds = 3_600_000

/** A mail that the mail server has accepted. `isLast`: it was the last one on its connection. */
interface Mail {
  to: string
  id: string
  subject: string
  round: number
  isLast: boolean
}

const mails: Mail[] = []
const lastOf = new Map<string, Mail>()
let round = 0

const field = (message: string, name: string): string =>
  new RegExp(`^${name}: *(.*)$`, 'im').exec(message)?.[1]?.trim() ?? ''

const folder = mkdtempSync(join(tmpdir(), 'kiosque-mail-'))
const certificate = makeCertificate('localhost')
const trusted = join(folder, 'trusted.pem')
writeFileSync(trusted, certificate.cert)
// The runtime of the Worker reads this variable when it starts.
process.env.NODE_EXTRA_CA_CERTS = trusted

const mailServer = await startMailServer(certificate, {
  secure: true,
  onData: (stream, session, done) => {
    const parts: Buffer[] = []
    stream.on('data', (part: Buffer) => void parts.push(part))
    stream.on('end', () => {
      const message = Buffer.concat(parts).toString('latin1')
      const [to] = session.envelope.rcptTo
      const before = lastOf.get(session.id)
      if (before) before.isLast = false
      const mail: Mail = {
        ...{ to: to?.address ?? '', id: field(message, 'Message-ID'), subject: field(message, 'Subject') },
        ...{ round, isLast: true },
      }
      lastOf.set(session.id, mail)
      mails.push(mail)
      done(null)
    })
  },
})

const { store, remove } = temporaryStore()

function change(work: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(databaseFileIn(store))
  try {
    work(database)
  } finally {
    database.close()
  }
}

/** Stores people who have chosen all articles: some are told by a daily digest, the others at once. The first article is in that digest. */
const subscribeAll = () =>
  change((database) => {
    const since = Date.now() - 24 * hourMilliseconds
    const subscriber = database.prepare(
      `INSERT INTO subscriber (number, id, channel, address, language, state, created, confirmed, proof)
       VALUES (?1, 'id' || ?1, 'email', ?2, 'fr-CA', 'active', ?3, ?3, '{"at":1,"words":"x"}')`,
    )
    const choice = database.prepare(
      `INSERT INTO choice (subscriber, selection, schedule, since) VALUES (?1, '', ?2, ?3)`,
    )
    for (let number = 1; number <= 2 * people; number++) {
      const isDaily = number <= people
      subscriber.run(number, `${isDaily ? 'jour' : 'aussitot'}-${number}@lecteur.example`, since)
      choice.run(number, isDaily ? 'daily' : 'now', since)
    }
    database.prepare('UPDATE article SET news = ?').run(Date.now() - 2 * hourMilliseconds)
  })

/** Ends the claims of jobs that were killed, so that the test need not wait until they end by themselves. */
const endClaims = () =>
  change((database) => void database.exec('UPDATE notification SET next = 0, claimed = NULL'))

const waiting = (): number => {
  let count = 0
  change((database) => {
    count = Number(database.prepare('SELECT count(*) AS count FROM notification').get()?.count)
  })
  return count
}

async function save(port: number, slug: string): Promise<void> {
  const target = remoteTarget(`http://localhost:${port}`, token)
  const [reply] = await target.save([{ slug, title: `Titre ${slug}`, text: 'Un paragraphe.' }])
  assert.ok(reply?.ok, JSON.stringify(reply))
}

const runCron = async (port: number) =>
  void (await (await fetch(`http://localhost:${port}/cdn-cgi/local/scheduled`)).text())

/** Milliseconds without any mail after which the test fails. */
const timeoutMilliseconds = 120_000

async function until(isSo: () => boolean, server: ProcessGroup): Promise<void> {
  let last = { count: mails.length, at: Date.now() }
  while (!isSo()) {
    await Promise.race([pause(5), server.failed])
    if (mails.length > last.count) last = { count: mails.length, at: Date.now() }
    assert.ok(Date.now() - last.at < timeoutMilliseconds, `no mail came any more after ${mails.length}`)
  }
}

/** Starts a Worker on the store, calls `work`, and then kills the Worker, even if `work` fails. */
async function withWorker(work: (server: ProcessGroup, port: number) => Promise<void>): Promise<void> {
  const port = await freePort()
  const server = await serve(store, port, {
    SITE_URL: `http://localhost:${port}`,
    SMTP_URL: `smtps://${login.user}:${encodeURIComponent(login.password)}@localhost:${mailServer.port}`,
    MAIL_FROM: 'infolettre@journal.example',
    SITE_POSTAL: '12, rue du Marché, Montréal',
    SUBSCRIPTION_SECRET: 'a-secret-of-the-test-of-32-characters',
    TIME_ZONE: 'UTC',
    DIGEST_HOUR: String(digestHour),
  })
  try {
    await work(server, port)
  } finally {
    await kill(server)
  }
}

const digestHour = new Date().getUTCHours()
const slugs = Array.from({ length: kills }, (_, at) => `article-${at + 1}`)
const nowAddresses = Array.from({ length: people }, (_, at) => `aussitot-${people + at + 1}@lecteur.example`)
const dailyAddresses = Array.from({ length: people }, (_, at) => `jour-${at + 1}@lecteur.example`)

try {
  migrate(store)
  await withWorker((_, port) => save(port, 'hier'))
  subscribeAll()
  let within = 0
  for (round = 1; round <= kills; round++) {
    const before = mails.length
    await withWorker(async (server, port) => {
      await save(port, slugs[round - 1] ?? '')
      await runCron(port)
      await until(() => mails.length >= before + (round % 4) * 10, server)
    })
    if (waiting() > 0) within++
    endClaims()
  }
  await withWorker(async (server, port) => {
    await runCron(port)
    await until(() => waiting() === 0, server)
  })

  const isTold = new Set(mails.map(({ to, subject }) => `${to} ${subject}`))
  const missing = nowAddresses.flatMap((to) =>
    slugs.map((slug) => `${to} Titre ${slug}`).filter((one) => !isTold.has(one)),
  )
  const digests = mails.filter(({ to }) => to.startsWith('jour-'))
  const noDigest = dailyAddresses.filter((address) => !digests.some(({ to }) => to === address))
  assert.deepEqual([missing, noDigest], [[], []], 'somebody was not told')

  const first = new Map<string, Mail>()
  const twice: string[] = []
  let allowed = 0
  for (const mail of mails) {
    const key = `${mail.to} ${mail.subject}`
    const earlier = first.get(key)
    if (!earlier) first.set(key, mail)
    else if (earlier.isLast && earlier.round < mail.round && earlier.id === mail.id) {
      allowed++
      first.set(key, mail)
    } else twice.push(`${key}: round ${earlier.round} and ${mail.round}, ${earlier.id} and ${mail.id}`)
  }
  assert.deepEqual(twice, [], 'a mail came twice although the Worker had stored its answer')
  assert.ok(within > kills / 2, `only ${within} of ${kills} kills came while mails were waiting`)
  console.log(
    `mail kill test: ${kills} kills, ${within} of them while mails were waiting; each of ${people} people got the digest and each of ${people} the ${kills} articles; ${allowed} mails came twice, because their answer was lost`,
  )
} finally {
  await mailServer.stop()
  remove()
  rmSync(folder, { recursive: true, force: true })
}
