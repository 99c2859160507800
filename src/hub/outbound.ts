// Input and output: the network.
import type { Call } from '../domain/ports.ts'
import { joined } from '../http/body.ts'

/** Milliseconds that a request to another host may take. */
export const callTimeoutMilliseconds = 10_000

/** The largest number of bytes that are read of an answer; the rest is discarded. */
const maxAnswerBytes = 65_536

/**
 * Makes a function that sends requests to hosts which users have named. It follows no redirects, because they
 * could lead to addresses that the callback rules forbid; it limits time and length; and it uses only the
 * status and the first bytes of the answer.
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
      // A delivery succeeds by its status alone (WebSub §7), so an error while reading the body is ignored.
      return { status: response.status, text: await (method === 'POST' ? text.catch(() => '') : text) }
    } catch {
      return { fault: limit.signal.aborted ? 'took too long' : 'could not be reached' }
    } finally {
      clearTimeout(timer)
    }
  }
}

/** Reads the first bytes of a body as text, and does not wait for the rest. */
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
