import { failure, type Result, success } from '../domain/problem.ts'

/** Reads a request's body as JSON. The body may have at most `maxBytes` and must be valid UTF-8 (RFC 8259 §8.1). */
export async function readJson(request: Request, maxBytes: number): Promise<Result<unknown>> {
  const type = request.headers.get('Content-Type') ?? ''
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    return failure({ kind: 'unsupported-type', type, expected: 'application/json' })
  }
  const announced = Number(request.headers.get('Content-Length') ?? 0)
  if (announced > maxBytes) return failure({ kind: 'too-large', bytes: announced, maxBytes })
  const bytes = await readBytes(request, maxBytes)
  if (!bytes) return failure({ kind: 'too-large', bytes: maxBytes + 1, maxBytes })
  return parseJson(bytes)
}

/** Parses bytes as JSON; fails if the bytes are not valid UTF-8 or not valid JSON. */
export function parseJson(bytes: Uint8Array): Result<unknown> {
  try {
    return success(JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)))
  } catch (fault) {
    if (fault instanceof TypeError) {
      return failure({ kind: 'unreadable', reason: 'Cannot read the body: it must be UTF-8' })
    }
    return failure({
      kind: 'unreadable',
      reason: `Cannot read the body as JSON: ${(fault as Error).message}`,
    })
  }
}

/** Reads a request's whole body; undefined as soon as the body is longer than `maxBytes`. */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.body ?? []) {
    length += chunk.length
    if (length > maxBytes) return undefined
    chunks.push(chunk)
  }
  return joined(chunks, length)
}

/** Joins byte arrays into one; `length` is the sum of their lengths. */
export function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
