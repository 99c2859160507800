import { hexOf } from '../domain/hex.ts'

/** The SHA-256 of a text in lower-case hexadecimal. For an API token only this hash is stored. */
export async function hashOf(text: string): Promise<string> {
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))
}

/** The token of an Authorization header with the scheme Bearer (RFC 6750 §2.1). */
export const bearerOf = (request: Headers): string | undefined =>
  /^Bearer +([\w.~+/=-]+)$/i.exec(request.get('Authorization') ?? '')?.[1]

/**
 * The entry with the hash of this token; undefined if no entry has this hash. Each hash is compared to its
 * end, so that response times do not reveal where two hashes differ.
 */
export async function entryFor<Entry extends { hash: string }>(
  token: string,
  entries: readonly Entry[],
): Promise<Entry | undefined> {
  const hash = await hashOf(token)
  return entries.filter((entry) => isEqual(entry.hash, hash))[0]
}

/** Compares two texts to their end, so that the time does not tell where they differ. */
export function isEqual(one: string, other: string): boolean {
  let difference = one.length ^ other.length
  for (let at = 0; at < other.length; at++) difference |= one.charCodeAt(at) ^ other.charCodeAt(at)
  return difference === 0
}
