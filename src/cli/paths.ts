import { join } from 'node:path'

/** The root folder of the project. */
export const root = join(import.meta.dirname, '..', '..')

/** The folder of the local store, unless `npm start` was given another folder. */
export const standardStore = join(root, '.wrangler', 'state')

/** The file in which a running local server writes its address and token. */
export const serverFile = join(root, '.wrangler', 'kiosque.json')

/** The folder in which a local server keeps its mails, and the file with the secret of the links in them. */
export const mailFolder = join(root, '.wrangler', 'mail')
export const subscriptionSecretFile = join(root, '.wrangler', 'subscription-secret')

/** The file with the keys of Web Push of a local server. */
export const vapidKeysFile = join(root, '.wrangler', 'vapid-keys')

/** The program file of wrangler. It is run directly, so that stopping it also stops the processes that it started. */
export const wrangler = join(root, 'node_modules', 'wrangler', 'wrangler-dist', 'cli.js')

/** Environment variables that keep wrangler from printing notices and from using the network. */
export const quiet = {
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  WRANGLER_LOG: 'warn',
  X_LOCAL_OBSERVABILITY: 'false',
  NO_UPDATE_NOTIFIER: '1',
}
