// I/O: exchanges lines with a mail server, on a connection that the caller opens.
import type { Within } from '../../domain/ports.ts'

/** A TCP connection, as `cloudflare:sockets` opens it. */
export interface Connection {
  readonly readable: ReadableStream<Uint8Array>
  readonly writable: WritableStream<Uint8Array>
  readonly opened: Promise<unknown>
  startTls(): Connection
  close(): Promise<void>
}

/**
 * The connection to the mail server failed, or the server refused the session. The message contains nothing secret and no
 * e-mail address.
 */
export class ConnectionLost extends Error {
  /** Whether the whole message was sent, but no answer came: the server may have accepted it. */
  readonly isMaybeAccepted: boolean
  /** Whether another attempt fails too, until an operator corrects the settings or the server. */
  readonly isPermanent: boolean

  constructor(reason: string, { isMaybeAccepted = false, isPermanent = false } = {}) {
    super(reason)
    this.name = 'ConnectionLost'
    this.isMaybeAccepted = isMaybeAccepted
    this.isPermanent = isPermanent
  }
}

/** One answer of the server: its code, and its lines without the code. */
export interface Reply {
  code: number
  lines: readonly string[]
}

/** Milliseconds for an answer to a command, to a whole message (RFC 5321 §4.5.3.2 allows more), and to the farewell. */
const commandMilliseconds = 30_000
const messageMilliseconds = 60_000
const farewellMilliseconds = 5000
/** The largest number of characters of a line of an answer, eight times what RFC 5321 §4.5.3.1.5 allows, and of an answer. */
const maxLineCharacters = 4096
const maxReplyCharacters = 65_536

/** The code with which a server announces that it closes the connection (RFC 5321 §3.8). */
const closingCode = 421

/** The enhanced status code at the beginning of an answer, such as `5.1.1` (RFC 3463); undefined if the server sends none. */
export const statusOf = ({ lines: [first = ''] }: Reply): string | undefined =>
  /^[245]\.\d{1,3}\.\d{1,3}(?=\s|$)/.exec(first)?.[0]

/** The lines that go back and forth on one connection. All methods reject with `ConnectionLost`. */
export class Session {
  #connection: Connection
  readonly #within: Within
  #reader: ReadableStreamDefaultReader<Uint8Array>
  #writer: WritableStreamDefaultWriter<Uint8Array>
  #decoder = new TextDecoder()
  #received = ''
  #isLost = false

  constructor(connection: Connection, within: Within) {
    this.#connection = connection
    this.#within = within
    this.#reader = connection.readable.getReader()
    this.#writer = connection.writable.getWriter()
  }

  /** Waits for the connection and for the greeting of the server. */
  async greeting(): Promise<Reply> {
    await this.#try('the connection', commandMilliseconds, this.#connection.opened)
    return this.#reply(commandMilliseconds)
  }

