/**
 * Returns a hash of a text as a whole number below 2³². Different texts can have the same hash. The hash is no
 * protection against forgery; a secret random seed keeps clients from choosing texts with the same hash.
 */
export function hash32(text: string, seed: number): number {
  let hash = seed | 0
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x5bd1e995)
    hash ^= hash >>> 15
  }
  hash = Math.imul(hash ^ text.length, 0x27d4eb2f)
  return (hash ^ (hash >>> 13)) >>> 0
}
