/** A feed reader that asks for deltas but fails when it gets a delta, and to which the whole feed is therefore sent. */
interface DeltaAgent {
  name: string
  /** Matches the User-Agent header of the feed reader. */
  pattern: RegExp
  /** An example of a User-Agent that the feed reader sends. */
  example: string
  /** What the feed reader does with a 226 answer, and the source of this information. */
  evidence: string
}

export const deltaAgents: readonly DeltaAgent[] = [
  {
    name: 'rss2email',
    pattern: /\brss2email\//i,
    example: 'rss2email/3.14 (https://github.com/rss2email/rss2email)',
    evidence:
      'Its fetcher feedparser asks for deltas; releases up to 3.14 take no status but 200, 302, 304 and a few ' +
      'redirects (rss2email/feed.py at 18eebe46, `_check_for_errors`; rss2email issue 292 shows it for a 202).',
  },
]

/** Whether the client is one of the feed readers that ask for deltas but fail when they get a delta. */
export const failsOnDeltas = (userAgent: string | null): boolean =>
  deltaAgents.some(({ pattern }) => pattern.test(userAgent ?? ''))
