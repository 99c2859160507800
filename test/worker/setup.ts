import { env } from 'cloudflare:workers'
import { afterAll, afterEach, beforeEach, expect, inject } from 'vitest'
import { app } from '../../src/app.ts'
import worker from '../../src/index.ts'
// The Worker loads the API and the OpenAPI document only when a request needs them. Tests load both at the
// start, because loading a module during a test can disturb the reset of the store after that test.
// test/lazy.test.ts checks that the Worker loads them late.
import '../../src/openapi/document.ts'
import '../../src/routes/api/api.ts'
import { limits } from '../../src/domain/limits.ts'
import { emptyDatabase, prepareDatabase } from './database.ts'
import { beyondKind, kindOf } from './kinds.ts'
import { captureConsole, takeLines } from './logged.ts'
import {
  exceeded,
  type Invocation,
  meterDatabases,
  meterWorker,
  takeInvocations,
  takeWrites,
} from './meter.ts'

meterDatabases(env.DB)
meterWorker(app, worker)

captureConsole()
beforeEach(prepareDatabase)
// Each line that the Worker logs in any test must be an event of the table, without anything that a client sent.
afterEach(() => void takeLines())
afterEach(async () => {
  const invocations = takeInvocations()
  const found = invocations.flatMap((invocation) => [...exceeded(invocation), ...beyondKind(invocation)])
  if (inject('meter')) for (const one of invocations) note(one)
  // A test that wrote nothing needs no empty store after it.
  const widths = takeWrites() ? await emptyDatabase() : {}
  const wide = Object.entries(widths).filter(([, bytes]) => bytes > limits.rowBytes.paid)
  expect(found, 'what an invocation of the Worker used beyond the limits of docs/limits.md').toEqual([])
  expect(wide, `rows of more than ${limits.rowBytes.paid} bytes, the limit of docs/limits.md`).toEqual([])
})

/** The most that each kind of invocation used, with the name of the invocation. `METER=1 npm test` prints it. */
const most: Record<string, Record<string, [number, string]>> = {}

function note({ name, ...usage }: Invocation): void {
  const kind = kindOf(name)?.kind ?? name
  const seen = most[kind] ?? {}
  most[kind] = seen
  for (const [measure, number] of Object.entries(usage)) {
    if (number > (seen[measure]?.[0] ?? 0)) seen[measure] = [number, name]
  }
}

afterAll(() => {
  if (inject('meter')) console.info(`METER ${JSON.stringify(most)}`)
})
