import { address, iconAt, type Site } from '../domain/site.ts'

/**
 * Renders the web app manifest (W3C Web Application Manifest), from which browsers take the name and the icons for a home
 * screen. `display` is `browser`, because the site's pages have no navigation that could replace that of a browser. But if
 * browsers can be told of articles (`isPushOn`), it is `standalone`: iPhones and iPads show notifications only of such sites.
 */
export function renderManifest(site: Site, isPushOn: boolean): string {
  const { title, description, language, icon } = site
  const own = icon && { src: iconAt(site), sizes: `${icon.width}x${icon.height}`, type: icon.type }
  const builtIn = [
    { src: address(site, 'apple-touch-icon.png'), sizes: '180x180', type: 'image/png' },
    { src: address(site, 'favicon.ico'), sizes: '48x48', type: 'image/png' },
  ]
  const manifest = {
    name: title,
    description,
    lang: language,
    start_url: address(site, ''),
    display: isPushOn ? 'standalone' : 'browser',
    theme_color: icon?.accent,
    icons: own ? [own] : builtIn,
  }
  return `${JSON.stringify(manifest, null, 2)}\n`
}
