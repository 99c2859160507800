import { afterEach, beforeEach } from 'vitest'
// Tests load the Worker's late modules at once, because loading one during a test can disturb the reset of the store after
// that test. test/lazy.test.ts checks that the Worker loads these modules late.
import '../../src/openapi/document.ts'
import '../../src/routes/api/api.ts'
import { emptyDatabase, prepareDatabase } from './database.ts'

beforeEach(prepareDatabase)
afterEach(emptyDatabase)
