// I/O: neither the store nor the network; waits only for Web Crypto.
import { base64url } from '../notify/base64.ts'
import { isSigned, signatureOf } from '../notify/token.ts'
import type { CommentPorts } from './ports.ts'

/** For how long a form can be sent. */
const formMilliseconds = 24 * 3_600_000

/** What a form says that was sent: how long ago it was made, and the random number by which it is known. */
type OpenedForm = { kind: 'valid'; nonce: string; ageMilliseconds: number } | { kind: 'expired' }

type FormPorts = Pick<CommentPorts, 'secrets' | 'clock' | 'bytes'>

/** Makes the token of a form for the comments of a path: when it was made, a random number, and the signature of both. */
export async function makeForm({ secrets, clock, bytes }: FormPorts, path: string): Promise<string> {
  const made = `${clock().toString(36)}.${base64url(bytes(16))}`
  return `${made}.${await signatureOf(secrets[0], textOf(path, made))}`
}

/**
 * Reads the token of a form. A token that was not made for this path, that is older than a day, or that was made in the future
 * because the clock was wrong, counts as expired.
 */
export async function openForm(
  { secrets, clock }: Pick<FormPorts, 'secrets' | 'clock'>,
  path: string,
  token: string,
): Promise<OpenedForm> {
  const [, made = '', issued = '', nonce = '', signature = ''] =
    /^(([\da-z]{1,10})\.([\w-]{22}))\.([\w-]{43})$/.exec(token) ?? []
  if (!(await isSigned(secrets, textOf(path, made), signature))) return { kind: 'expired' }
  const ageMilliseconds = clock() - Number.parseInt(issued, 36)
  if (ageMilliseconds < 0 || ageMilliseconds > formMilliseconds) return { kind: 'expired' }
  return { kind: 'valid', nonce, ageMilliseconds }
}

const textOf = (path: string, made: string): string => `comment-form ${made} ${path}`
