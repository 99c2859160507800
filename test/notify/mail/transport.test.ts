import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import PostalMime from 'postal-mime'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openMailbox } from '../../../src/cli/local-mail.ts'
import type { MailDestination } from '../../../src/domain/mail.ts'
import type { Call, Within } from '../../../src/domain/ports.ts'
import { callWith } from '../../../src/hub/outbound.ts'
import { renderMessage } from '../../../src/notify/mail/message.ts'
import { type MailPurpose, openTransport } from '../../../src/notify/mail/transport.ts'
import { makeCertificate } from './certificate.ts'
import { login, type Script, startMailServer, startScriptedServer, type TestServer } from './mail-server.ts'
import type { Delivery } from './mail-worker.ts'
import { connectTrusting } from './node-connection.ts'
import { startWorkerProcess, type WorkerProcess } from './worker-process.ts'

const certificate = makeCertificate('localhost')
const purposes: readonly MailPurpose[] = ['confirmation', 'reply', 'news', 'digest']

const servers: TestServer[] = []
const folder = mkdtempSync(join(tmpdir(), 'kiosque-mailbox-'))
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop()
})
afterAll(() => rmSync(folder, { recursive: true }))

async function started(starting: Promise<TestServer>): Promise<TestServer> {
  const server = await starting
  servers.push(server)
  return server
}

const envelope = (purpose: MailPurpose = 'digest', name = 'kim') => ({
  purpose,
  from: 'infolettre@journal.example',
  to: `${name}@lecteur.example`,
})

const rendered = (subject = 'Édition du matin', text = 'Bonjour') =>
  renderMessage({
    from: { name: 'Le Journal', address: 'infolettre@journal.example' },
    to: { address: 'kim@lecteur.example' },
    subject,
    date: Date.parse('2026-11-30T12:00:00Z'),
    id: 'daily-2026-11-30.k1m@journal.example',
    language: 'fr-CA',
    text,
    html: '<p>Bonjour</p>',
  })

const within: Within = (_, work) => work
const noCall: Call = async () => ({ fault: 'was not expected' })
const ports = { connect: connectTrusting([certificate.cert]), within, name: 'flux.example', call: noCall }
const accepted = { kind: 'accepted' }
const smtp = (port: number, password = login.password): MailDestination => ({
  kind: 'smtp',
  server: { host: 'localhost', port, tls: 'on', login: { user: login.user, password } },
})

