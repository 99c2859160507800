// I/O: neither the store nor the network; waits only for Web Crypto.
import { signatureOf } from '../notify/token.ts'

/**
 * The keyed hash of the e-mail address of who writes or reports a comment. It is another one than that of a person who is told of
 * articles, so that nobody can join the two, and who unsubscribes erases no comment.
 */
export const commenterHash = (secret: string, address: string): Promise<string> =>
  signatureOf(secret, `commenter ${address.toLowerCase()}`)

/** The hashes of an address by all secrets, because earlier comments may have that of a former one. */
export const commenterHashes = (secrets: readonly string[], address: string): Promise<string[]> =>
  Promise.all(secrets.map((secret) => commenterHash(secret, address)))
