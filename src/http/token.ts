import { hexOf } from '../domain/hex.ts'

/** The SHA-256 of a text in lower-case hexadecimal. Only this hash of an API token is stored. */
export async function hashOf(text: string): Promise<string> {
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))
}

/** The token of an Authorization header with the scheme Bearer (RFC 6750 §2.1). */
export const bearerOf = (request: Headers): string | undefined =>
  /^Bearer +([\w.~+/=-]+)$/i.exec(request.get('Authorization') ?? '')?.[1]

/** The entry whose hash is that of the token. Every hash is compared in full, so that response times reveal nothing. */
export async function entryFor<Entry extends { hash: string }>(
  token: string,
  entries: readonly Entry[],
): Promise<Entry | undefined> {
  const hash = await hashOf(token)
  return entries.filter((entry) => isEqual(entry.hash, hash))[0]
}

function isEqual(one: string, other: string): boolean {
  let difference = one.length ^ other.length
  for (let at = 0; at < other.length; at++) difference |= one.charCodeAt(at) ^ other.charCodeAt(at)
  return difference === 0
}
