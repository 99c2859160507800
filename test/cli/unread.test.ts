import { exec } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

/** A server that says of each line of a bulk import that the article was created, and of itself nothing. */
const server = createServer(async (request, response) => {
  if (request.method === 'GET') {
    response.end('{}')
    return
  }
  const lines = (await text(request)).split('\n')
  response.end(lines.map((line) => `{"saved":"created","slug":"${JSON.parse(line).title}"}`).join('\n'))
})

test('an import whose output nobody reads to its end goes on to the end', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'kiosque-unread-')), 'many.ndjson')
  const lines = Array.from(
    { length: 20_000 },
    (_, at) => `{"title":"article-${at}","published":"2024-06-19","language":"fr"}`,
  )
  writeFileSync(file, lines.join('\n'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const to = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  try {
    const { stdout, stderr } = await promisify(exec)(
      `"${process.execPath}" src/cli/kiosque.ts import "${file}" --verbose --to ${to} | head -n 1`,
      { env: { ...process.env, KIOSQUE_TOKEN: 'x' } },
    )
    expect(stdout).toMatch(/^created article-0 .*\n$/)
    expect(stderr).toContain('20000 created')
  } finally {
    server.closeAllConnections()
    server.close()
  }
})
