/**
 * The kinds of invocations of the Worker, each with a pattern of the names that `test/worker/meter.ts` gives to such
 * invocations. An invocation is of the first kind whose pattern its name matches.
 */
export const kinds: readonly [kind: string, pattern: RegExp][] = [
  ['a bulk request', /^POST \/api\/articles with lines$/],
  ['a dry run of a bulk request', /^POST \/api\/dry-run/],
  ['a save of an article', /^(PUT \/api\/articles\/|POST \/api\/articles)/],
  ['a withdrawal of an article', /^DELETE \/api\/articles\//],
  ['a read of an article by its editors', /^(GET|HEAD) \/api\/articles\/[^/?]+(\?|$)/],
  ['a page of the list of articles', /^(GET|HEAD) \/api\/articles(\?|$)/],
  ['a page of an export', /^(GET|HEAD) \/api\/(backup|paths)/],
  ['a restore of lines of a backup', /^POST \/api\/restore(\?|$)/],
  ['the end of a restore', /^POST \/api\/(restore\/complete|restored)/],
  ['a save of paths of a backup', /^POST \/api\/paths/],
  ['a renaming of a section, tag or author', /^PUT \/api\//],
  ['an examination of the store', /^(GET|POST) \/api\/doctor/],
  ['a command to the hub', /^\w+ \/api\/hub/],
  ['share links and counts', /^(GET|HEAD|POST) \/api\/(share|articles\/[^/?]+\/shares)/],
  ['a request of a subscriber to the hub', /^POST \/hub/],
  ['a poll of a feed', /^(GET|HEAD) \/([^?]*\/)?(feed|comments)\.\w+/],
  ['any other public answer', /^(GET|HEAD) \/(?!api\/)/],
  ['a request that is refused', /^[A-Z]+ /],
  ['the job that finds what is owed to subscribers', /^kiosque-deliver: push$/],
  ['a job that delivers to subscribers', /^kiosque-deliver: deliver$/],
  ['a job that verifies a subscription', /^kiosque-\w+: verify$/],
  ['a job that tells a public hub', /^kiosque-deliver: announce$/],
  ['the purge of waiting copies', /^kiosque-invalidate/],
  ['messages that failed', /^kiosque-dead/],
  ['a run of cron', /^cron$/],
]

/** The kind of an invocation with this name. */
export const kindOf = (name: string): string =>
  kinds.find(([, pattern]) => pattern.test(name))?.[0] ?? `unknown: ${name}`
