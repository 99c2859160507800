import { articlesPerSave, bytesPerSave } from '../domain/limits.ts'

/**
 * Splits lines into portions, each for one request to the API. A request has at most as many lines and bytes as the Worker
 * saves at once, so that it stays within the limits of every plan of Workers (docs/limits.md).
 */
export function* portionsOf(
  lines: readonly string[],
  { maxLines, maxBytes } = { maxLines: articlesPerSave, maxBytes: bytesPerSave },
): Generator<string[]> {
  let portion: string[] = []
  let bytesLeft = maxBytes
  for (const line of lines) {
    const bytes = Buffer.byteLength(line) + 1
    if (portion.length === maxLines || (portion.length > 0 && bytes > bytesLeft)) {
      yield portion
      portion = []
      bytesLeft = maxBytes
    }
    portion.push(line)
    bytesLeft -= bytes
  }
  if (portion.length > 0) yield portion
}