describe('SMTP', () => {
  test('all mails go in one session, one after the other, also if they are sent at once', async () => {
    const { port, seen, logins } = await started(startMailServer(certificate, { secure: true }))
    const transport = openTransport(ports, smtp(port))
    const subjects = ['un', 'deux', 'trois', 'quatre']
    const sent = subjects.map((subject) => transport.send(envelope(), rendered(subject)))
    expect(await Promise.all(sent)).toEqual(subjects.map(() => accepted))
    await transport.close()
    expect(seen.map((message) => /^Subject: (.*)\r$/m.exec(message)?.[1])).toEqual(subjects)
    expect(logins).toHaveLength(1)
  })

  test('a refused recipient does not hold up the others', async () => {
    const { port, logins } = await started(startMailServer(certificate, { secure: true }))
    const transport = openTransport(ports, smtp(port))
    expect(await transport.send(envelope('news', 'gone'), rendered())).toMatchObject({
      kind: 'refused',
      status: '5.1.1',
    })
    expect(await transport.send(envelope(), rendered())).toEqual(accepted)
    await transport.close()
    expect(logins).toHaveLength(1)
  })

  test('a server that ends each session after two mails gets the third in a new session', async () => {
    let mails = 0
    const { port, seen, logins } = await started(
      startMailServer(certificate, {
        secure: true,
        onMailFrom: (_address, _session, done) => {
          mails++
          done(mails % 3 === 0 ? Object.assign(new Error('4.7.0 Too many'), { responseCode: 421 }) : null)
        },
      }),
    )
    const transport = openTransport(ports, smtp(port))
    for (const name of ['un', 'deux', 'trois'])
      expect(await transport.send(envelope(), rendered(name)), name).toEqual(accepted)
    await transport.close()
    expect([seen.length, logins.length]).toEqual([3, 2])
  })

  test('a server that refuses the password is asked only once', async () => {
    const { port, logins } = await started(startMailServer(certificate, { secure: true }))
    const transport = openTransport(ports, smtp(port, 'wrong'))
    const reason = 'the server answered 535 5.7.8 to AUTH'
    const lost = { kind: 'lost', reason, isMaybeAccepted: false, isPermanent: true }
    for (const name of ['un', 'deux', 'trois'])
      expect(await transport.send(envelope(), rendered(name)), name).toEqual(lost)
    await transport.close()
    expect(logins).toHaveLength(1)
  })

  const once: readonly [what: string, script: Script, isMaybeAccepted: boolean][] = [
    ['whose answer to the message is lost', { message: { text: '', close: true } }, true],
    ['that closes a new session', { MAIL: { text: '', close: true } }, false],
  ]
  test.for(once)('a server %s gets the mail once', async ([, script, isMaybeAccepted]) => {
    const { port, seen } = await started(startScriptedServer(certificate, script))
    const transport = openTransport(ports, smtp(port))
    const reason = 'the server closed the connection'
    const lost = { kind: 'lost', reason, isMaybeAccepted, isPermanent: false, isOfMail: true }
    expect(await transport.send(envelope(), rendered())).toEqual(lost)
    await transport.close()
    expect(seen.filter((line) => line.startsWith('MAIL'))).toHaveLength(1)
  })

  test('a mail that may be accepted is not sent again, also in a session that has sent others', async () => {
    const message = ['250 Ok\r\n', { text: '', close: true }] as const
    const { port, seen } = await started(startScriptedServer(certificate, { message }))
    const transport = openTransport(ports, smtp(port))
    expect(await transport.send(envelope(), rendered())).toEqual(accepted)
    expect(await transport.send(envelope(), rendered())).toMatchObject({
      kind: 'lost',
      isMaybeAccepted: true,
    })
    await transport.close()
    expect(seen.filter((line) => line === 'DATA')).toHaveLength(2)
  })

  test('a session that cannot go on after a refusal does not hold up the next mail', async () => {
    const script = { RCPT: ['550 5.1.1 No\r\n', '250 Ok\r\n'], RSET: '503 5.5.1 No\r\n' }
    const { port } = await started(startScriptedServer(certificate, script))
    const transport = openTransport(ports, smtp(port))
    expect(await transport.send(envelope(), rendered())).toMatchObject({ kind: 'refused', status: '5.1.1' })
    expect(await transport.send(envelope(), rendered())).toEqual(accepted)
    await transport.close()
  })

  test('a transport that sends nothing connects to nothing', async () => {
    const connect = () => {
      throw new Error('connected')
    }
    await openTransport({ ...ports, connect }, smtp(465)).close()
  })
})

describe('the binding send_email', () => {
  const terms =
    'Cloudflare’s binding send_email is for confirmations and replies only: set SMTP_URL for news and digests'

  test.for(purposes)('without a mail server it gets only what answers one person: %s', async (purpose) => {
    const given: string[][] = []
    const sendEmail = async (...mail: string[]) => void given.push(mail)
    const sent = await openTransport({ ...ports, sendEmail }, undefined).send(envelope(purpose), 'raw')
    const isOfMany = purpose === 'news' || purpose === 'digest'
    expect(sent).toEqual(
      isOfMany ? { kind: 'lost', reason: terms, isMaybeAccepted: false, isPermanent: true } : accepted,
    )
    expect(given).toEqual(isOfMany ? [] : [['infolettre@journal.example', 'kim@lecteur.example', 'raw']])
  })

  test.for(purposes)('beside a mail server: %s', async (purpose) => {
    const { port, seen } = await started(startMailServer(certificate, { secure: true }))
    const given: string[] = []
    const sendEmail = async (_: string, to: string) => void given.push(to)
    const transport = openTransport({ ...ports, sendEmail }, smtp(port))
    expect(await transport.send(envelope(purpose), rendered())).toEqual(accepted)
    await transport.close()
    expect([given.length, seen.length]).toEqual(purpose === 'news' || purpose === 'digest' ? [0, 1] : [1, 0])
  })

  test('without binding and mail server nothing is sent', async () => {
    expect(await openTransport(ports, undefined).send(envelope('confirmation'), 'raw')).toEqual({
      kind: 'lost',
      reason: 'there is no mail server: set SMTP_URL',
      isMaybeAccepted: false,
      isPermanent: true,
    })
  })

  const lost = (code: string, isMaybeAccepted: boolean, isPermanent: boolean) => ({
    kind: 'lost',
    reason: `the binding send_email failed: ${code}`,
    isMaybeAccepted,
    isPermanent,
    ...(isMaybeAccepted && { isOfMail: true }),
  })
  const failures: readonly [code: unknown, sent: object][] = [
    [
      'E_RECIPIENT_SUPPRESSED',
      { kind: 'refused', at: 'recipient', code: 550, text: 'E_RECIPIENT_SUPPRESSED' },
    ],
    ['E_RATE_LIMIT_EXCEEDED', lost('E_RATE_LIMIT_EXCEEDED', false, false)],
    ['E_DAILY_LIMIT_EXCEEDED', lost('E_DAILY_LIMIT_EXCEEDED', false, false)],
    ['E_SENDER_NOT_VERIFIED', lost('E_SENDER_NOT_VERIFIED', false, true)],
    ['E_INTERNAL_SERVER_ERROR', lost('E_INTERNAL_SERVER_ERROR', true, false)],
    ['kim@lecteur.example', lost('no code', true, false)],
    [undefined, lost('no code', true, false)],
  ]
  test.for(failures)('an error with the code %s, whose text is not passed on', async ([code, sent]) => {
    const sendEmail = () => Promise.reject(Object.assign(new Error('kim@lecteur.example'), { code }))
    expect(await openTransport({ ...ports, sendEmail }, undefined).send(envelope('reply'), 'raw')).toEqual(
      sent,
    )
  })
})

