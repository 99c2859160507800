import { articlesPerSave, bytesPerSave } from '../domain/limits.ts'

/**
 * Splits lines into portions, each for one request to the API. A request has at most as many lines and bytes as the Worker
 * saves at once, so that it stays within the limits of every plan of Workers (docs/limits.md).
 */
export function* portionsOf(lines: readonly string[]): Generator<string[]> {
  let portion: string[] = []
  let bytesLeft = bytesPerSave
  for (const line of lines) {
    const bytes = Buffer.byteLength(line) + 1
    if (portion.length === articlesPerSave || (portion.length > 0 && bytes > bytesLeft)) {
      yield portion
      portion = []
      bytesLeft = bytesPerSave
    }
    portion.push(line)
    bytesLeft -= bytes
  }
  if (portion.length > 0) yield portion
}
