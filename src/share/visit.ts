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
 * Automated programs whose User-Agent header contains none of the words in `words`. Each pattern matches the
 * beginning of the header or another part of the header.
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
 * that is not a prefetch, from a program that gives a name and is not a known bot. Nothing about the request is
 * stored.
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
