// Input and output: the network.
import type { Call } from '../domain/ports.ts'
import { joined } from '../http/body.ts'

/** How long somebody else's host may take, in milliseconds. */
export const callTimeoutMilliseconds = 10_000

/** How much of an answer is read; the rest is refused. */
const maxAnswerBytes = 65_536

/**
 * Requests to hosts that others have named: redirects are not followed (they could lead where the guard lets
 * nobody go), time and length are bounded, and nothing that comes back is believed but its status and first bytes.
 */
export function callWith(send: (request: Request) => Promise<Response>, agent: string): Call {
  return async ({ method, url, headers = {}, body }) => {
    const limit = new AbortController()
    const timer = setTimeout(() => limit.abort(), callTimeoutMilliseconds)
    try {
      const request = new Request(url, {
        method,
        headers: { 'User-Agent': agent, ...headers },
        redirect: 'manual',
        signal: limit.signal,
        ...(body && { body }),
      })
      const response = await send(request)
      const text = beginningOf(response)
      // What takes a delivery is the status alone (WebSub §7), however the body ends.
      return { status: response.status, text: await (method === 'POST' ? text.catch(() => '') : text) }
    } catch {
      return { fault: limit.signal.aborted ? 'took too long' : 'could not be reached' }
    } finally {
      clearTimeout(timer)
    }
  }
}

/** The first bytes of the body as text; the rest is not waited for. */
async function beginningOf(response: Response): Promise<string> {
  if (!response.body) return ''
  const reader = response.body.getReader()
  const parts: Uint8Array[] = []
  let length = 0
  while (length <= maxAnswerBytes) {
    const { done, value } = await reader.read()
    if (done) break
    parts.push(value.subarray(0, maxAnswerBytes - length))
    length += value.length
  }
  await reader.cancel().catch(() => {})
  return new TextDecoder().decode(joined(parts, Math.min(length, maxAnswerBytes)))
}
