import { failure, type Result, success } from '../domain/problem.ts'

/** The JSON value of a request's body: at most `maxBytes` are read, as strict UTF-8 (RFC 8259 §8.1). */
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

/** The JSON value of bytes that must be UTF-8. */
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

/** The whole body, or undefined as soon as it is longer than `maxBytes`. */
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

/** The parts as one piece of so many bytes. */
export function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
