import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { mailFolder } from '../src/cli/paths.ts'
import { formatNames } from '../src/domain/format.ts'
import { type LocalServer, startServer, temporaryStore } from './local-server.ts'

const agencyArticle = 'la-russie-et-la-coree-du-nord-s-engagent-a-se-defendre-mutuellement'

/**
 * Starts the Worker as a new user would, checks what the README promises, imports files, stops the Worker, and
 * starts it again.
 */
async function smoke(): Promise<void> {
  const { store, remove } = temporaryStore()
  try {
    const first = await startServer(store)
    try {
      assert.match(first.firstWords, /^The feeds are here:\n/, 'nothing is said before')
      assert.match(first.firstWords, new RegExp(`${first.address}/feed\\.rss`), 'the feeds are named')
      await checkFeeds(first)
      await checkArticle(first)
      await checkImport(first, store)
      await checkMail(first)
    } finally {
      await first.stop()
    }
    const second = await startServer(store)
    try {
      await checkImported(second)
    } finally {
      await second.stop()
    }
  } finally {
    remove()
  }
  console.log(
    'smoke: feeds, 304s, the article, its share data and picture, an import, a mail, and a second start',
  )
}

async function checkFeeds({ address }: LocalServer): Promise<void> {
  for (const place of ['', `/articles/${agencyArticle}`]) {
    for (const format of formatNames) await checkFeed(`${address}${place}/feed.${format}`)
  }
}

/**
 * Checks that a feed shows the sample article that a new local server has, that the feed has an ETag and a
 * Last-Modified date, and that a request with only one of these validators gets a 304.
 */
async function checkFeed(url: string): Promise<void> {
  const first = await fetch(url)
  const body = await first.text()
  assert.equal(first.status, 200, url)
  assert.match(body, /La Russie et la Corée du Nord s’engagent/, url)
  assert.match(body, /Kim Tong-hyung/, url)
  const etag = first.headers.get('ETag') ?? ''
  const lastModified = first.headers.get('Last-Modified') ?? ''
  assert.match(etag, /^W\/"/, url)
  assert.notEqual(lastModified, '', url)
  assert.equal((await fetch(url, { headers: { 'If-None-Match': etag } })).status, 304, url)
  assert.equal((await fetch(url, { headers: { 'If-Modified-Since': lastModified } })).status, 304, url)
}

async function checkArticle({ address }: LocalServer): Promise<void> {
  const page = await fetch(`${address}/articles/${agencyArticle}`)
  assert.match(await page.text(), /<h1[^>]*>La Russie et la Corée du Nord/)
  const share = (await (await fetch(`${address}/articles/${agencyArticle}/share.json`)).json()) as {
    networks: object[]
  }
  assert.equal(share.networks.length, 11)
  const picture = await fetch(`${address}/media/pont-couvert.jpg`)
  assert.equal(picture.headers.get('Content-Type'), 'image/jpeg')
  await picture.body?.cancel()
}

/**
 * Imports one valid and one invalid file through the running server. Checks that the error message names the
 * invalid file and that the article of the valid file is saved.
 */
async function checkImport(server: LocalServer, folder: string): Promise<void> {
  const [good, bad] = [join(folder, 'bon.txt'), join(folder, 'mauvais.txt')]
  writeFileSync(
    good,
    'Le titre du nouvel article\n\nPar Jean Roy\n\nUn paragraphe, puis le reste.\n\nPartager\n',
  )
  writeFileSync(bad, 'Partager cet article\nguest\n')
  const run = spawnSync('npx', ['kiosque', 'import', good, bad, '--published', '2024-06-20'], {
    encoding: 'utf8',
  })
  assert.equal(run.status, 1, run.stderr)
  assert.match(run.stderr, /mauvais\.txt: Cannot read the capture/)
  assert.match(run.stdout, /created le-titre-du-nouvel-article/)
  await checkImported(server)
}

/** Asks for mails as a reader does, and checks that the local mailbox keeps the mail that asks for a confirmation. */
async function checkMail({ address }: LocalServer): Promise<void> {
  const before = mailsIn(mailFolder)
  const asked = await fetch(`${address}/subscribe`, {
    method: 'POST',
    body: new URLSearchParams({ email: 'kim@example.com', selection: 'all', when: 'now' }),
  })
  assert.equal(asked.status, 200)
  await asked.body?.cancel()
  const isNew = (name: string) => !before.includes(name)
  const deadline = Date.now() + 30_000
  while (!mailsIn(mailFolder).some((name) => isNew(name) && name.endsWith('.eml'))) {
    assert.ok(Date.now() < deadline, 'a mail is kept')
    await pause(100)
  }
  for (const name of mailsIn(mailFolder).filter(isNew)) {
    const file = join(mailFolder, name)
    if (name.endsWith('.eml')) assert.match(readFileSync(file, 'utf8'), /^To: kim@example\.com\r$/m)
    rmSync(file)
  }
}

const mailsIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : [])

async function checkImported({ address }: LocalServer): Promise<void> {
  assert.match(await (await fetch(`${address}/feed.json`)).text(), /Le titre du nouvel article/)
}

await smoke()
