import { joined } from './bytes.ts'

const newline = 10

/**
 * The lines of a stream that are not blank, as bytes. One that is longer than `most` bytes comes as its
 * length only, so that no line can fill the memory.
 */
export async function* linesOf(
  stream: ReadableStream<Uint8Array> | null,
  most: number,
): AsyncGenerator<Uint8Array | { bytes: number }> {
  let parts: Uint8Array[] = []
  let length = 0
  const take = (part: Uint8Array) => {
    length += part.length
    if (length <= most) parts.push(part)
    else parts = []
  }
  const line = () => {
    const whole = length > most ? { bytes: length } : joined(parts, length)
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

const isBlank = (line: Uint8Array | { bytes: number }): boolean =>
  line instanceof Uint8Array && line.every((byte) => byte === 32 || byte === 9 || byte === 13)
