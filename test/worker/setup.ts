import { afterEach, beforeEach } from 'vitest'
// The Worker loads the API and the OpenAPI document only when a request needs them. Tests load both at the
// start, because loading a module during a test can disturb the reset of the store after that test.
// test/lazy.test.ts checks that the Worker loads them late.
import '../../src/openapi/document.ts'
import '../../src/routes/api/api.ts'
import { emptyDatabase, prepareDatabase } from './database.ts'
import { captureConsole, takeLines } from './logged.ts'

captureConsole()
beforeEach(prepareDatabase)
afterEach(emptyDatabase)
// Each line that the Worker logs in any test must be an event of the table, without anything that a client sent.
afterEach(() => void takeLines())
