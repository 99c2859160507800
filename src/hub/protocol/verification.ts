import { hexOf } from '../../domain/hex.ts'

/**
 * The URL for calling a callback: the parameters are appended to the callback's own query, which stays
 * unchanged even if it has parameters of the same names (WebSub §5.1.1).
 */
export function questionTo(callback: string, parameters: Record<string, string>): string {
  const added = new URLSearchParams(parameters).toString()
  const joint = callback.includes('?') ? (/[?&]$/.test(callback) ? '' : '&') : '?'
  return `${callback}${joint}${added}`
}

/** Makes a challenge from random bytes. It has only hexadecimal digits, so that any subscriber can echo it. */
export const challengeOf = (bytes: Uint8Array): string => hexOf(bytes)

/** Whether the answer confirms the request: a 2xx status, with the challenge as its whole body (WebSub §5.3.1). */
export const isConfirmed = (answer: { status: number; text: string }, challenge: string): boolean =>
  answer.status >= 200 && answer.status < 300 && answer.text === challenge
