import { hexOf } from '../../domain/hex.ts'

/** The value of the X-Hub-Signature header: the HMAC with SHA-256 of the delivered body's exact bytes (WebSub §7.1). */
export async function signatureOf(secret: string, body: Uint8Array): Promise<string> {
  const bytes = new TextEncoder().encode(secret)
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const signature = new Uint8Array(await crypto.subtle.sign('HMAC', key, body))
  return `sha256=${hexOf(signature)}`
}
