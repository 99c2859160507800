import { afterEach, beforeEach } from 'vitest'
import { emptyDatabase, prepareDatabase } from './database.ts'

beforeEach(prepareDatabase)
afterEach(emptyDatabase)
