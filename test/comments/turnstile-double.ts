import { createServer, type Server } from 'node:http'

/** The secrets and the token that Cloudflare publishes for tests: https://developers.cloudflare.com/turnstile/troubleshooting/testing/ */
export const testSecrets = {
  passes: '1x0000000000000000000000000000000AA',
  fails: '2x0000000000000000000000000000000AA',
  spent: '3x0000000000000000000000000000000AA',
}
export const dummyToken = 'XXXX.DUMMY.TOKEN.XXXX'

/** A double of siteverify on this machine, which behaves as Cloudflare's does with the keys for tests. */
export interface TurnstileDouble {
  url: string
  /** The forms that it got. */
  forms: Record<string, string>[]
  /** Makes the next answers these, whatever is asked; an empty body ends the connection. */
  say: (...answers: { status: number; body: string }[]) => void
  close: () => Promise<void>
}

const codesFor = (secret: string, response: string): string[] => {
  if (secret === '') return ['missing-input-secret']
  if (!Object.values(testSecrets).includes(secret)) return ['invalid-input-secret']
  if (response === '') return ['missing-input-response']
  if (secret === testSecrets.spent) return ['timeout-or-duplicate']
  return secret === testSecrets.fails || response !== dummyToken ? ['invalid-input-response'] : []
}

export async function openTurnstile(): Promise<TurnstileDouble> {
  const forms: Record<string, string>[] = []
  const said: { status: number; body: string }[] = []
  const server: Server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    const form = Object.fromEntries(new URLSearchParams(Buffer.concat(parts).toString()))
    forms.push(form)
    const next = said.shift()
    if (next?.body === '') return request.socket.destroy()
    const codes = codesFor(form.secret ?? '', form.response ?? '')
    const body = JSON.stringify({
      success: codes.length === 0,
      'error-codes': codes,
      hostname: 'example.com',
    })
    response.writeHead(next?.status ?? 200, { 'Content-Type': 'application/json' }).end(next?.body ?? body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}/siteverify`,
    forms,
    say: (...answers) => void said.push(...answers),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
