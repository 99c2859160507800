import { html } from 'hono/html'
import type { FC } from 'hono/jsx'
import { address, iconAt, type Site } from '../../domain/site.ts'

/**
 * Renders the links of `<head>` to the site's icons and to its web app manifest. Apple's devices show no SVG icon on a home
 * screen. The elements are written as strings, because hono moves a `<link>` that is written as JSX.
 */
export const IconLinks: FC<{ site: Site }> = ({ site }) => {
  const { icon } = site
  const touch = icon && icon.type !== 'image/svg+xml' ? iconAt(site) : address(site, 'apple-touch-icon.png')
  const sizes = icon ? `${icon.width}x${icon.height}` : '48x48'
  return html`<link rel="icon" sizes="${sizes}" href="${iconAt(site)}"><link rel="apple-touch-icon" href="${touch}"><link rel="manifest" href="${address(site, 'site.webmanifest')}">`
}
