/**
 * The formats of a feed, in the order in which they are offered. This is their only list: addresses, WebSub topics and
 * advertised links are derived from it, and the compiler demands a renderer for each format in `src/render/formats.ts`.
 */
export const formatNames = ['rss', 'atom', 'json'] as const

/** A format of a feed; the file name of a feed is `feed.` and the format. */
export type Format = (typeof formatNames)[number]

/** The names of the formats, joined by `|` for a regular expression or the pattern of a route. */
export const formatPattern = formatNames.join('|')

/** Whether a text names a format. */
export const isFormat = (text: string): text is Format => formatNames.some((name) => name === text)
