import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Connection } from '../../../src/notify/mail/session.ts'
import { examples } from '../../laws.ts'
import { type Outcome, runAttempt } from './attempt.ts'

const login = { user: 'journal', password: 'mot-de-passe' }
const server = { host: 'smtp.example', port: 465, tls: 'on', login } as const
const messages = [{ to: 'kim@lecteur.example', message: 'Subject: a\r\n\r\nb\r\n' }]

/** The answers of a good server, in order. */
const answers = [
  '220 mail.example – bienvenue\r\n',
  '250-mail.example\r\n250-PIPELINING\r\n250 AUTH PLAIN LOGIN\r\n',
  '235 2.7.0 Enchanté 👋\r\n',
  '250 2.1.0 Ok\r\n',
  '250 2.1.5 Ok\r\n',
  '354 Go on\r\n',
  '250-2.0.0 Merci\r\n250 2.0.0 à bientôt\r\n',
  '221 2.0.0 Bye\r\n',
]

/** A connection on which the server has sent the parts already and then closes. */
function connectionWith(parts: readonly Uint8Array[], written: string[] = []): Connection {
  return {
    opened: Promise.resolve(),
    readable: new ReadableStream({
      start(controller) {
        for (const part of parts) controller.enqueue(part)
        controller.close()
      },
    }),
    writable: new WritableStream({ write: (part) => void written.push(new TextDecoder().decode(part)) }),
    startTls: () => connectionWith([]),
    close: async () => {},
  }
}

const attempt = (parts: readonly Uint8Array[], written?: string[]): Promise<Outcome[]> =>
  runAttempt(() => connectionWith(parts, written), { server, messages })

/** Cuts bytes at the given places. */
function partsOf(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const cuts = [
    0,
    ...places.map((place) => place % bytes.length).toSorted((one, other) => one - other),
    bytes.length,
  ]
  return cuts.slice(1).map((end, at) => bytes.subarray(cuts[at], end))
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

test('answers are read alike, however the network cuts them', async () => {
  const bytes = bytesOf(answers.join(''))
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: bytes.length }), { maxLength: 400 }), async (places) => {
      expect(await attempt(partsOf(bytes, places))).toEqual([{ kind: 'accepted' }])
    }),
  )
  expect(await attempt([...bytes].map((byte) => new Uint8Array([byte])))).toEqual([{ kind: 'accepted' }])
})

test('the text of a refusal is read right, also if its characters are cut', async () => {
  const text = '5.7.1 Refusé 👋'
  const bytes = bytesOf([...answers.slice(0, 3), `550 ${text}\r\n`, '250 Ok\r\n'].join(''))
  const refused = { kind: 'refused', at: 'other', code: 550, status: '5.7.1', text }
  expect(await attempt([...bytes].map((byte) => new Uint8Array([byte])))).toEqual([refused])
})

test('the session ends with QUIT, but a lost one without another word', async () => {
  const written: string[] = []
  await attempt([bytesOf(answers.join(''))], written)
  expect(written.at(-1)).toBe('QUIT\r\n')
  const afterLoss: string[] = []
  await attempt([bytesOf(`${answers[0]}what?\r\n`)], afterLoss)
  expect(afterLoss).toEqual(['EHLO flux.example\r\n'])
})

test('whatever a server sends, the attempt ends, and what it says of it contains no secret and no address', async () => {
  const line = fc.oneof(
    fc.constantFrom(...answers),
    fc
      .tuple(fc.nat({ max: 999 }), fc.constantFrom(' ', '-', ''), fc.string())
      .map((parts) => `${parts.join('')}\r\n`),
    fc.constantFrom(`535 ${login.password} of kim@lecteur.example\r\n`, '550-\r\n', '\r\n', '\n', '\0'),
    fc.string({ unit: 'binary' }),
  )
  const sent = fc.oneof(
    fc.array(line, { maxLength: 20 }).map((lines) => bytesOf(lines.join(''))),
    fc.uint8Array(),
  )
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: answers.length }), sent, async (good, rest) => {
      const outcomes = await attempt([bytesOf(answers.slice(0, good).join('')), rest])
      expect(outcomes).toHaveLength(1)
      const said = outcomes.map((one) =>
        'message' in one ? one.message : one.kind === 'refused' ? one.text : '',
      )
      expect(said.join()).not.toMatch(/@/)
      const isLost = outcomes.some((one) => 'message' in one)
      if (isLost) expect(said.join()).not.toContain(login.password)
    }),
    { numRuns: examples(500) },
  )
})
