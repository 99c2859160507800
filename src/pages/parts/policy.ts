import { frameHosts } from '../../ingest/allowed.ts'
import { feedStyles, type Stylesheet, styles } from '../bundle.ts'

/** The directives of a page: no script and no style but the site's own, no inline script, no form, no frame around it. */
const ofPages = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': '',
  'img-src': "'self' https:",
  'media-src': "'self' https:",
  'frame-src': [...frameHosts].map((host) => `https://${host}`).join(' '),
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
}

type Directives = Partial<Record<keyof typeof ofPages, string | undefined>>

/**
 * The Content-Security-Policy of a page that holds these stylesheets, each named by the SHA-256 of its text (CSP 3 §2.3.1).
 * `extra` takes the place of directives that every page has; one that is undefined is left out, and `default-src` decides.
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

/** The policy of the pages about feeds, whose form comes back to the site. */
export const feedPolicy = (): string => policyOf([feedStyles, styles], { 'form-action': "'self'" })
