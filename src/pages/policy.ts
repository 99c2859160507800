import { frameHosts } from '../ingest/allowed.ts'
import { styles } from './styles.ts'

let policy: string | undefined

/** The Content-Security-Policy of every page: no script and no style but the house's own, and no inline script. */
export async function contentSecurityPolicy(): Promise<string> {
  // The text is kept, not its promise: a Worker's request must not wait for another's.
  if (policy === undefined) policy = renderPolicy(await sha256(styles))
  return policy
}

function renderPolicy(styleHash: string): string {
  const frames = [...frameHosts].map((host) => `https://${host}`).join(' ')
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'sha256-${styleHash}'`,
    `img-src 'self' https:`,
    `media-src 'self' https:`,
    `frame-src ${frames}`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ')
}

export async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
}
