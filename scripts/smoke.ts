import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Starts the Worker as a new user would, asks it for what the README promises, and stops it. */
async function smoke(): Promise<void> {
  const port = await freePort()
  const address = `http://localhost:${port}`
  const store = mkdtempSync(join(tmpdir(), 'kiosque-smoke-'))
  const server = spawn('npm', ['start', '--silent', '--', '--port', String(port), '--persist-to', store], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  try {
    const firstWords = await firstOutput(server)
    assert.match(firstWords, new RegExp(`${address}/feed\\.rss`), 'the first output names the feeds')
    for (const path of ['/feed.rss', '/feed.atom', '/feed.json']) await checkFeed(`${address}${path}`)
    const article = `${address}/articles/la-russie-et-la-coree-du-nord-s-engagent-a-se-defendre-mutuellement`
    for (const format of ['rss', 'atom', 'json']) await checkFeed(`${article}/feed.${format}`)
    const share = (await (await fetch(`${article}/share.json`)).json()) as { networks: { id: string }[] }
    assert.equal(share.networks.length, 11)
    const page = await fetch(article)
    assert.equal(page.status, 200)
    assert.match(await page.text(), /<h1[^>]*>La Russie et la Corée du Nord/)
    const picture = await fetch(`${address}/media/pont-couvert.jpg`)
    assert.equal(picture.headers.get('Content-Type'), 'image/jpeg')
    await picture.body?.cancel()
    console.log('smoke: three feeds, the article and its feeds, share data and a picture were served')
  } finally {
    if (server.pid) process.kill(-server.pid, 'SIGTERM')
    if (server.exitCode === null) await once(server, 'exit')
    rmSync(store, { recursive: true, force: true })
  }
  await assert.rejects(fetch(address), 'nothing listens any more')
}

/** A feed names the story, has both validators, and either of them alone is answered 304. */
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

async function firstOutput(server: ChildProcess): Promise<string> {
  const output = server.stdout && once(server.stdout, 'data')
  const ended = once(server, 'exit').then(([code]) => {
    throw new Error(`npm start ended with ${code} before it said anything`)
  })
  const [chunk] = (await Promise.race([output, ended])) as [Buffer]
  return chunk.toString()
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, 'localhost')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  return port
}

await smoke()
