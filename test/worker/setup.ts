import { reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach } from 'vitest'

const { MIGRATIONS: migrations } = env as unknown as { MIGRATIONS: { queries: string[] }[] }

/** Every statement of every migration as one batch: one commit a test, not one a migration. */
beforeEach(() => env.DB.batch(migrations.flatMap(({ queries }) => queries.map((sql) => env.DB.prepare(sql)))))
afterEach(() => reset())
