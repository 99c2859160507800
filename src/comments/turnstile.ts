// I/O: sends requests to other hosts.
import type { CheckedSender } from '../domain/comment.ts'
import { hexOf } from '../domain/hex.ts'
import type { Call } from '../domain/ports.ts'

/** Where Cloudflare verifies the tokens of Turnstile. */
const siteverify = 'https://challenges.cloudflare.com/turnstile/v0/siteverify'

/** The name of the field in which Turnstile's script puts the token into a form. */
export const turnstileField = 'cf-turnstile-response'

/** The largest number of characters of a token, as Cloudflare documents it. */
const maxTokenCharacters = 2048

/** The errors that say something about the token. All others are faults of the settings or of the service. */
const ofToken = /^(?:missing-input-response|invalid-input-response|timeout-or-duplicate)$/

interface TurnstilePorts {
  call: Call
  secret: string
  /** Returns `length` random bytes. */
  bytes: (length: number) => Uint8Array
  /** Is told why a token could not be verified. */
  tell: (failure: string) => void
  url?: string
}

/**
 * Makes the function that asks Cloudflare whether a token is from a person. Without a token, nobody is asked. If Cloudflare cannot
 * answer, the function asks once more with the same key, so that a token that was used up by the first request still counts.
 */
export const turnstileWith =
  ({ call, secret, bytes, tell, url = siteverify }: TurnstilePorts) =>
  async (token: string): Promise<CheckedSender> => {
    if (token === '' || token.length > maxTokenCharacters) return 'refused'
    const form = new URLSearchParams({ secret, response: token, idempotency_key: uuidOf(bytes(16)) })
    const request = {
      method: 'POST' as const,
      url,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new TextEncoder().encode(form.toString()),
    }
    let failure = ''
    for (let times = 0; times < 2; times++) {
      const answer = await call(request)
      if ('fault' in answer) {
        failure = answer.fault
        continue
      }
      const read = resultIn(answer.text)
      if (read?.success === true) return 'passed'
      if (read && read.codes.length > 0 && read.codes.every((code) => ofToken.test(code))) return 'refused'
      failure = read && read.codes.length > 0 ? read.codes.join(' ') : `answered ${answer.status}`
    }
    tell(failure)
    return 'unavailable'
  }

/** Reads an answer of siteverify; undefined if it is no such answer. Only codes of the documented form are kept. */
function resultIn(text: string): { success: boolean; codes: string[] } | undefined {
  try {
    const value = JSON.parse(text) as { success?: unknown; 'error-codes'?: unknown } | null
    if (typeof value?.success !== 'boolean') return undefined
    const codes = Array.isArray(value['error-codes']) ? value['error-codes'] : []
    return {
      success: value.success,
      codes: codes.filter((code) => typeof code === 'string' && /^[a-z-]{1,40}$/.test(code)).slice(0, 5),
    }
  } catch {
    return undefined
  }
}

/** Writes 16 random bytes as a UUID of version 4 (RFC 9562 §5.4). */
function uuidOf(random: Uint8Array): string {
  const marked = random.map((byte, at) =>
    at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte,
  )
  return hexOf(marked).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
