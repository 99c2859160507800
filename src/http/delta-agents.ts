/** A feed reader that asks for deltas but fails when it gets one, and therefore gets whole feeds. */
interface DeltaAgent {
  name: string
  /** Matches the reader's User-Agent. */
  pattern: RegExp
  /** A User-Agent that the reader sends. */
  example: string
  /** What the reader does with a 226 answer, and the source for that. */
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

/** Whether the client is known to ask for deltas and then to fail on them. */
export const failsOnDeltas = (userAgent: string | null): boolean =>
  deltaAgents.some(({ pattern }) => pattern.test(userAgent ?? ''))
