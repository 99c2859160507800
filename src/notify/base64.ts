// I/O: none; encodes bytes.
/** Writes bytes in base64 (RFC 4648 §4), as the parts of mails have it. */
export function base64(bytes: Uint8Array): string {
  let binary = ''
  // A call with all bytes as arguments would fail for long texts.
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

/** Writes bytes in base64url without padding (RFC 4648 §5): 16 for an id, 32 for the token of a request. */
export const base64url = (bytes: Uint8Array): string =>
  base64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')

/** The bytes of a text that `base64url` has made. */
export const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))
