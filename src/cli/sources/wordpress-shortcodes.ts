import type { Image } from '../../domain/article.ts'
import { shortened } from '../../domain/text.ts'
import type { Warned } from '../../ingest/warned.ts'
import { webAddress } from './values.ts'

/** The names of the shortcodes of WordPress and its most usual plugins that show something which the export does not contain as HTML. */
const names =
  'gallery|playlist|audio|video|wpvideo|contact-form(?:-7)?|sidebar|youtube|vimeo|dailymotion|tweet|twitter|facebook|instagram|' +
  'soundcloud|spotify|tiktok|googlemaps|flickr|scribd|slideshare|issuu|wpforms|gravityform|ninja_form|mc4wp_form|rev_slider|ngg|nggallery'
const shortcode = new RegExp(
  `(?<!\\[)\\[(${names})\\b([^[\\]]*)\\](?:[^[\\]]{0,2000}\\[/\\1\\])?|(?<!\\[)\\[/(?:${names})\\]`,
  'gi',
)
const media = /\b(?:src|mp4|m4v|webm|ogv|mp3|m4a|ogg|wav|wma)\s*=\s*["']?(https?:\/\/[^\s"'<>|]+)/i
const anyAddress = /https?:\/\/[^\s"'<>[\]|]+/i
const maxQuotedCharacters = 60
const maxQuotedParts = 3

/**
 * Converts shortcodes that show media to HTML: videos, audio, galleries whose pictures are in the export, and links to what other
 * sites show. Other shortcodes of the kind are removed, and a warning names them. `images` are the pictures of the export by their
 * post numbers.
 */
export function convertShortcodes(text: string, images: ReadonlyMap<string, Image>): Warned<string> {
  const lost: string[] = []
  const value = text.replace(shortcode, (whole, name: string | undefined, attributes = '') => {
    if (name === undefined) return ''
    const html = htmlOf(name.toLowerCase(), attributes, whole, images)
    if (html.isPart) lost.push(`[${name}${attributes.trimEnd()}]`)
    return html.html
  })
  return { value, warnings: lost.length === 0 ? [] : [`text: ${leftOut('shortcode', lost)}`] }
}

/** Says how many things are left out, and quotes the first ones. */
export function leftOut(what: string, found: readonly string[]): string {
  const quoted = found.slice(0, maxQuotedParts).map((one) => shortened(one, maxQuotedCharacters))
  return `${found.length} ${what}${found.length === 1 ? '' : 's'} left out: ${quoted.join(', ')}${found.length > maxQuotedParts ? ' …' : ''}`
}

/** The HTML in place of a shortcode, and whether it lacks something that the shortcode shows. */
function htmlOf(
  name: string,
  attributes: string,
  whole: string,
  images: ReadonlyMap<string, Image>,
): { html: string; isPart: boolean } {
  if (name === 'gallery') {
    const ids = /\bids\s*=\s*["']?([\d,\s]+)/i.exec(attributes)?.[1]?.split(',') ?? []
    const pictures = ids.flatMap((id) => images.get(id.trim()) ?? [])
    const figures = pictures.map(
      ({ url, alt = '' }) => `<figure><img src="${inAttribute(url)}" alt="${inAttribute(alt)}"></figure>`,
    )
    return { html: paragraph(figures.join('\n\n')), isPart: ids.length === 0 || pictures.length < ids.length }
  }
  if (name === 'video' || name === 'audio') {
    const address = webAddress(media.exec(attributes)?.[1] ?? anyAddress.exec(whole)?.[0])
    if (address === undefined) return { html: '', isPart: true }
    return {
      html: paragraph(`<figure><${name} controls src="${inAttribute(address)}"></${name}></figure>`),
      isPart: false,
    }
  }
  const address = webAddress(anyAddress.exec(whole)?.[0])
  if (address === undefined) return { html: '', isPart: true }
  const link = inAttribute(address)
  return { html: paragraph(`<a href="${link}">${link}</a>`), isPart: false }
}

const paragraph = (html: string): string => (html === '' ? '' : `\n\n${html}\n\n`)

const inAttribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
