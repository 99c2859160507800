import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { makeVapidKeys } from '../notify/push/vapid.ts'
import { writeKeys } from './push-keys.ts'

/** The largest mail that is kept, as large as Cloudflare's binding takes. */
const maxMailBytes = 5 * 1024 * 1024

/** A program that keeps the mails of a local run. */
interface LocalMailbox {
  /** The address at which it takes mails. Its path is random, so that no other website can post to it. */
  url: string
  close: () => void
}

/** A mail that was kept. */
interface KeptMail {
  /** The paths of the message, and of its text as a page, if it has one. */
  message: string
  page?: string
  /** The link to the page of a subscription, if the text has one. */
  link?: string
}

/**
 * Keeps each mail that is posted to its address as a file `.eml` in the folder, and its texts beside it as `.txt` and `.html`. Only
 * the owner may read the files. Passes what was kept to `tell`. A file is named after the time and a hash of the mail.
 */
export async function openMailbox(folder: string, tell: (mail: KeptMail) => void): Promise<LocalMailbox> {
  const path = `/${randomBytes(24).toString('base64url')}`
  const server = createServer(async (request, response) => {
    const answer = (status: number) => response.writeHead(status, { Connection: 'close' }).end()
    if (request.method !== 'POST' || request.url !== path) return answer(404)
    if (Number(request.headers['content-length']) > maxMailBytes) return answer(413)
    const mail = await read(request).catch(() => undefined)
    if (!mail) return answer(413)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    tell(keepMail(fileOf(folder, mail), mail))
    answer(201)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}${path}`, close: () => server.close() }
}

/** Reads a body; rejects if it is too large or breaks off. */
async function read(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request) {
    length += part.length
    if (length > maxMailBytes) throw new RangeError('too large')
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** Writes a mail and its texts into files; `file` is the path of the message. */
function keepMail(file: string, mail: Buffer): KeptMail {
  const write = (path: string, content: Buffer) => {
    writeFileSync(path, content, { mode: 0o600 })
    return path
  }
  const { plain, html } = textsIn(mail)
  const beside = (ending: string) => file.replace(/\.eml$/, ending)
  const link = /https?:\/\/\S+\/subscriptions\/\S+/.exec(plain?.toString() ?? '')?.[0]
  if (plain) write(beside('.txt'), plain)
  return {
    message: write(file, mail),
    ...(html && { page: write(beside('.html'), html) }),
    ...(link !== undefined && { link }),
  }
}

/** The texts of a mail, as `renderMessage` writes them. */
function textsIn(mail: Buffer): { plain?: Buffer; html?: Buffer } {
  const part =
    /\r\nContent-Type: text\/(plain|html); charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n([\w+/=\r\n]*)/g
  const parts = [...mail.toString('latin1').matchAll(part)]
  return Object.fromEntries(parts.map(([, type = '', base64 = '']) => [type, Buffer.from(base64, 'base64')]))
}

function fileOf(folder: string, mail: Buffer): string {
  const time = new Date().toJSON().replaceAll(':', '-')
  return join(folder, `${time}-${createHash('sha256').update(mail).digest('hex').slice(0, 12)}.eml`)
}

/**
 * Returns the secret of the links in local mails. It is made once and kept in the file, which only the owner may read, so that
 * links of earlier runs work.
 */
export const localSecret = (file: string): string =>
  keptIn(file, /^[\da-f]{64}$/) ?? keep(file, randomBytes(32).toString('hex'))

/** Returns the keys of Web Push of local runs, which are kept likewise, so that browsers of earlier runs are told. */
export const localKeys = async (file: string): Promise<string> =>
  keptIn(file, /^[\w-]{87}\.[\w-]{43}$/) ?? keep(file, writeKeys(await makeVapidKeys()))

/** The text in a file; undefined if there is none of this form, as at the first run. */
function keptIn(file: string, form: RegExp): string | undefined {
  try {
    const text = readFileSync(file, 'utf8').trim()
    return form.test(text) ? text : undefined
  } catch {
    return undefined
  }
}

function keep(file: string, text: string): string {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${text}\n`, { mode: 0o600 })
  return text
}
