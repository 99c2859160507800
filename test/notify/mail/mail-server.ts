import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, TLSSocket } from 'node:tls'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import type { Certificate } from './certificate.ts'

/** A mail server on this machine. */
export interface TestServer {
  port: number
  /** The messages that smtp-server has accepted, or the lines that a scripted server has read. */
  seen: string[]
  /** The users and passwords with which clients logged in at smtp-server. */
  logins: string[]
  stop: () => Promise<void>
}

/** The login that the servers accept. */
export const login = { user: 'journal', password: 'très-secret, ñ' }

/** The mailboxes that smtp-server refuses, with its answers. */
const refusedMailboxes: Record<string, [code: number, text: string]> = {
  gone: [550, '5.1.1 <gone@lecteur.example>: no such user'],
  denied: [550, '5.7.1 Relaying of denied@lecteur.example denied'],
  full: [452, '4.2.2 Mailbox full'],
}

/** Starts smtp-server. It refuses the mailboxes above, and messages whose subject is `spam`. */
export async function startMailServer(
  certificate: Certificate,
  options: SMTPServerOptions = {},
): Promise<TestServer> {
  const seen: string[] = []
  const logins: string[] = []
  const server = new SMTPServer({
    ...certificate,
    authMethods: ['PLAIN', 'LOGIN'],
    onAuth: ({ username = '', password = '' }, _session, done) => {
      logins.push(`${username} ${password}`)
      const isRight = username === login.user && password === login.password
      done(isRight ? null : refusal(535, `5.7.8 ${password} is not the password of ${username}`), {
        user: username,
      })
    },
    onRcptTo: ({ address }, _session, done) => {
      const refused = refusedMailboxes[address.split('@', 1)[0] ?? '']
      done(refused ? refusal(...refused) : null)
    },
    onData: (stream, _session, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => void parts.push(part))
      stream.on('end', () => {
        const message = Buffer.concat(parts).toString('latin1')
        if (message.includes('Subject: spam')) return done(refusal(554, '5.7.1 Rejected'))
        seen.push(message)
        done(null)
      })
    },
    ...options,
  })
  // A client that refuses the certificate ends the connection, which is an error for the server.
  server.on('error', () => {})
  const port = await portOf(server.listen(0, '127.0.0.1'))
  return { port, seen, logins, stop: () => new Promise((resolve) => server.close(() => resolve())) }
}

const refusal = (responseCode: number, text: string): Error =>
  Object.assign(new Error(text), { responseCode })

/** What a scripted server answers to a command: text that is sent as it is. After `close`, it closes the connection. */
type Answer = string | { text: string; close: true } | 'silence'

/**
 * The answers of a scripted server that differ from those of a good one: by command, and to the greeting and the message. Of several
 * answers, each is given once, and the last one from then on.
 */
export type Script = Partial<Record<keyof typeof goodAnswers, Answer | readonly Answer[]>>

type Step = keyof typeof goodAnswers

/** The answers of a good server. */
const goodAnswers = {
  greeting: '220 mail.example ESMTP\r\n',
  EHLO: '250-mail.example\r\n250-STARTTLS\r\n250-PIPELINING\r\n250 AUTH PLAIN LOGIN\r\n',
  STARTTLS: '220 2.0.0 Go on\r\n',
  AUTH: '235 2.7.0 Welcome\r\n',
  MAIL: '250 2.1.0 Ok\r\n',
  RCPT: '250 2.1.5 Ok\r\n',
  DATA: '354 Go on\r\n',
  message: '250 2.0.0 Queued\r\n',
  RSET: '250 2.0.0 Ok\r\n',
  QUIT: '221 2.0.0 Bye\r\n',
}

/** Starts a server that answers what a script says. `seen` has all lines that it reads, also those within TLS. */
export async function startScriptedServer(
  certificate: Certificate,
  script: Script,
  tls: 'on' | 'starttls' = 'on',
): Promise<TestServer> {
  const seen: string[] = []
  const sockets = new Set<Socket>()
  const given: Partial<Record<Step, number>> = {}
  const answerTo = (step: Step): Answer => {
    const answers = [script[step] ?? goodAnswers[step]].flat()
    const number = given[step] ?? 0
    given[step] = number + 1
    return answers[Math.min(number, answers.length - 1)] ?? goodAnswers[step]
  }
  const serve = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    speak(socket, answerTo, seen, certificate)
  }
  const server = tls === 'on' ? createTlsServer(certificate, serve) : createServer(serve)
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  return { port: await portOf(server.listen(0, '127.0.0.1')), seen, logins: [], stop }
}

const portOf = (server: Server): Promise<number> =>
  new Promise((resolve) => server.once('listening', () => resolve((server.address() as AddressInfo).port)))

/** Answers the lines of one connection. */
function speak(
  socket: Socket,
  answerTo: (step: Step) => Answer,
  seen: string[],
  certificate: Certificate,
  isGreeted = false,
): void {
  let rest = ''
  let isMessage = false
  /** Answers; returns whether a message may follow. */
  const answer = (step: Step): boolean => {
    const what = answerTo(step)
    if (typeof what !== 'string') socket.end(what.text)
    else if (what !== 'silence') socket.write(what)
    return step === 'DATA' && String(what).startsWith('354')
  }
  const read = (line: string) => {
    seen.push(line)
    const [word = ''] = line.split(/[ :]/, 1)
    if (isMessage) {
      if (line !== '.') return
      isMessage = false
      answer('message')
    } else if (word in goodAnswers) {
      isMessage = answer(word as Step)
    } else socket.write('500 5.5.1 Unknown\r\n')
  }
  const listen = (part: Buffer) => {
    rest += part.toString('latin1')
    for (let end = rest.indexOf('\n'); end !== -1; end = rest.indexOf('\n')) {
      const line = rest.slice(0, end).replace(/\r$/, '')
      rest = rest.slice(end + 1)
      read(line)
      if (line !== 'STARTTLS') continue
      socket.off('data', listen)
      const secured = new TLSSocket(socket, { isServer: true, ...certificate })
      secured.on('error', () => {})
      return speak(secured, answerTo, seen, certificate, true)
    }
  }
  socket.on('data', listen)
  if (!isGreeted) answer('greeting')
}
