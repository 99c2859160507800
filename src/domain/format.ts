/**
 * The formats of a feed, in the order in which pages offer them. This is the only list of formats: addresses,
 * WebSub topics and advertised links are derived from it, and the compiler demands a renderer for each in
 * `src/render/formats.ts`.
 */
export const formatNames = ['rss', 'atom', 'json'] as const

/** The name of a feed format. The file name of a feed is `feed.` followed by the format's name. */
export type Format = (typeof formatNames)[number]

/** The names of all formats, joined by `|` for a regular expression or the pattern of a route. */
export const formatPattern = formatNames.join('|')

/** Tells whether the text is the name of a feed format. */
export const isFormat = (text: string): text is Format => formatNames.some((name) => name === text)
