// I/O: reads and writes the store.
import { rfc3339 } from '../domain/instant.ts'
import { base64url } from '../notify/base64.ts'
import { signatureOf } from '../notify/token.ts'
import type { CommentPorts } from './ports.ts'

/**
 * Returns the hash of a client's network by which comments of the same day are compared. Its key is random and deleted when the
 * day (UTC) is over, so that nobody can find the network by trying all of them.
 */
export async function networkHash(
  { comments, clock, bytes }: Pick<CommentPorts, 'comments' | 'clock' | 'bytes'>,
  client: string,
): Promise<string> {
  const day = rfc3339(clock()).slice(0, 10)
  return signatureOf(await comments.salt(day, base64url(bytes(32))), `network ${client}`)
}