describe('the mailbox of a local run', () => {
  const call = callWith((request) => fetch(request), 'Kiosque')

  test('keeps each mail as a file that only the owner may read', async () => {
    const told: string[] = []
    const mails = join(folder, 'mail')
    const { url, close } = await openMailbox(mails, ({ message }) => told.push(message))
    const sendEmail = () => Promise.reject(new Error('not in local runs'))
    const transport = openTransport({ ...ports, call, sendEmail }, { kind: 'loopback', url })
    for (const purpose of purposes)
      expect(await transport.send(envelope(purpose), rendered(purpose)), purpose).toEqual(accepted)
    close()
    expect(told).toEqual(
      readdirSync(mails)
        .filter((name) => name.endsWith('.eml'))
        .sort()
        .map((name) => join(mails, name)),
    )
    expect(told.map((file) => readFileSync(file, 'utf8'))).toEqual(
      purposes.map((purpose) => rendered(purpose)),
    )
    expect(told.filter((file) => !/\/2\d{3}-\d\d-\d\dT[\d.-]+Z-[\da-f]{12}\.eml$/.test(file))).toEqual([])
    expect([mails, ...told].map((file) => statSync(file).mode & 0o777)).toEqual([
      0o700,
      ...told.map(() => 0o600),
    ])
  })

  test('names the link by which a person confirms or changes a subscription', async () => {
    const told: (string | undefined)[] = []
    const { url, close } = await openMailbox(join(folder, 'links'), ({ link }) => told.push(link))
    const link = 'http://localhost:8787/subscriptions/jeton_-'
    const texts = [`Été\n\n${link}\n\nhttp://localhost:8787/subscriptions/autre`, 'http://localhost:8787/']
    for (const text of texts) {
      const raw = rendered('Lien', text)
      expect((await fetch(url, { method: 'POST', body: raw })).status, text).toBe(201)
    }
    close()
    expect(told).toEqual([link, undefined])
  })

  test('keeps the two texts of a mail beside it, in which browsers and editors show them', async () => {
    const told: (string | undefined)[] = []
    const { url, close } = await openMailbox(join(folder, 'texts'), ({ message, page }) =>
      told.push(message, page),
    )
    const text = 'Été à Québec\n\u{1f4f0} — fin'
    const answer = await fetch(url, { method: 'POST', body: rendered('Lien', text) })
    close()
    expect(answer.status).toBe(201)
    const [message = '', page = ''] = told
    expect(page).toBe(message.replace('.eml', '.html'))
    const files = [page, message.replace('.eml', '.txt')]
    const [html, plain] = files.map((file) => readFileSync(file, 'utf8'))
    expect(plain).toBe(text.replace('\n', '\r\n'))
    expect(html).toContain('<')
    expect(files.map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600])
  })

  test('takes nothing without its path, nothing but POST and nothing too large', async () => {
    const told: string[] = []
    const { url, close } = await openMailbox(folder, ({ message }) => told.push(message))
    const post = (address: string, body: BodyInit) =>
      fetch(address, { method: 'POST', body, duplex: 'half' } as RequestInit).then(
        ({ status }) => status,
        () => 'broken off',
      )
    const large = new Uint8Array(5 * 1024 * 1024 + 1)
    expect(await post(new URL('/', url).href, 'a')).toBe(404)
    expect(await post(`${url}?a`, 'a')).toBe(404)
    expect((await fetch(url)).status).toBe(404)
    expect(await post(url, large)).toBe(413)
    // Without a length, the connection may end while the client still sends.
    const stream = new Blob([large]).stream() as ReadableStream<Uint8Array>
    expect([413, 'broken off']).toContain(await post(url, stream as BodyInit))
    close()
    expect(told).toEqual([])
  })

  test('that has ended is a lost connection', async () => {
    const { url, close } = await openMailbox(folder, () => {})
    close()
    expect(
      await openTransport({ ...ports, call }, { kind: 'loopback', url }).send(envelope(), 'raw'),
    ).toEqual({
      kind: 'lost',
      reason: 'the local mailbox could not be reached',
      isMaybeAccepted: false,
      isPermanent: false,
    })
  })
})

