import { join } from 'node:path'

/** The project's folder. */
export const root = join(import.meta.dirname, '..', '..')

/** The local store, unless `npm start` is told of another. */
export const standardStore = join(root, '.wrangler', 'state')

/** Where a running local server says how to reach it. */
export const serverFile = join(root, '.wrangler', 'kiosque.json')

/** Wrangler's own program; started directly, so that stopping it stops what it started. */
export const wrangler = join(root, 'node_modules', 'wrangler', 'wrangler-dist', 'cli.js')

/** What keeps wrangler quiet, and from asking the network for anything (it may have none). */
export const quiet = {
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  WRANGLER_LOG: 'warn',
  X_LOCAL_OBSERVABILITY: 'false',
  NO_UPDATE_NOTIFIER: '1',
}
