import { type Feed, homeOf, titleOf } from '../domain/feed.ts'
import { iconAt } from '../domain/site.ts'
import { element, type Guard } from './guard.ts'

/** The largest width and height of the picture of an RSS channel, in pixels (RSS 2.0, `image`). An icon is a square. */
const maxRssPixels = 144

/** The media types of the picture of an RSS channel. */
const rssTypes = ['image/gif', 'image/jpeg', 'image/png']

/** The namespace of Feedly's elements for an icon and a colour. */
export const webfeeds = { 'xmlns:webfeeds': 'http://webfeeds.org/rss/1.0' }

/**
 * The elements of an RSS channel that show the icon from the settings; none without this icon. The title and the link of the
 * picture are those of the channel (RSS 2.0). A width and a height are written only if RSS allows them, because readers
 * would reject greater ones.
 */
export function rssIcon(feed: Feed, { text, address }: Guard): string[] {
  const { site } = feed
  const { icon } = site
  if (!icon) return []
  const { type = 'image/png' } = icon
  const pixels = icon.width <= maxRssPixels ? String(icon.width) : undefined
  const sizes = pixels === undefined ? '' : element('width', {}, pixels) + element('height', {}, pixels)
  const image = () =>
    element('url', {}, address(iconAt(site))) +
    element('title', {}, text(titleOf(feed))) +
    element('link', {}, address(homeOf(feed))) +
    sizes
  return [
    ...(rssTypes.includes(type) ? [element('image', {}, image())] : []),
    element('webfeeds:icon', {}, address(iconAt(site))),
    ...(icon.accent === undefined ? [] : [element('webfeeds:accentColor', {}, icon.accent.slice(1))]),
  ]
}
