/** What calls itself by one of these words is no reader: bots, fetchers of previews, libraries, checkers. */
const words =
  /bot\b|bot[/;_-]|crawl|spider|slurp|preview|fetch|scan|monitor|check|archiv|feed|headless|lighthouse|validator/i

/** Telephones and apps of readers whose names have a word of those. */
const readers = /\bCUBOT\b/gi

/** Programs that give no such word, by how their name begins or what it holds. */
const names = [
  /facebookexternalhit|facebookcatalog|meta-external/i,
  /^WhatsApp\//, // Signal's previews too
  /^(?:Mastodon|Pleroma|Akkoma|Misskey|Lemmy|Friendica)\b/i,
  /^http\.rb\//, // Mastodon's older releases
  /cardyb/i, // Bluesky
  /^Iframely\//i,
  /^Embedly\//i,
  /^(?:curl|Wget|python|Python|Go-http-client|okhttp|axios|node|undici|Ruby|Java|Apache-HttpClient|libwww-perl|PostmanRuntime)\b/,
  /Google-InspectionTool|APIs-Google|Mediapartners-Google/,
  /SkypeUriPreview|vkShare|redditbot|Pinterestbot|Qwantify|BingPreview/i,
]

/**
 * Whether a request is a reader who follows a link, as far as its headers tell: a GET that is no prefetch, by a
 * program that gives a name and not that of a bot. Nothing of it is kept.
 */
export function isVisit({ method, headers }: Pick<Request, 'method' | 'headers'>): boolean {
  const agent = headers.get('User-Agent')?.trim()
  if (method !== 'GET' || !agent || isAhead(headers)) return false
  const said = agent.replace(readers, '')
  return !words.test(said) && !names.some((name) => name.test(said))
}

/** Whether the browser only loads ahead, without the reader's wish. */
const isAhead = (headers: Headers): boolean =>
  ['Sec-Purpose', 'Purpose', 'X-Purpose', 'X-Moz'].some((name) =>
    /prefetch|prerender|preview/i.test(headers.get(name) ?? ''),
  )
