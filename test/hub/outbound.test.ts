import { createServer, type RequestListener } from 'node:http'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { callWith } from '../../src/hub/outbound.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** Starts a server on this machine for the hub to call. `asked` lists the requests that the server received. */
async function serve(listener: RequestListener): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers['user-agent']}`)
    listener(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as { port: number }).port}/`, asked }
}

const call = callWith((request) => fetch(request), 'Kiosque (+https://kiosque.example/hub)')

describe('a request to somebody else’s host', () => {
  test('names the sender in User-Agent, and sends the exact bytes and headers', async () => {
    const bodies: Buffer[] = []
    const { url, asked } = await serve((request, response) => {
      request.on('data', (chunk) => bodies.push(chunk))
      request.on('end', () => response.writeHead(204).end())
    })
    const body = new TextEncoder().encode('<é>')
    const headers = { 'Content-Type': 'application/atom+xml' }
    expect(await call({ method: 'POST', url, headers, body })).toEqual({ status: 204, text: '' })
    expect(asked).toEqual(['POST / Kiosque (+https://kiosque.example/hub)'])
    expect(Buffer.concat(bodies).equals(Buffer.from(body))).toBe(true)
  })

  test('returns the header Retry-After of the answer', async () => {
    const { url } = await serve((_, response) => response.writeHead(503, { 'Retry-After': '120' }).end())
    expect(await call({ method: 'POST', url, body: new Uint8Array([1]) })).toEqual({
      status: 503,
      text: '',
      retryAfter: '120',
    })
  })

  test('follows no redirect', async () => {
    const { url, asked } = await serve((_, response) =>
      response.writeHead(302, { Location: '/elsewhere' }).end(),
    )
    expect(await call({ method: 'GET', url })).toMatchObject({ status: 302 })
    expect(asked).toHaveLength(1)
  })

  test('reads 64 kB of an answer that never ends, and hangs up', async () => {
    const hungUp = Promise.withResolvers<void>()
    const { url } = await serve((_, response) => {
      const write = () => {
        while (!response.destroyed && response.write('x'.repeat(16_384)));
        response.once('drain', write)
      }
      response.on('close', hungUp.resolve)
      write()
    })
    const answer = await call({ method: 'GET', url })
    expect('text' in answer && answer.text.length).toBe(65_536)
    await hungUp.promise
  })

  test('a host that refuses the connection is a fault, not an exception', async () => {
    const { url } = await serve(() => {})
    closing.splice(0).map((close) => close())
    expect(await call({ method: 'GET', url })).toEqual({ fault: 'could not be reached' })
  })

  test('a connection that breaks off is a fault', async () => {
    const { url } = await serve((request) => request.socket.destroy())
    expect(await call({ method: 'GET', url })).toEqual({ fault: 'could not be reached' })
  })

  test.for(['before', 'within'])('silence %s the answer is a fault after ten seconds', async (where) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { url } = await serve((_, response) => {
      if (where === 'within') response.writeHead(200).write('half')
    })
    const answer = call({ method: 'GET', url })
    vi.advanceTimersByTime(9999)
    expect(await Promise.race([answer, new Promise((resolve) => setImmediate(resolve, 'waits'))])).toBe(
      'waits',
    )
    vi.advanceTimersByTime(1)
    expect(await answer).toEqual({ fault: 'took too long' })
    vi.useRealTimers()
  })

  test('a status that came takes the delivery, however long its body drips (WebSub §7)', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { url } = await serve((_, response) => {
      response.writeHead(200).write('half')
    })
    const begun = Promise.withResolvers<void>()
    const dripped = callWith(async (request) => {
      const response = await fetch(request)
      begun.resolve()
      return response
    }, 'Kiosque')
    const answer = dripped({ method: 'POST', url, body: new Uint8Array([1]) })
    await begun.promise
    vi.advanceTimersByTime(10_000)
    expect(await answer).toEqual({ status: 200, text: '' })
    vi.useRealTimers()
  })
})
