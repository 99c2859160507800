import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach } from 'vitest'

type Migrations = Parameters<typeof applyD1Migrations>[1]

beforeEach(() => applyD1Migrations(env.DB, (env as unknown as { MIGRATIONS: Migrations }).MIGRATIONS))
afterEach(() => reset())
