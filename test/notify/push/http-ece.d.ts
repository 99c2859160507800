/** The part of the package http_ece that the tests use. */
declare module 'http_ece' {
  import type { ECDH } from 'node:crypto'
  export function decrypt(
    message: Buffer,
    how: { version: 'aes128gcm'; privateKey: ECDH; authSecret: Buffer },
  ): Buffer
}
