import { frameHosts } from '../../ingest/allowed.ts'
import { embedStyles, feedStyles, shareMenuStyles, styles } from '../bundle.ts'

/** Makes a text when it is first asked for. The text is kept, not its promise: no request may wait for another's. */
function once(make: () => Promise<string>): () => Promise<string> {
  let made: string | undefined
  return async () => {
    if (made === undefined) made = await make()
    return made
  }
}

/** The Content-Security-Policy of every page: no script and no style but the site's own, and no inline script. */
export const contentSecurityPolicy = once(async () => renderPolicy(await styleSource(styles)))

const feedStyleSource = once(() => styleSource(feedStyles))

/** The policy of a page about feeds: that of every page, with its own styles and a form that comes back to the site. */
export async function feedPolicy(policy: string): Promise<string> {
  return policy
    .replace('style-src ', `style-src ${await feedStyleSource()} `)
    .replace("form-action 'none'", "form-action 'self'")
}

/** The policy of the share menu: that of every page, with its own styles. */
export const shareMenuPolicy = once(async () =>
  (await contentSecurityPolicy()).replace('style-src ', `style-src ${await styleSource(shareMenuStyles)} `),
)

const embedPolicy = once(async () =>
  [
    "default-src 'none'",
    `style-src ${await styleSource(embedStyles)}`,
    "base-uri 'none'",
    "form-action 'none'",
    'frame-ancestors *',
  ].join('; '),
)

/**
 * The Content-Security-Policy of the card that other sites frame: a style and pictures, for any site. It names the
 * site's origin, for a page in a sandbox has none that `'self'` could mean.
 */
export const embedSecurityPolicy = async (origin: string): Promise<string> =>
  `${await embedPolicy()}; img-src ${origin} https:`

function renderPolicy(styleSource: string): string {
  const frames = [...frameHosts].map((host) => `https://${host}`).join(' ')
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src ${styleSource}`,
    `img-src 'self' https:`,
    `media-src 'self' https:`,
    `frame-src ${frames}`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ')
}

/** A stylesheet as a policy names it: by the SHA-256 of its text (CSP 3 §2.3.1). */
async function styleSource(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`
}
