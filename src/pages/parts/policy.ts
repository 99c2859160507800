import { frameHosts } from '../../ingest/allowed.ts'
import { commentStyles, feedStyles, notifyStyles, type Stylesheet, styles } from '../bundle.ts'

/**
 * The Content-Security-Policy directives of all pages. The directives allow scripts from the site and images
 * over HTTPS, and forbid inline scripts, forms, and embedding the page in a frame.
 */
const ofPages = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': '',
  'img-src': "'self' https:",
  'media-src': "'self' https:",
  'manifest-src': "'self'",
  'frame-src': [...frameHosts].map((host) => `https://${host}`).join(' '),
  'connect-src': undefined,
  'worker-src': undefined,
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
}

type Directives = Partial<Record<keyof typeof ofPages, string | undefined>>

/**
 * Returns the Content-Security-Policy of a page with the given stylesheets, each allowed by the SHA-256 of its
 * text (CSP 3 §2.3.1). A directive in `extra` replaces the directive of the same name in `ofPages`. A directive
 * whose value in `extra` is undefined is omitted, so that `default-src` applies.
 */
export const policyOf = (sheets: readonly Stylesheet[], extra: Directives = {}): string =>
  Object.entries({
    ...ofPages,
    'style-src': sheets.map(({ hash }) => `'${hash}'`).join(' '),
    ...extra,
  })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')

/**
 * Returns the Content-Security-Policy of the pages about feeds. Unlike other pages, they may send a form to the
 * site.
 */
export const feedPolicy = (): string => policyOf([feedStyles, styles], { 'form-action': "'self'" })

/** The host of Turnstile's script and frame. */
const turnstileHost = 'https://challenges.cloudflare.com'

/**
 * Returns the Content-Security-Policy of the pages about comments, which may send a form to the site. With Turnstile, its script may
 * run and open its frame.
 */
export const commentPolicy = (hasTurnstile = false): string =>
  policyOf([commentStyles, styles], {
    'form-action': "'self'",
    ...(hasTurnstile && { 'script-src': `'self' ${turnstileHost}`, 'frame-src': turnstileHost }),
  })

/**
 * Returns the Content-Security-Policy of the pages about notifications, and of pages with the form of an article. They may
 * send a form to the site; with `isPushOn`, their script may send a request to it, and register a service worker.
 */
export const notifyPolicy = (isPushOn = false): string =>
  policyOf([notifyStyles, styles], {
    'form-action': "'self'",
    ...(isPushOn && { 'connect-src': "'self'", 'worker-src': "'self'" }),
  })

/** Returns the Content-Security-Policy of an article's page on which the script of comments may send requests to the site. */
export const commentedPolicy = (notify?: { isPushOn: boolean }): string =>
  policyOf(notify ? [notifyStyles, styles] : [styles], {
    'connect-src': "'self'",
    ...(notify && { 'form-action': "'self'" }),
    ...(notify?.isPushOn && { 'worker-src': "'self'" }),
  })
