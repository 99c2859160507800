import { failure, type Result, success } from '../domain/problem.ts'
import { joined } from './body.ts'

const newline = 10

/**
 * A line of a stream: its number, counted from 1, and its bytes. A line that is too long has its number of
 * bytes instead of the bytes.
 */
export type Line = { number: number } & ({ bytes: Uint8Array } | { length: number })

/**
 * Splits a stream into lines. Blank lines are skipped, but they count for the line numbers. Of a line longer
 * than `maxBytes` only the length is kept, so that no line can exhaust the memory.
 */
async function* linesOf(stream: ReadableStream<Uint8Array> | null, maxBytes: number): AsyncGenerator<Line> {
  let parts: Uint8Array[] = []
  let length = 0
  let number = 0
  const take = (part: Uint8Array) => {
    length += part.length
    if (length <= maxBytes) parts.push(part)
    else parts = []
  }
  const line = (): Line => {
    number += 1
    const whole: Line = length > maxBytes ? { number, length } : { number, bytes: joined(parts, length) }
    parts = []
    length = 0
    return whole
  }
  for await (const chunk of stream ?? []) {
    let start = 0
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      take(chunk.subarray(start, end))
      start = end + 1
      const whole = line()
      if (!isBlank(whole)) yield whole
    }
    take(chunk.slice(start))
  }
  const last = line()
  if (!isBlank(last)) yield last
}

/** What the lines of a request may be at most: the bytes of one line, the number of all lines, and their bytes. */
interface LineLimits {
  bytesPerLine: number
  maxLines: number
  maxBytes: number
}

/**
 * Reads all lines of a stream, except blank ones, so that a request with too many lines is refused before anything of it is
 * saved. A line that is too long does not count for the bytes, because its bytes are not kept.
 */
export async function readLines(
  stream: ReadableStream<Uint8Array> | null,
  { bytesPerLine, maxLines, maxBytes }: LineLimits,
): Promise<Result<Line[]>> {
  const lines: Line[] = []
  let bytes = 0
  for await (const line of linesOf(stream, bytesPerLine)) {
    lines.push(line)
    bytes += 'bytes' in line ? line.bytes.length : 0
    if (lines.length > maxLines) return failure({ kind: 'too-many-lines', maxLines })
    if (bytes > maxBytes) return failure({ kind: 'too-large', bytes, maxBytes })
  }
  return success(lines)
}

const isBlank = (line: Line): boolean =>
  'bytes' in line && line.bytes.every((byte) => byte === 32 || byte === 9 || byte === 13)
