import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { describeErasure, eraseAllAgain, keepErasedFile } from '../../src/cli/erased-file.ts'
import { remoteSubscriptions, type SubscriptionsTarget } from '../../src/cli/subscriptions.ts'
import { type ErasedAddress, maxErasedAddresses } from '../../src/domain/erased.ts'

const day = 86_400_000
const now = 1000 * day
const erased = (name: string, at: number): ErasedAddress => ({ hash: name.repeat(43), at })
const lineOf = (one: ErasedAddress): string => `${JSON.stringify(one)}\n`

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kiosque-erased-'))
  file = join(folder, 'erased.ndjson')
})

afterEach(() => rmSync(folder, { recursive: true }))

/** A Kiosque that lists pages of erased addresses, and collects those that are sent back. */
function kiosque(...pages: ErasedAddress[][]) {
  const sent: ErasedAddress[][] = []
  return {
    sent,
    async *erased() {
      yield* pages
    },
    eraseAgain: async (addresses: readonly ErasedAddress[]) => {
      sent.push([...addresses])
      return { ended: addresses.length, comments: 1 }
    },
  }
}

/** What the file has, what the Kiosque lists, and what the file has then. */
const cases: [what: string, before: ErasedAddress[], listed: ErasedAddress[], after: ErasedAddress[]][] = [
  ['a new one', [], [erased('a', now)], [erased('a', now)]],
  ['one that the Kiosque has lost', [erased('a', now)], [], [erased('a', now)]],
  [
    'the later of two erasures, from the Kiosque',
    [erased('a', 600 * day)],
    [erased('a', now)],
    [erased('a', now)],
  ],
  [
    'the later of two erasures, from the file',
    [erased('a', now)],
    [erased('a', 700 * day)],
    [erased('a', now)],
  ],
  [
    'both, the older one first',
    [erased('a', now)],
    [erased('b', now - 1)],
    [erased('b', now - 1), erased('a', now)],
  ],
  ['one of 399 days', [erased('a', now - 399 * day)], [], [erased('a', now - 399 * day)]],
  ['none of 400 days', [erased('a', now - 400 * day)], [erased('b', now - 401 * day)], []],
]

test.each(cases)('export keeps %s', async (_, before, listed, after) => {
  if (before.length > 0) writeFileSync(file, before.map(lineOf).join(''))
  const { all } = await keepErasedFile(kiosque(listed), file, now)
  expect(readFileSync(file, 'utf8')).toBe(after.map(lineOf).join(''))
  expect(all).toBe(after.length)
})

test('nobody but the owner may read the file, and there is none without an erased address', async () => {
  expect(await keepErasedFile(kiosque([]), file, now)).toEqual({ all: 0, added: 0 })
  expect(() => statSync(file)).toThrow('ENOENT')
  await keepErasedFile(kiosque([erased('a', now)]), file, now)
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test.each([
  ['no JSON', 'hash'],
  ['no hash', '{"hash":"kim@example.com","at":1}'],
  ['no instant', `{"hash":"${'a'.repeat(43)}"}`],
])('a file whose line is %s is refused by line, and stays as it is', async (_, line) => {
  const text = `${lineOf(erased('a', now))}${line}\n`
  writeFileSync(file, text)
  const refusal = `Cannot read "${file}": line 2 is no erased address`
  await expect(keepErasedFile(kiosque([erased('b', now)]), file, now)).rejects.toThrow(refusal)
  await expect(eraseAllAgain(kiosque(), file)).rejects.toThrow(refusal)
  expect(readFileSync(file, 'utf8')).toBe(text)
})

test('restored sends the addresses of the file and of the Kiosque, each once, in portions', async () => {
  const many = Array.from({ length: maxErasedAddresses }, (_, at) => ({
    hash: `${at}`.padStart(43, '0'),
    at,
  }))
  writeFileSync(file, lineOf(erased('a', now)))
  const target = kiosque(many, [erased('a', now - 1)])
  expect(await eraseAllAgain(target, file)).toEqual({ ended: 1001, comments: 2, known: 1001 })
  expect(target.sent.map(({ length }) => length)).toEqual([1000, 1])
  expect(target.sent.flat()).toContainEqual(erased('a', now))
})

test.each<[what: string, choices: object[] | undefined, known: number, note: RegExp | undefined]>([
  ['with a list', [{}], 3, /^erased again: 1 of the subscribers, by a list of 3 erased addresses$/],
  ['without a list, on a site with subscribers', [{}], 0, /^no list of erased addresses: /],
  ['without a list, on a site without subscribers', [], 0, undefined],
  ['of a former version', undefined, 0, undefined],
])('restored says what it did: a Kiosque %s', async (_, choices, known, note) => {
  const report = async () => {
    if (!choices) throw new Error('no such call')
    return { choices } as unknown as Awaited<ReturnType<SubscriptionsTarget['report']>>
  }
  const said = await describeErasure({ report }, { ended: 1, comments: 0, known }, file)
  expect(said ?? '').toMatch(note ?? /^$/)
  const both = await describeErasure({ report }, { ended: 1, comments: 2, known: 3 }, file)
  expect(both).toMatch(/^erased again: 1 of the subscribers and 2 comments, by a list of 3/)
})

test('a server of a former version lists nothing, and another refusal is said', async () => {
  const refusing = (status: number) =>
    remoteSubscriptions(async () => Response.json({ detail: 'no' }, { status }))
  const listed = async (status: number) => {
    const found: unknown[] = []
    for await (const page of refusing(status).erased()) found.push(page)
    return found
  }
  expect(await listed(404)).toEqual([])
  await expect(listed(403)).rejects.toThrow('no')
})
