import { createHash, randomBytes } from 'node:crypto'

const scopes = ['read', 'moderate', 'publish', 'admin']

/**
 * Makes a new token, and an entry for the setting API_TOKENS, with which the server accepts the token. The
 * entry contains only the token's hash.
 */
export function newToken(name: string, scope: string): { token: string; entry: string } {
  if (!/^[\w.-]+$/.test(name)) {
    throw new Error(`Cannot make a token for "${name}": use letters, digits, dots and hyphens`)
  }
  if (!scopes.includes(scope)) {
    throw new Error(`Cannot make a token with the scope "${scope}": use ${scopes.join(', ')}`)
  }
  const token = randomBytes(32).toString('base64url')
  return { token, entry: `${name}:${scope}:${createHash('sha256').update(token).digest('hex')}` }
}
