/**
 * The formats of a feed, in the order in which they are offered. This is the only list of them: addresses, WebSub topics
 * and advertised links are derived from it, and the compiler demands a renderer for each in `src/render/formats.ts`.
 */
export const formatNames = ['rss', 'atom', 'json'] as const

/** A format of a feed; a feed's file is called `feed.` and this. */
export type Format = (typeof formatNames)[number]

/** A pattern of a regular expression for the file name of a feed; its only group is the format. */
export const feedFilePattern = `feed\\.(${formatNames.join('|')})`

/** Whether the text names a format. */
export const isFormat = (text: string | undefined): text is Format =>
  formatNames.some((format) => format === text)
