import { frameHosts } from '../../ingest/allowed.ts'
import { embedStyles } from '../embed-styles.ts'
import { styles } from '../styles.ts'

let policy: string | undefined
let embedPolicy: string | undefined

/** The Content-Security-Policy of every page: no script and no style but the house's own, and no inline script. */
export async function contentSecurityPolicy(): Promise<string> {
  // The text is kept, not its promise: a Worker's request must not wait for another's.
  if (policy === undefined) policy = renderPolicy(await sha256(styles))
  return policy
}

/**
 * The Content-Security-Policy of the card that other sites frame: a style and pictures, for any site. It names the
 * house's origin, for a page in a sandbox has none that `'self'` could mean.
 */
export async function embedSecurityPolicy(origin: string): Promise<string> {
  if (embedPolicy === undefined) {
    const rules = ["default-src 'none'", `style-src 'sha256-${await sha256(embedStyles)}'`]
    embedPolicy = [...rules, "base-uri 'none'", "form-action 'none'", 'frame-ancestors *'].join('; ')
  }
  return `${embedPolicy}; img-src ${origin} https:`
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
