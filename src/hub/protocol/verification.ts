import { hexOf } from '../../domain/hex.ts'

/**
 * The address of a question to a callback: the parameters stand after its own, which stay as they are, also
 * where they have the same names (WebSub §5.1.1).
 */
export function questionTo(callback: string, parameters: Record<string, string>): string {
  const added = new URLSearchParams(parameters).toString()
  const joint = callback.includes('?') ? (/[?&]$/.test(callback) ? '' : '&') : '?'
  return `${callback}${joint}${added}`
}

/** A challenge out of random bytes: letters, digits and hyphens only, so that any subscriber can echo it. */
export const challengeOf = (bytes: Uint8Array): string => hexOf(bytes)

/** Whether the answer confirms the intent: success, and the challenge as its whole body (WebSub §5.3.1). */
export const isConfirmed = (answer: { status: number; text: string }, challenge: string): boolean =>
  answer.status >= 200 && answer.status < 300 && answer.text === challenge