  /** Goes on with TLS. Text that came before is refused, because anybody may have added it (RFC 3207 §5). */
  async secure(): Promise<void> {
    if (this.#received !== '') throw this.#lost('the server sent text before TLS began')
    this.#reader.releaseLock()
    this.#writer.releaseLock()
    try {
      this.#connection = this.#connection.startTls()
      this.#reader = this.#connection.readable.getReader()
      this.#writer = this.#connection.writable.getWriter()
      this.#decoder = new TextDecoder()
    } catch (fault) {
      throw this.#lost(`TLS failed: ${(fault as Error).message}`)
    }
    await this.#try('TLS', commandMilliseconds, this.#connection.opened)
  }

  /** Sends a command and returns the answer. */
  async ask(command: string): Promise<Reply> {
    await this.#send(command, commandMilliseconds)
    return this.#open(await this.#reply(commandMilliseconds))
  }

  /** Sends a command and returns the answer, whose code must begin with the digit. */
  async expect(command: string, digit: 2 | 3): Promise<Reply> {
    return this.demand(await this.ask(command), digit, command.split(' ', 1)[0] ?? '')
  }

  /**
   * Returns an answer whose code begins with the digit. The message about another answer contains no text of the server,
   * because the server may repeat what is secret.
   */
  demand(reply: Reply, digit: 2 | 3, to: string): Reply {
    if (isClass(reply, digit)) return reply
    const code = [reply.code, statusOf(reply)].filter(Boolean).join(' ')
    throw this.#lost(`the server answered ${code} to ${to}`, { isPermanent: isClass(reply, 5) })
  }

  /** Sends the end of a message and returns the answer. */
  async finish(message: string): Promise<Reply> {
    try {
      await this.#send(message, messageMilliseconds)
      const reply = await this.#reply(messageMilliseconds)
      if (isClass(reply, 2) || isClass(reply, 4) || isClass(reply, 5)) return this.#open(reply)
      throw this.#lost(`the server answered ${reply.code} to the message`)
    } catch (fault) {
      if (fault instanceof SessionEnded) throw fault
      throw this.#lost((fault as Error).message, { isMaybeAccepted: true })
    }
  }

  /** Ends the session and closes the connection. Never rejects. */
  async end(): Promise<void> {
    // A lost session sends nothing more (`#send`).
    const farewell = this.#send('QUIT', farewellMilliseconds).then(() => this.#reply(farewellMilliseconds))
    await farewell.catch(() => {})
    this.#isLost = true
    const closed = new Promise<void>((resolve) => resolve(this.#connection.close()))
    await this.#within(farewellMilliseconds, closed).catch(() => {})
  }

  async #send(line: string, milliseconds: number): Promise<void> {
    if (this.#isLost) throw this.#lost('the session has ended')
    const bytes = new TextEncoder().encode(`${line}\r\n`)
    await this.#try('sending', milliseconds, this.#writer.write(bytes))
  }

  #reply(milliseconds: number): Promise<Reply> {
    return this.#try('waiting for an answer', milliseconds, this.#read())
  }

  /** Reads one answer, which may have several lines (RFC 5321 §4.2.1). */
  async #read(): Promise<Reply> {
    const lines: string[] = []
    let characters = 0
    for (;;) {
      const line = await this.#line()
      const [, code, mark, text = ''] = /^([2-5]\d\d)(?:([ -])(.*))?$/su.exec(line) ?? []
      if (code === undefined) throw this.#lost('the server sent no answer of SMTP')
      lines.push(text)
      if (mark !== '-') return { code: Number(code), lines }
      characters += line.length
      if (characters > maxReplyCharacters) throw this.#lost('the server sent too long an answer')
    }
  }

  async #line(): Promise<string> {
    for (;;) {
      const end = this.#received.indexOf('\n')
      if (end > maxLineCharacters || (end === -1 && this.#received.length > maxLineCharacters))
        throw this.#lost('the server sent too long a line')
      if (end !== -1) {
        const line = this.#received.slice(0, end).replace(/\r$/, '')
        this.#received = this.#received.slice(end + 1)
        return line
      }
      const { done, value } = await this.#reader.read()
      if (done) throw this.#lost('the server closed the connection')
      this.#received += this.#decoder.decode(value, { stream: true })
    }
  }

  /** Returns an answer, unless the server announces with it that it closes the connection. */
  #open(reply: Reply): Reply {
    if (reply.code !== closingCode) return reply
    this.#isLost = true
    throw new SessionEnded(`the server ended the session with ${closingCode}`)
  }

  async #try<T>(doing: string, milliseconds: number, work: Promise<T>): Promise<T> {
    try {
      return await this.#within(milliseconds, work)
    } catch (fault) {
      if (fault instanceof ConnectionLost) throw fault
      throw this.#lost(`${doing} failed: ${(fault as Error).message}`)
    }
  }

  #lost(reason: string, more: { isMaybeAccepted?: boolean; isPermanent?: boolean } = {}): ConnectionLost {
    this.#isLost = true
    return new ConnectionLost(reason, more)
  }
}

/** The server said that it closes the connection, so it has not accepted what was sent last. */
class SessionEnded extends ConnectionLost {}

/** Whether the code of an answer begins with a digit. */
export const isClass = ({ code }: Reply, digit: 2 | 3 | 4 | 5): boolean => Math.floor(code / 100) === digit
