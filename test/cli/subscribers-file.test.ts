import { createDecipheriv, createHmac, hkdfSync, scryptSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { Encrypter } from 'age-encryption'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { askPassphrase } from '../../src/cli/passphrase.ts'
import { exportSubscribers, readSubscribers } from '../../src/cli/subscribers-file.ts'
import type { CommenterLine } from '../../src/domain/commenter-line.ts'
import type { SubscriberLine } from '../../src/domain/subscriber-line.ts'

const passphrase = 'une phrase de passe'
const now = Date.parse('2024-06-19T16:00:00Z')
const day = 86_400_000

const line = (at: number): SubscriberLine => ({
  ...{ id: `${at}`.padStart(22, '0'), version: 1, channel: 'email', language: 'fr', state: 'ended' },
  ...{ created: 1, ended: 2 },
})

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kiosque-subscribers-'))
  file = join(folder, 'abonnés.age')
})

afterEach(() => rmSync(folder, { recursive: true }))

const write = (lines: SubscriberLine[], addresses: CommenterLine[] = []) =>
  exportSubscribers(
    {
      subscriptions: {
        async *subscribers() {
          yield { subscribers: lines, bad: [{ number: 7, field: 'proof', reason: 'no' }] }
        },
      },
      comments: {
        async *addresses() {
          yield addresses
        },
      },
    },
    { file, passphrase, now },
  )

/** Encrypts a text with a low cost, which is fast. */
async function encrypt(text: string): Promise<void> {
  const encrypter = new Encrypter()
  encrypter.setPassphrase(passphrase)
  encrypter.setScryptWorkFactor(1)
  writeFileSync(file, await encrypter.encrypt(text))
}

const bytesOf = (base64: string): Buffer => Buffer.from(base64, 'base64')
const derived = (secret: Uint8Array, salt: Uint8Array | string, use: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, use, 32))

function opened(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): Buffer {
  const cipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 })
  cipher.setAuthTag(sealed.subarray(-16))
  return Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()])
}

/** Reads a file of the format age-encryption.org/v1 with a passphrase by the specification, and with Node's ciphers. */
function readAge(bytes: Buffer): string {
  const head = bytes.indexOf('\n---') + 4
  const [version, stanza = '', body = ''] = bytes.subarray(0, head).toString().split('\n')
  expect(version).toBe('age-encryption.org/v1')
  const [, salt = '', logN = ''] = /^-> scrypt (\S{22}) (\d+)$/.exec(stanza) ?? []
  const salted = Buffer.concat([Buffer.from('age-encryption.org/v1/scrypt'), bytesOf(salt)])
  const cost = 2 ** Number(logN)
  const wrapping = scryptSync(passphrase, salted, 32, { N: cost, r: 8, p: 1, maxmem: 256 * 8 * cost })
  const fileKey = opened(wrapping, Buffer.alloc(12), bytesOf(body))
  const end = bytes.indexOf('\n', head)
  const mac = createHmac('sha256', derived(fileKey, '', 'header'))
    .update(bytes.subarray(0, head))
    .digest()
  expect(bytes.subarray(head, end).toString().trim()).toBe(mac.toString('base64').replace(/=+$/, ''))
  const [nonce, chunks] = [bytes.subarray(end + 1, end + 17), bytes.subarray(end + 17)]
  const key = derived(fileKey, nonce, 'payload')
  const size = 65_536 + 16
  const parts: Buffer[] = []
  for (let at = 0; at * size < chunks.length; at++) {
    const counter = Buffer.alloc(12)
    counter.writeUInt32BE(at, 7)
    counter[11] = (at + 1) * size >= chunks.length ? 1 : 0
    parts.push(opened(key, counter, chunks.subarray(at * size, (at + 1) * size)))
  }
  return Buffer.concat(parts).toString()
}

