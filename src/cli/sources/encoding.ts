import { replacedMarks, withWindowsMarks } from '../../ingest/windows-marks.ts'

/** The text of a file, and what had to be guessed to decode it. */
interface Decoded {
  text: string
  guess?: string
}

/** The bytes at the beginning of a file in which it declares its encoding; HTML §13.2.3.2 wants 1024, but pages are late. */
const declarationBytes = 8192

/**
 * Decodes a page or feed. The encoding is that of the byte order mark, otherwise the one that the file declares (XML
 * declaration, `meta charset`), otherwise UTF-8. A file that declares another encoding but is valid UTF-8 with more than
 * ASCII is UTF-8, because programs convert files without changing the declaration. If bytes are wrong in the encoding, a
 * file with more wrong bytes than multibyte characters is read as Windows-1252, and in other files the wrong bytes are left out;
 * `guess` says so, and also if control characters were replaced by the marks that they are in Windows-1252.
 */
export function decodeText(bytes: Uint8Array): Decoded {
  const { text: decoded, guess } = decodeBytes(bytes)
  const { text, count } = withWindowsMarks(decoded)
  const guesses = [...(guess ? [guess] : []), ...(count > 0 ? [replacedMarks(count)] : [])]
  return { text, ...(guesses.length > 0 && { guess: guesses.join('; ') }) }
}

/**
 * Returns the encoding of a file that is too large to be decoded at once, by its beginning: that of the byte order mark, otherwise the
 * one that it declares, otherwise UTF-8.
 */
export const encodingOf = (beginning: Uint8Array): string =>
  markOf(beginning) ?? declaredIn(beginning) ?? 'utf-8'

function decodeBytes(bytes: Uint8Array): Decoded {
  const marked = markOf(bytes)
  if (marked !== undefined) return decodedBy(bytes, marked)
  const declared = declaredIn(bytes)
  const utf8 = strictUtf8(bytes)
  const isUtf8 = declared === undefined || declared === 'utf-8'
  if (utf8 !== undefined && (isUtf8 || bytes.some((byte) => byte > 127)))
    return isUtf8
      ? { text: utf8 }
      : { text: utf8, guess: `the file declares the encoding ${declared}, but is UTF-8` }
  return isUtf8 ? repaired(bytes) : decodedBy(bytes, declared)
}

/** Returns the encoding that a byte order mark shows, or the zero bytes of UTF-16 around the first `<`. */
function markOf([first, second, third, fourth]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (first === 0x3c && second === 0 && fourth === 0) return 'utf-16le'
  return first === 0 && second === 0x3c && third === 0 ? 'utf-16be' : undefined
}

const declarations = [
  /^\s*<\?xml\s[^<>]{0,200}?encoding\s*=\s*["']?([\w.:-]{2,40})/i,
  /<meta\s[^<>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]{2,40})/i,
]

/** Comments, and elements whose text may look like markup; a declaration within them is none. */
const withoutMarkup =
  /<!--[\s\S]*?(?:-->|$)|<(script|style|title|textarea|noscript)\b[\s\S]*?(?:<\/\1\s*>|$)/gi

/**
 * Returns the encoding that a file declares, by its name in the Encoding Standard. A declaration of UTF-16 that can be read
 * byte by byte is wrong, and counts as UTF-8 (HTML §13.2.3.2).
 */
function declaredIn(bytes: Uint8Array): string | undefined {
  const beginning = new TextDecoder('latin1')
    .decode(bytes.subarray(0, declarationBytes))
    .replace(withoutMarkup, ' ')
  for (const declaration of declarations) {
    const label = declaration.exec(beginning)?.[1]
    const encoding = label === undefined ? undefined : knownEncoding(label)
    if (encoding !== undefined) return encoding.startsWith('utf-16') ? 'utf-8' : encoding
  }
  return undefined
}

function knownEncoding(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding
  } catch {
    return undefined
  }
}

function strictUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
  } catch {
    return undefined
  }
}

function decodedBy(bytes: Uint8Array, encoding: string): Decoded {
  return withoutWrong(new TextDecoder(encoding).decode(bytes), encoding)
}

/** Decodes a file that should be UTF-8 but is not. */
function repaired(bytes: Uint8Array): Decoded {
  const text = new TextDecoder().decode(bytes)
  const valid = (text.match(/[^\0-\x7F\uFFFD]/gu) ?? []).length
  const wrong = text.split('\uFFFD').length - 1
  if (valid >= wrong) return withoutWrong(text, 'utf-8')
  return {
    text: new TextDecoder('windows-1252').decode(bytes),
    guess: 'the file is not UTF-8 and was read as Windows-1252',
  }
}

function withoutWrong(text: string, encoding: string): Decoded {
  const pieces = text.split('\uFFFD')
  if (pieces.length === 1) return { text }
  const count = pieces.length - 1
  const characters = count === 1 ? '1 character that is' : `${count} characters that are`
  return {
    text: pieces.join(''),
    guess: `the file has ${characters} not ${encoding}; the import leaves them out`,
  }
}
