import { lstatSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, sep } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { failure, type Result, success } from '../domain/problem.ts'

/** The largest file that is read, in bytes, except for NDJSON, which is parsed line by line. A packed file is never larger. */
export const maxBytes = 200_000_000

/** The operand that stands for standard input. */
export const standardInput = '-'

/**
 * Reads a file, or standard input, and unpacks it if it is packed with gzip. A file that would be larger than `maxBytes` when
 * unpacked is refused, and so is a symbolic link to a file outside of the link's folder, because `*` also names links that nobody
 * meant. `what` names the file in refusals.
 */
export function readBytes(file: string, what = 'the file'): Result<Uint8Array> {
  try {
    if (file === standardInput) return unpackedIfPacked(readFileSync(0), 'standard input')
    const target = targetOutside(file)
    if (target !== undefined)
      return refused(
        what,
        `it is a symbolic link to a file outside of its folder; to read that file, name "${target}"`,
      )
    return unpackedIfPacked(readFileSync(file), what)
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException
    const reasons: Record<string, string> = { ENOENT: 'there is no such file', EISDIR: 'it is a folder' }
    return refused(what, reasons[code ?? ''] ?? `${code}`)
  }
}

/** Returns the name of a file without the ending of a packed file. */
export const unpackedName = (file: string): string => file.replace(/\.gz$/i, '')

const refused = (what: string, reason: string) =>
  failure({ kind: 'unreadable', reason: `Cannot read ${what}: ${reason}` })

/** Returns the file to which a symbolic link leads, if it is outside of the folder of the link; undefined otherwise. */
export function targetOutside(file: string): string | undefined {
  if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return undefined
  const target = realpathSync(file)
  const folder = realpathSync(dirname(file))
  return target.startsWith(folder.endsWith(sep) ? folder : folder + sep) ? undefined : target
}

/** The first two bytes of every file that gzip packed (RFC 1952 §2.3.1). */
export const isPacked = ([first, second]: Uint8Array): boolean => first === 0x1f && second === 0x8b

function unpackedIfPacked(bytes: Uint8Array, what: string): Result<Uint8Array> {
  if (!isPacked(bytes)) return success(bytes)
  try {
    return success(gunzipSync(bytes, { maxOutputLength: maxBytes }))
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      return refused(what, `unpacked, it has more than ${maxBytes} bytes; unpack it, and split it`)
    return refused(what, 'it begins as a file packed with gzip, and cannot be unpacked')
  }
}
