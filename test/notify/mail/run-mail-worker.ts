import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import { bundleWorker } from '../../../scripts/worker-bundle.ts'

/*
 * Runs the Worker of `mail-worker.ts` and prints its address, and then where miniflare keeps the mails of the binding `send_email`. It
 * is a process of its own, because miniflare reads NODE_EXTRA_CA_CERTS, the certificates that the Worker trusts, when it is loaded.
 */

const files = await bundleWorker('test/notify/mail/mail-worker.ts')
const miniflare = new Miniflare(
  convertV4MiniflareOptions({
    name: 'mail',
    modules: files
      .filter(({ name }) => name.endsWith('.mjs'))
      .map(({ name, text }) => ({ type: 'ESModule' as const, path: name, contents: text })),
    compatibilityDate: '2026-10-20',
    compatibilityFlags: ['global_fetch_strictly_public'],
    email: { send_email: [{ name: 'EMAIL' }] },
    log: new Log(LogLevel.INFO),
    cf: false,
  }),
)
console.log(`address ${(await miniflare.ready).origin}`)
process.once('SIGTERM', () => void miniflare.dispose().then(() => process.exit(0)))
