// I/O: sends requests to other hosts.
import type { Call } from '../domain/ports.ts'
import { joined } from '../http/body.ts'

/** Milliseconds that a request of the hub to another host may take. */
export const callTimeoutMilliseconds = 10_000

/** The largest number of bytes that the hub reads of an answer's body. The rest is discarded. */
const maxAnswerBytes = 65_536

/**
 * Makes a function that sends requests to hosts which users have named. The function follows no redirects,
 * because a redirect could lead to an address that the callback rules forbid. It limits the time of a request
 * and the length of the answer, and returns only the status, the first bytes of the body and the header Retry-After.
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
      // Only the status decides whether a delivery succeeded (WebSub §7), so an error while reading the body of
      // the answer to a POST is ignored.
      const retryAfter = response.headers.get('Retry-After')
      return {
        status: response.status,
        text: await (method === 'POST' ? text.catch(() => '') : text),
        ...(retryAfter !== null && { retryAfter }),
      }
    } catch {
      return { fault: limit.signal.aborted ? 'took too long' : 'could not be reached' }
    } finally {
      clearTimeout(timer)
    }
  }
}

/** Reads the first bytes of an answer's body as text, and does not wait for the rest of the body. */
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
