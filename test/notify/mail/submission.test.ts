import PostalMime from 'postal-mime'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { MailServer } from '../../../src/domain/mail.ts'
import { renderMessage } from '../../../src/notify/mail/message.ts'
import { type Attempt, type Outcome, runAttempt } from './attempt.ts'
import { makeCertificate } from './certificate.ts'
import { login, type Script, startMailServer, startScriptedServer, type TestServer } from './mail-server.ts'
import { connectTrusting } from './node-connection.ts'
import { startWorkerProcess, type WorkerProcess } from './worker-process.ts'

/*
 * Submits messages to real servers and to servers that answer what a script says, over TCP with TLS: once with Node's
 * sockets, and once inside workerd with those of `cloudflare:sockets`.
 */

const certificate = makeCertificate('localhost')
/** A certificate of another host, which is trusted, and one of this host, which is not. */
const ofAnother = makeCertificate('autre.example')
const untrusted = makeCertificate('localhost')
const trusted = [certificate.cert, ofAnother.cert]

let worker: WorkerProcess
beforeAll(async () => {
  worker = await startWorkerProcess(trusted)
})
afterAll(() => worker.stop())

const servers: TestServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop()
})

async function started(starting: Promise<TestServer>): Promise<TestServer> {
  const server = await starting
  servers.push(server)
  return server
}

const runtimes: readonly [name: string, attempt: (attempt: Attempt) => Promise<Outcome[]>][] = [
  ['Node', (attempt) => runAttempt(connectTrusting(trusted), attempt)],
  ['workerd', async (attempt) => (await worker.ask('/attempt', attempt)) as Outcome[]],
]

const on = (port: number, tls: MailServer['tls']): MailServer => ({ host: 'localhost', port, tls, login })

const rendered = (subject = 'Édition du matin', to = 'kim@lecteur.example') =>
  renderMessage({
    from: { name: 'Le Journal', address: 'infolettre@journal.example' },
    to: { address: to },
    subject,
    date: Date.parse('2026-11-30T12:00:00Z'),
    id: 'daily-2026-11-30.k1m@journal.example',
    language: 'fr-CA',
    text: 'Bonjour',
    html: '<p>Bonjour</p>',
  })

const messagesTo = (...names: string[]) =>
  names.map((name) => ({ to: `${name}@lecteur.example`, message: rendered() }))

const accepted = { kind: 'accepted' }
const lost = (message: string | RegExp, more: { isMaybeAccepted?: boolean; isPermanent?: boolean } = {}) => ({
  message: typeof message === 'string' ? message : expect.stringMatching(message),
  isMaybeAccepted: false,
  isPermanent: false,
  ...more,
})

