import { closeSync, createReadStream, openSync, readSync } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { detailsOf } from '../http/problem.ts'
import { withWindowsMarks } from '../ingest/windows-marks.ts'
import { isPacked, readBytes, standardInput, targetOutside } from './read-bytes.ts'
import { encodingOf } from './sources/encoding.ts'

/** The largest number of bytes of a file that is read piece by piece, unpacked. */
const maxTextBytes = 4_000_000_000

/**
 * Reads the text of a file, or of standard input, piece by piece, and unpacks it if it is packed with gzip. Throws an error with a
 * sentence if the file cannot be read.
 */
export async function* textsOf(file: string): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined
  let bytes = 0
  try {
    for await (const piece of piecesOf(file)) {
      bytes += piece.length
      if (bytes > maxTextBytes)
        throw new Error(`Cannot read "${file}": it has more than ${maxTextBytes} bytes`)
      decoder ??= new TextDecoder(encodingOf(piece))
      yield withWindowsMarks(decoder.decode(piece, { stream: true })).text
    }
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException
    if (code === undefined) throw fault
    throw new Error(`Cannot read "${file}": ${reasons[code] ?? code}`)
  }
  if (decoder) yield decoder.decode()
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  Z_DATA_ERROR: 'it begins as a file packed with gzip, and cannot be unpacked',
  Z_BUF_ERROR: 'it is packed with gzip, and ends early',
}

async function* piecesOf(file: string): AsyncGenerator<Uint8Array> {
  if (file === standardInput) {
    const bytes = readBytes(file)
    if (!bytes.ok) throw new Error(detailsOf(bytes.problem).detail)
    yield bytes.value
    return
  }
  const target = targetOutside(file)
  if (target !== undefined)
    throw new Error(
      `Cannot read "${file}": it is a symbolic link to a file outside of its folder; name "${target}"`,
    )
  const isGzip = isPacked(beginningOf(file))
  const source = createReadStream(file)
  if (!isGzip) return yield* source as AsyncIterable<Uint8Array>
  const unpacked = createGunzip()
  source.on('error', (fault) => unpacked.destroy(fault))
  yield* source.pipe(unpacked) as AsyncIterable<Uint8Array>
}

function beginningOf(file: string): Uint8Array {
  const opened = openSync(file, 'r')
  try {
    const bytes = new Uint8Array(2)
    return bytes.subarray(0, readSync(opened, bytes, 0, 2, 0))
  } finally {
    closeSync(opened)
  }
}
