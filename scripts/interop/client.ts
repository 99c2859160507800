import { type IncomingHttpHeaders, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'

export type Fields = Record<string, string>

/** An answer, with the instants (epoch milliseconds) at which its request was sent and its body was complete. */
export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  /** The body, decompressed. */
  body: string
  sent: number
  ended: number
}

/**
 * Sends a request with exactly these header fields, as `fetch` cannot: `fetch` adds fields such as Accept-Encoding. The
 * request has a connection of its own.
 */
export function send(
  port: number,
  path: string,
  fields: Fields = {},
  { method = 'GET', body = '' }: { method?: string; body?: string } = {},
): Promise<Answer> {
  const sent = Date.now()
  return new Promise((resolve, reject) => {
    const asking = request(
      { host: 'localhost', port, path, method, agent: false, timeout: 20_000, headers: fields },
      (response) => {
        const { statusCode: status = 0, headers } = response
        text(response.setEncoding('latin1')).then(
          (raw) =>
            resolve({
              status,
              headers,
              body: decode(raw, headers['content-encoding']),
              sent,
              ended: Date.now(),
            }),
          reject,
        )
      },
    )
    asking.on('timeout', () => asking.destroy(new Error(`no answer to ${method} ${path}`)))
    asking.on('error', reject)
    asking.end(body)
  })
}

function decode(raw: string, coding: string | undefined): string {
  const bytes = Buffer.from(raw, 'latin1')
  if (bytes.length === 0) return ''
  if (coding === 'gzip') return gunzipSync(bytes).toString()
  return (coding === 'br' ? brotliDecompressSync(bytes) : bytes).toString()
}