describe.for(runtimes)('in %s', ([, attempt]) => {
  const ways: readonly [what: string, tls: MailServer['tls'], options: object][] = [
    ['TLS from the first byte', 'on', { secure: true }],
    ['STARTTLS', 'starttls', {}],
    ['STARTTLS and AUTH LOGIN only', 'starttls', { authMethods: ['LOGIN'] }],
    ['STARTTLS that is offered, on this machine', 'optional', {}],
    ['no TLS, on this machine', 'optional', { hideSTARTTLS: true, allowInsecureAuth: true }],
  ]
  test.for(ways)('smtp-server takes a message by %s', async ([, tls, options]) => {
    const { port, seen, logins } = await started(startMailServer(certificate, options))
    expect(await attempt({ server: on(port, tls), messages: messagesTo('kim') })).toEqual([accepted])
    expect(logins).toEqual([`${login.user} ${login.password}`])
    expect(seen).toEqual([rendered()])
    const { subject, to, text } = await PostalMime.parse(seen[0] ?? '')
    expect([subject, to, text?.trim()]).toEqual([
      'Édition du matin',
      [{ address: 'kim@lecteur.example', name: '' }],
      'Bonjour',
    ])
  })

  test('lines with full stops arrive as they are', async () => {
    const { port, seen } = await started(startMailServer(certificate, { secure: true }))
    const message = 'Subject: a\r\n\r\n.\r\n..\r\n.a\r\nb\r\n'
    const messages = [{ to: 'kim@lecteur.example', message }]
    expect(await attempt({ server: on(port, 'on'), messages })).toEqual([accepted])
    expect(seen).toEqual([message])
  })

  test('refusals of recipients and messages are told apart, and the session goes on after each of them', async () => {
    const { port, seen } = await started(startMailServer(certificate, { secure: true }))
    const messages = [
      ...messagesTo('gone', 'denied', 'kim', 'full'),
      { to: 'kim@lecteur.example', message: rendered('spam') },
      ...messagesTo('dominique'),
    ]
    expect(await attempt({ server: on(port, 'on'), messages })).toEqual([
      { kind: 'refused', at: 'recipient', code: 550, status: '5.1.1', text: '5.1.1 … no such user' },
      { kind: 'refused', at: 'recipient', code: 550, status: '5.7.1', text: '5.7.1 Relaying of … denied' },
      accepted,
      { kind: 'refused', at: 'recipient', code: 452, status: '4.2.2', text: '4.2.2 Mailbox full' },
      { kind: 'refused', at: 'other', code: 554, status: '5.7.1', text: '5.7.1 Rejected' },
      accepted,
    ])
    expect(seen).toHaveLength(2)
  })

  test('a wrong password ends the session, and no text of the server is passed on', async () => {
    const { port } = await started(startMailServer(certificate, { secure: true }))
    const server = { ...on(port, 'on'), login: { user: 'journal', password: 'wrong' } }
    expect(await attempt({ server, messages: messagesTo('kim') })).toEqual([
      lost('the server answered 535 5.7.8 to AUTH', { isPermanent: true }),
    ])
  })

  const closed = { text: '', close: true } as const
  const withoutTls: readonly [what: string, script: Script, outcome: object][] = [
    [
      'does not offer STARTTLS',
      { EHLO: '250-mail.example\r\n250 AUTH PLAIN\r\n' },
      lost('the server does not offer STARTTLS', { isPermanent: true }),
    ],
    [
      'refuses STARTTLS',
      { STARTTLS: '454 4.7.0 Not now\r\n' },
      lost('the server answered 454 4.7.0 to STARTTLS'),
    ],
    [
      'sends text with its answer to STARTTLS, which somebody on the way may have added',
      { STARTTLS: '220 Go on\r\n250-mail.example\r\n250 AUTH PLAIN\r\n' },
      lost('the server sent text before TLS began'),
    ],
    ['closes after EHLO', { EHLO: closed }, lost('the server closed the connection')],
    ['closes instead of beginning TLS', { STARTTLS: closed }, lost('the server closed the connection')],
  ]
  test.for(withoutTls)('a server that %s gets no password', async ([, script, outcome]) => {
    const { port, seen } = await started(startScriptedServer(certificate, script, 'starttls'))
    expect(await attempt({ server: on(port, 'starttls'), messages: messagesTo('kim') })).toEqual([outcome])
    expect(seen.filter((line) => !/^(?:EHLO flux\.example|STARTTLS|QUIT)$/.test(line))).toEqual([])
  })

  test('what a server offers before TLS does not count', async () => {
    const offers = ['STARTTLS', 'AUTH PLAIN'].map((offer) => `250-mail.example\r\n250 ${offer}\r\n`)
    const script = { EHLO: offers }
    const { port, seen } = await started(startScriptedServer(certificate, script, 'starttls'))
    expect(await attempt({ server: on(port, 'starttls'), messages: messagesTo('kim') })).toEqual([accepted])
    expect(seen.filter((line) => /^(?:STARTTLS|AUTH PLAIN .+)$/.test(line))).toHaveLength(2)
  })

  const strangers = [
    ['of another host', ofAnother],
    ['that nobody trusts', untrusted],
  ] as const
  const transports = ['on', 'starttls'] as const
  test.for(strangers.flatMap((row) => transports.map((tls) => [...row, tls] as const)))(
    'a server with a certificate %s gets no password (TLS: %3$s)',
    async ([, wrong, tls]) => {
      const { port, seen } = await started(startScriptedServer(wrong, {}, tls))
      const outcomes = await attempt({ server: on(port, tls), messages: messagesTo('kim') })
      expect(outcomes).toEqual([lost(/failed/)])
      expect(seen.filter((line) => !/^(?:EHLO flux\.example|STARTTLS)$/.test(line))).toEqual([])
    },
  )

  test('no connection is a lost session', async () => {
    const { port, stop } = await startScriptedServer(certificate, {})
    await stop()
    expect(await attempt({ server: on(port, 'on'), messages: messagesTo('kim') })).toEqual([lost(/failed/)])
  })

  const half = { text: '250-2.0.0 first line\r\n250-', close: true } as const
  const million = 'x'.repeat(1_000_000)
  const bad: readonly [what: string, script: Script, outcome: object][] = [
    ['closes before the greeting', { greeting: closed }, lost(/closed the connection|failed/)],
    [
      'refuses the session',
      { greeting: '554 No\r\n' },
      lost('the server answered 554 to the connection', { isPermanent: true }),
    ],
    [
      'refuses the session for now',
      { greeting: '421 Busy\r\n' },
      lost('the server answered 421 to the connection'),
    ],
    [
      'refuses EHLO',
      { EHLO: '502 5.5.1 What?\r\n' },
      lost('the server answered 502 5.5.1 to EHLO', { isPermanent: true }),
    ],
    ['closes after EHLO', { EHLO: closed }, lost('the server closed the connection')],
    ['closes in an answer of several lines', { EHLO: half }, lost('the server closed the connection')],
    [
      'offers no login',
      { EHLO: '250 mail.example\r\n' },
      lost('the server offers neither AUTH PLAIN nor AUTH LOGIN', { isPermanent: true }),
    ],
    [
      'answers with a line of a million bytes',
      { EHLO: `250 ${million}\r\n` },
      lost('the server sent too long a line'),
    ],
    ['answers without a line end', { EHLO: million }, lost('the server sent too long a line')],
    [
      'answers with a million bytes of lines',
      { EHLO: `250-${'x'.repeat(1000)}\r\n`.repeat(1000) },
      lost('the server sent too long an answer'),
    ],
    [
      'answers with lines without text',
      { EHLO: '250-\r\n'.repeat(200_000) },
      lost('the server sent too long an answer'),
    ],
    ['answers without a number', { EHLO: 'hello\r\n' }, lost('the server sent no answer of SMTP')],
    [
      'answers with a number of four digits',
      { EHLO: '2500 hello\r\n' },
      lost('the server sent no answer of SMTP'),
    ],
    ['answers with an empty line', { EHLO: '\r\n' }, lost('the server sent no answer of SMTP')],
    [
      'answers as HTTP servers do',
      { greeting: 'HTTP/1.1 400 Bad Request\r\n' },
      lost('the server sent no answer of SMTP'),
    ],
    ['asks for more at AUTH', { AUTH: '334 \r\n' }, lost('the server answered 334 to AUTH')],
    ['closes after AUTH', { AUTH: closed }, lost('the server closed the connection')],
    ['closes after MAIL', { MAIL: closed }, lost('the server closed the connection')],
    [
      'ends the session at MAIL',
      { MAIL: '421 4.3.2 Shutdown\r\n' },
      lost('the server ended the session with 421'),
    ],
    ['closes after RCPT', { RCPT: closed }, lost('the server closed the connection')],
    ['closes after DATA', { DATA: closed }, lost('the server closed the connection')],
    ['takes DATA as done', { DATA: '250 Ok\r\n' }, lost('the server answered 250 to DATA')],
    [
      'closes after the message',
      { message: closed },
      lost('the server closed the connection', { isMaybeAccepted: true }),
    ],
    [
      'closes in its answer to the message',
      { message: half },
      lost('the server closed the connection', { isMaybeAccepted: true }),
    ],
    [
      'answers to the message without a number',
      { message: 'ok\r\n' },
      lost('the server sent no answer of SMTP', { isMaybeAccepted: true }),
    ],
    [
      'answers to the message as if there were more',
      { message: '354 Go on\r\n' },
      lost('the server answered 354 to the message', { isMaybeAccepted: true }),
    ],
    [
      'ends the session instead of accepting',
      { message: '421 4.3.2 Shutdown\r\n' },
      lost('the server ended the session with 421'),
    ],
  ]
  test.for(bad)('a server that %s', async ([, script, outcome]) => {
    const { port } = await started(startScriptedServer(certificate, script))
    expect(await attempt({ server: on(port, 'on'), messages: messagesTo('kim') })).toEqual([outcome])
  })

  const odd: readonly [what: string, script: Script, outcome: object][] = [
    [
      'offers AUTH as servers did long ago',
      { EHLO: '250-mail.example\r\n250-auth plain\r\n250 AUTH=CRAM-MD5\r\n' },
      accepted,
    ],
    ['forwards to another address', { RCPT: '251 2.1.5 <kim@autre.example>\r\n' }, accepted],
    ['answers without text', { MAIL: '250\r\n', RCPT: '250\n', message: '250 \r\n' }, accepted],
    [
      'writes a line separator',
      { RCPT: '550 5.1.1 a\u2028b\r\n' },
      { kind: 'refused', at: 'recipient', code: 550, status: '5.1.1', text: '5.1.1 a b' },
    ],
    [
      'explains on several lines',
      { RCPT: '550-5.1.1 The mailbox\r\n550 5.1.1 is gone\r\n' },
      {
        kind: 'refused',
        at: 'recipient',
        code: 550,
        status: '5.1.1',
        text: '5.1.1 The mailbox 5.1.1 is gone',
      },
    ],
    [
      'gives no status',
      { RCPT: '550 No such user\r\n' },
      { kind: 'refused', at: 'recipient', code: 550, text: 'No such user' },
    ],
    [
      'explains at length',
      { MAIL: `550 ${'a '.repeat(1000)}\r\n` },
      { kind: 'refused', at: 'other', code: 550, text: 'a '.repeat(100) },
    ],
    [
      'refuses the sender',
      { MAIL: '550 5.7.26 Unauthenticated\r\n' },
      { kind: 'refused', at: 'other', code: 550, status: '5.7.26', text: '5.7.26 Unauthenticated' },
    ],
    ...(
      [
        ['does not end the transaction', '503 5.5.1 No\r\n'],
        ['ends the session after a refusal', '421 4.7.0 Too many errors\r\n'],
        ['closes after a refusal', closed],
      ] as const
    ).map(([what, RSET]): [what: string, script: Script, outcome: object] => [
      what,
      { RCPT: '550 5.1.1 No\r\n', RSET },
      { kind: 'refused', at: 'recipient', code: 550, status: '5.1.1', text: '5.1.1 No' },
    ]),
    [
      'refuses DATA',
      { DATA: '451 4.3.0 Later\r\n' },
      { kind: 'refused', at: 'other', code: 451, status: '4.3.0', text: '4.3.0 Later' },
    ],
  ]
  test.for(odd)('a server that %s', async ([, script, outcome]) => {
    const { port } = await started(startScriptedServer(certificate, script))
    expect(await attempt({ server: on(port, 'on'), messages: messagesTo('kim') })).toEqual([outcome])
  })

  const slow: readonly [
    step: keyof Script,
    inTime: number,
    milliseconds: number,
    isMaybeAccepted: boolean,
  ][] = [
    ['greeting', 1, 30_000, false],
    ['EHLO', 3, 30_000, false],
    ['AUTH', 5, 30_000, false],
    ['RCPT', 9, 30_000, false],
    ['message', 13, 60_000, true],
  ]
  test.for(slow)(
    'a server that never answers at %s is given up',
    async ([step, inTime, milliseconds, isMaybeAccepted]) => {
      const { port, seen } = await started(startScriptedServer(certificate, { [step]: 'silence' }))
      expect(await attempt({ server: on(port, 'on'), messages: messagesTo('kim'), inTime })).toEqual([
        lost(`waiting for an answer failed: no answer within ${milliseconds} ms`, { isMaybeAccepted }),
      ])
      expect(seen).not.toContain('QUIT')
    },
  )
})

test('an envelope whose address would add a command is refused before anything is sent', async () => {
  const { port, seen } = await started(startScriptedServer(certificate, {}))
  const to = 'kim@lecteur.example>\r\nRCPT TO:<pirate@mal.example'
  const messages = [{ to, message: rendered() }]
  const made = runAttempt(connectTrusting(trusted), { server: on(port, 'on'), messages })
  await expect(made).rejects.toThrow(RangeError)
  expect(seen.filter((line) => /^(?:MAIL|RCPT)/.test(line))).toEqual([])
})
