/** A feed reader that asks for deltas (RFC 3229) and is known to read them. All others get the whole feed. */
interface DeltaAgent {
  name: string
  /**
   * Matches the beginning of the User-Agent header, where a program puts its own name (RFC 9110 §10.1.5). A name that
   * comes later is that of a library, or of a program that the sender claims to be like.
   */
  pattern: RegExp
  /** An example of a User-Agent that the feed reader sends. */
  example: string
  /** What the feed reader does with a 226 answer, and the source of this information. */
  evidence: string
}

/**
 * The feed readers that get deltas. A name alone is enough if every version that asks for deltas reads them. A row
 * needs evidence, because a feed reader that cannot read a 226 loses articles without telling anybody.
 */
export const deltaAgents: readonly DeltaAgent[] = [
  {
    name: 'Newsboat',
    pattern: /^newsboat\/\d/,
    example: 'newsboat/2.21.0 (Linux x86_64)',
    evidence:
      'Asks since 2.10 (b4f6d79f); only statuses from 400 on are errors to libcurl (`CURLOPT_FAILONERROR` in rss/parser.cpp at ' +
      '1ee1e83d). `npm run interop` checks 2.21.',
  },
  {
    name: 'Newsraft',
    pattern: /^newsraft\/\d/,
    example: 'newsraft/0.34 (Linux)',
    evidence:
      'Asks since 0.1; only statuses from 400 on are errors to libcurl, and 304 and 429 are left out (downloader.c at 38d17d9). ' +
      '`npm run interop` checks it where it is installed; it has read deltas with 0.34.',
  },
  {
    name: 'Liferea',
    pattern: /^Liferea\/\d/,
    example: 'Liferea/1.14.4 (Android 12; Mobile; https://lzone.de/liferea/) AppleWebKit (KHTML, like Gecko)',
    evidence:
      'Asks since 1.12 (82a7b708); processes each answer that has a body, except 304 and statuses from 400 on ' +
      '(subscription.c at v1.14.4). `npm run interop` checks 1.14.4.',
  },
  {
    name: 'NewsBlur',
    pattern: /^NewsBlur Feed Fetcher - \d+ subscribers? - /,
    example:
      'NewsBlur Feed Fetcher - 2 subscribers - https://www.newsblur.com/site/1/titre (Mozilla/5.0 (Macintosh))',
    evidence:
      'Asks by feedparser; treats 304, permanent redirects and statuses from 400 on specially, and adds the stories of every other ' +
      'answer to those it has (`verify_feed_integrity` in utils/feed_fetcher.py at 000c9b09, and in a later version). Not run.',
  },
  {
    name: 'reader',
    pattern: /^python-reader\/\d/,
    example: 'python-reader/3.26 (+https://github.com/lemon24/reader)',
    evidence:
      'Always asks; only statuses from 400 on are errors (`raise_for_status` in _parser/http.py at fb77ceee). ' +
      'It has read 226 answers with 3.27.',
  },
]

/** Whether the client is one of the feed readers that are known to read deltas. */
export const readsDeltas = (userAgent: string | null): boolean =>
  userAgent !== null && deltaAgents.some(({ pattern }) => pattern.test(userAgent))