describe('in workerd, with the settings of a site', () => {
  let worker: WorkerProcess
  beforeAll(async () => {
    worker = await startWorkerProcess([certificate.cert])
  })
  afterAll(() => worker.stop())

  const site = {
    MAIL_FROM: 'infolettre@journal.example',
    SITE_POSTAL: '1, rue du Marché, Québec',
    SUBSCRIPTION_SECRET: 's'.repeat(32),
  }
  const mails = purposes.map((purpose) => ({ envelope: envelope(purpose), message: rendered(purpose) }))
  const deliver = (delivery: Omit<Delivery, 'mails'>) => worker.ask('/deliver', { ...delivery, mails })

  test.for(['smtps', 'smtp'] as const)('%s: all mails go to the mail server', async (scheme) => {
    const { port, seen } = await started(startMailServer(certificate, { secure: scheme === 'smtps' }))
    const [user, password] = [login.user, login.password].map(encodeURIComponent)
    const SMTP_URL = `${scheme}://${user}:${password}@localhost:${port}`
    const settings = { SITE_URL: 'https://flux.example', ...site, SMTP_URL }
    expect(await deliver({ settings, hasBinding: false })).toEqual(purposes.map(() => accepted))
    expect(seen).toEqual(purposes.map((purpose) => rendered(purpose)))
  })

  test('Cloudflare’s binding takes confirmations and replies as they are rendered', async () => {
    const { port, seen } = await started(startMailServer(certificate, { secure: true }))
    const [user, password] = [login.user, login.password].map(encodeURIComponent)
    const SMTP_URL = `smtps://${user}:${password}@localhost:${port}`
    const settings = { SITE_URL: 'https://flux.example', ...site, SMTP_URL }
    expect(await deliver({ settings, hasBinding: true })).toEqual(purposes.map(() => accepted))
    expect(seen).toEqual([rendered('news'), rendered('digest')])
    const kept = () => [...worker.printed().matchAll(/Email: (\S+\.eml)/g)].map(([, file = '']) => file)
    await expect.poll(kept).toHaveLength(2)
    const parsed = await Promise.all(kept().map((file) => PostalMime.parse(readFileSync(file))))
    expect(parsed.map(({ subject, to }) => [subject, to?.[0]?.address]).toSorted()).toEqual([
      ['confirmation', 'kim@lecteur.example'],
      ['reply', 'kim@lecteur.example'],
    ])
  })

  test('a local run keeps all mails', async () => {
    const told: string[] = []
    const { url, close } = await openMailbox(join(folder, 'workerd'), ({ message }) => told.push(message))
    const settings = {
      SITE_URL: 'http://localhost:8787',
      SUBSCRIPTION_SECRET: 's'.repeat(32),
      MAIL_LOOPBACK: url,
    }
    expect(await deliver({ settings, hasBinding: true })).toEqual(purposes.map(() => accepted))
    close()
    expect(told.map((file) => readFileSync(file, 'utf8'))).toEqual(
      purposes.map((purpose) => rendered(purpose)),
    )
  })

  test('a site without the settings of mail has no transport', async () => {
    expect(await deliver({ settings: { SITE_URL: 'https://flux.example' }, hasBinding: true })).toBe('off')
  })
})
