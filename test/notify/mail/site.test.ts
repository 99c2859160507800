import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import PostalMime, { type Email } from 'postal-mime'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { temporaryStore } from '../../../scripts/local-server.ts'
import { freePort } from '../../../scripts/ports.ts'
import { kill, serve, token } from '../../../scripts/worker-process.ts'
import { migrate } from '../../../src/cli/migrate.ts'
import { root } from '../../../src/cli/paths.ts'
import { makeCertificate } from './certificate.ts'
import { login, startMailServer, type TestServer } from './mail-server.ts'

/*
 * The whole Worker in its own process, whose queues hand mails to a mail server over TLS. The mails are read with a library.
 */

const { store, remove } = temporaryStore()
const folder = mkdtempSync(join(tmpdir(), 'kiosque-site-'))
const port = await freePort()
const address = `http://localhost:${port}`
let site: Awaited<ReturnType<typeof serve>>
let mailServer: TestServer

beforeAll(async () => {
  const certificate = makeCertificate('localhost')
  const trusted = join(folder, 'trusted.pem')
  writeFileSync(trusted, certificate.cert)
  // The runtime reads this variable when it starts.
  vi.stubEnv('NODE_EXTRA_CA_CERTS', trusted)
  mailServer = await startMailServer(certificate, { secure: true })
  migrate(store)
  site = await serve(store, port, {
    SITE_URL: address,
    SMTP_URL: `smtps://${login.user}:${encodeURIComponent(login.password)}@localhost:${mailServer.port}`,
    MAIL_FROM: 'Le Journal <infolettre@journal.example>',
    SITE_POSTAL: '12, rue du Marché, Montréal',
    SUBSCRIPTION_SECRET: 'a-secret-of-the-tests-of-32-characters',
  })
  vi.unstubAllEnvs()
})

afterAll(async () => {
  if (site) await kill(site)
  await mailServer?.stop()
  remove()
  rmSync(folder, { recursive: true, force: true })
})

/** Waits until the mail server has got this number of mails, and returns the last one. */
async function mail(count: number): Promise<Email> {
  await vi.waitFor(() => expect(mailServer.seen.length).toBeGreaterThanOrEqual(count), 20_000)
  expect(mailServer.seen).toHaveLength(count)
  return PostalMime.parse(Buffer.from(mailServer.seen.at(-1) ?? '', 'latin1'))
}

const form = (path: string, fields: Record<string, string>) =>
  fetch(new URL(path, address), { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })

const linkIn = (email: Email): string => /http:\/\/\S+\/subscriptions\/\S+/.exec(email.text ?? '')?.[0] ?? ''

/** Imports a Markdown file by the command line. */
function importFile(slug: string, ...options: string[]): void {
  const file = join(folder, `${slug}.md`)
  writeFileSync(file, `---\ntitle: Titre de ${slug}\nsection: Monde\nlanguage: fr-CA\n---\nUn paragraphe.\n`)
  const words = ['import', file, '--to', address, '--published', 'now', ...options]
  execFileSync(process.execPath, [join(root, 'src/cli/kiosque.js'), ...words], {
    env: { ...process.env, KIOSQUE_TOKEN: token },
  })
}

test('a person asks, confirms, gets what an editor publishes, and ends it with one click', async () => {
  importFile('avant')
  const asked = { email: 'kim@lecteur.example', selection: 'sections/monde', when: 'now' }
  expect((await form('/subscribe', asked)).status).toBe(200)
  const confirmation = await mail(1)
  expect(confirmation.to?.map((to) => to.address)).toEqual(['kim@lecteur.example'])
  expect(mailServer.logins).toEqual([`${login.user} ${login.password}`])
  const confirmed = await form(linkIn(confirmation), {})
  expect(confirmed.status).toBe(303)

  importFile('importe')
  importFile('annonce', '--notify')
  const news = await mail(2)
  expect(news.subject).toBe('Titre de annonce')
  expect(news.text).toContain(`${address}/articles/titre-de-annonce`)
  expect(news.html).toContain('Un paragraphe.')
  const headers = Object.fromEntries(news.headers.map(({ key, value }) => [key, value]))
  expect(headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click')

  const oneClick = (headers['list-unsubscribe'] ?? '').slice(1, -1)
  expect((await form(oneClick, { 'List-Unsubscribe': 'One-Click' })).status).toBe(200)
  importFile('apres', '--notify')
  const again = { ...asked, email: 'lea@lecteur.example' }
  expect((await form('/subscribe', again)).status).toBe(200)
  // The confirmation of the next person is the next mail, so nothing was sent of the last article.
  expect((await mail(3)).to?.map((to) => to.address)).toEqual(['lea@lecteur.example'])
})
