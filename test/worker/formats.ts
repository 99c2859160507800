import type { Format } from '../../src/domain/format.ts'

/** The media type of each feed format, as its specification or its registration at IANA spells the type. */
export const mediaTypes: Record<Format, string> = {
  rss: 'application/rss+xml',
  atom: 'application/atom+xml',
  json: 'application/feed+json',
}

/**
 * Addresses of the feed of all articles that feed readers guess, for each format. The addresses that contain the
 * format's own name in the same way for every format, such as `/feed/atom`, are not in this list.
 */
export const guessed: Record<Format, readonly string[]> = {
  rss: [
    ...['/rss', '/rss/', '/rss.xml', '/rss/feed.xml', '/index.rss', '/index.xml', '/feed.xml'],
    ...['/feed/', '/feed/rss2', '/feed/rss2/'],
  ],
  atom: ['/atom', '/atom/', '/atom.xml', '/index.atom'],
  json: [],
}
