import { hexOf } from '../../domain/hex.ts'

/**
 * The URL for calling a callback. The parameters are appended to the callback's own query. That query stays
 * unchanged, even if it has parameters with the same names (WebSub §5.1.1).
 */
export function questionTo(callback: string, parameters: Record<string, string>): string {
  const added = new URLSearchParams(parameters).toString()
  const joint = callback.includes('?') ? (/[?&]$/.test(callback) ? '' : '&') : '?'
  return `${callback}${joint}${added}`
}

/**
 * Makes a challenge from random bytes. The challenge has only hexadecimal digits, so that any subscriber can
 * echo it.
 */
export const challengeOf = (bytes: Uint8Array): string => hexOf(bytes)

/**
 * Whether a callback's answer confirms the request: its status is 2xx, and its whole body is the challenge
 * (WebSub §5.3.1).
 */
export const isConfirmed = (answer: { status: number; text: string }, challenge: string): boolean =>
  answer.status >= 200 && answer.status < 300 && answer.text === challenge
