/**
 * Words in the User-Agent header that identify automated programs: bots, preview services, libraries,
 * monitoring services.
 */
const words =
  /bot\b|bot[/;_-]|crawl|spider|slurp|preview|fetch|scan|monitor|check|archiv|feed|headless|lighthouse|validator/i

/**
 * The names of telephones that contain a word which otherwise identifies an automated program. Requests from
 * these telephones come from people.
 */
const readers = /\bCUBOT\b/gi

/**
 * Patterns for the User-Agent headers of further automated programs; most of these headers contain none of
 * the words in `words`. A pattern that begins with `^` matches only the beginning of the header, every other
 * pattern any part of it.
 */
const names = [
  /facebookexternalhit|facebookcatalog|meta-external/i,
  /^WhatsApp\//, // WhatsApp; Signal fetches previews under the same name.
  /^(?:Mastodon|Pleroma|Akkoma|Misskey|Lemmy|Friendica)\b/i,
  /^http\.rb\//, // Older releases of Mastodon fetch previews under this name.
  /cardyb/i, // The preview service of Bluesky uses this name.
  /^Iframely\//i,
  /^Embedly\//i,
  /^(?:curl|Wget|python|Python|Go-http-client|okhttp|axios|node|undici|Ruby|Java|Apache-HttpClient|libwww-perl|PostmanRuntime)\b/,
  /Google-InspectionTool|APIs-Google|Mediapartners-Google/,
  /SkypeUriPreview|vkShare|redditbot|Pinterestbot|Qwantify|BingPreview/i,
]

/**
 * Tells, as far as the headers show, whether a request comes from a reader who follows a link: a GET request
 * that is not a prefetch, with a User-Agent header that is not empty and does not belong to a known automated
 * program. Nothing about the request is stored.
 */
export function isVisit({ method, headers }: Pick<Request, 'method' | 'headers'>): boolean {
  const agent = headers.get('User-Agent')?.trim()
  if (method !== 'GET' || !agent || isAhead(headers)) return false
  const said = agent.replace(readers, '')
  return !words.test(said) && !names.some((name) => name.test(said))
}

/** Tells whether the browser only loads the page in advance, without an action by the reader. */
const isAhead = (headers: Headers): boolean =>
  ['Sec-Purpose', 'Purpose', 'X-Purpose', 'X-Moz'].some((name) =>
    /prefetch|prerender|preview/i.test(headers.get(name) ?? ''),
  )