describe('a file of subscribers', () => {
  test('is one of age, of more than one chunk, which another reader reads; nobody but the owner may', async () => {
    const lines = Array.from({ length: 1000 }, (_, at) => line(at))
    expect(await write(lines)).toEqual({
      ...{ subscribers: 0, ended: 1000, addresses: 0 },
      bad: [{ number: 7, field: 'proof', reason: 'no' }],
    })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const bytes = readFileSync(file)
    expect(bytes.length).toBeGreaterThan(65_536 + 1000)
    expect(bytes.includes('email')).toBe(false)
    const [header = '', ...others] = readAge(bytes).trim().split('\n')
    expect(JSON.parse(header)).toEqual({
      ...{ kind: 'subscriptions', exported: '2024-06-19T16:00:00Z', subscribers: 1000 },
    })
    expect(others.map((one) => JSON.parse(one))).toEqual(lines)
    expect(await readSubscribers(file, passphrase, now + 365 * day)).toEqual(others)
    await expect(readSubscribers(file, passphrase, now + 365 * day + 1)).rejects.toThrow(
      'it was exported on 2024-06-19, more than a year ago',
    )
  })

  test('with another passphrase, or damaged, is refused with a sentence', async () => {
    await encrypt('{}')
    await expect(readSubscribers(file, 'une autre phrase', now)).rejects.toThrow(
      `Cannot read "${file}": the passphrase is wrong`,
    )
    const bytes = readFileSync(file)
    for (const [what, damaged] of Object.entries({
      cut: bytes.subarray(0, -1),
      changed: Buffer.concat([bytes.subarray(0, -1), Buffer.from([(bytes.at(-1) ?? 0) ^ 1])]),
      plain: Buffer.from('{}'),
    })) {
      writeFileSync(file, damaged)
      await expect(readSubscribers(file, passphrase, now), what).rejects.toThrow(
        `Cannot read "${file}": it is damaged, or was not encrypted by age with a passphrase`,
      )
    }
    const nowhere = join(folder, 'nowhere')
    await expect(readSubscribers(nowhere, passphrase, now)).rejects.toThrow(
      `Cannot read "${nowhere}": ENOENT`,
    )
  })

  test.each([
    ['nothing', ''],
    ['something else', '{"kind":"backup"}\n'],
    [
      'fewer lines than its first one says',
      '{"kind":"subscriptions","exported":"2024-06-19T16:00:00Z","subscribers":2}\n{}\n',
    ],
    ['no date', '{"kind":"subscriptions","subscribers":0}\n'],
  ])('that contains %s is refused', async (_, text) => {
    await encrypt(text)
    await expect(readSubscribers(file, passphrase, now)).rejects.toThrow('it is no backup of subscribers')
  })
})

/** A process with a terminal on which a person types lines. */
function typing(...lines: string[]) {
  const stdin = Object.assign(new PassThrough(), { isTTY: true })
  const shown: string[] = []
  const stderr = Object.assign(new PassThrough(), { isTTY: true })
  stderr.on('data', (bytes) => {
    shown.push(String(bytes))
    if (String(bytes).endsWith(': ')) stdin.write(`${lines.shift()}\r`)
  })
  return { process: { env: {}, stdin, stderr }, shown }
}

describe('the passphrase', () => {
  test('is that of the environment', async () => {
    const process = { ...typing().process, env: { KIOSQUE_PASSPHRASE: passphrase } }
    expect(await askPassphrase(process, 'encrypt')).toBe(passphrase)
  })

  test('is typed on the terminal, which does not show it: once to decrypt, twice to encrypt', async () => {
    const once = typing(passphrase)
    expect(await askPassphrase(once.process, 'decrypt')).toBe(passphrase)
    const twice = typing(passphrase, passphrase)
    expect(await askPassphrase(twice.process, 'encrypt')).toBe(passphrase)
    expect(twice.shown.join('')).toBe('Passphrase: \nThe same once more: \n')
  })

  test.each([
    ['two that differ', typing(passphrase, 'une autre phrase'), 'the two passphrases are not the same'],
    ['a short one', typing('onze signes'), 'the passphrase must have at least 12 characters'],
  ])('is refused if it is %s', async (_, { process }, reason) => {
    await expect(askPassphrase(process, 'encrypt')).rejects.toThrow(reason)
  })

  test('without a terminal and a variable, the error names the variable', async () => {
    const { process } = typing()
    process.stdin.isTTY = false
    await expect(askPassphrase(process, 'decrypt')).rejects.toThrow('KIOSQUE_PASSPHRASE')
  })
})
