import { failure, type Result, success } from '../domain/problem.ts'
import { readBytes } from './body.ts'

/** Reads a request's body as a form. The body may have at most `maxBytes` and must be valid UTF-8 (URL standard §5). */
export async function readForm(request: Request, maxBytes: number): Promise<Result<URLSearchParams>> {
  const type = request.headers.get('Content-Type') ?? ''
  const expected = 'application/x-www-form-urlencoded'
  if (type.split(';')[0]?.trim().toLowerCase() !== expected) {
    return failure({ kind: 'unsupported-type', type, expected })
  }
  const bytes = await readBytes(request, maxBytes)
  if (!bytes) return failure({ kind: 'too-large', bytes: maxBytes + 1, maxBytes })
  try {
    return success(
      new URLSearchParams(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)),
    )
  } catch {
    return failure({ kind: 'unreadable', reason: 'Cannot read the form: it must be UTF-8' })
  }
}
