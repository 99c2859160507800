import type { Invocation } from './meter.ts'

/** A kind of invocation of the Worker, and what such invocations use. `docs/limits.md` shows it as a table. */
export interface Kind {
  kind: string
  /** Matches the names that `test/worker/meter.ts` gives to invocations of this kind. */
  pattern: RegExp
  /** D1 statements: as a rule, and at most. `test/worker/limits.test.ts` measures the first; every Worker test checks the second. */
  statements: readonly [usual: number, most: number]
  /** Requests to other hosts, at most. */
  fetches?: number
}

/** Every kind of invocation. An invocation is of the first kind whose pattern its name matches. */
export const kinds: readonly Kind[] = [
  { kind: 'a poll of a feed', pattern: /^(GET|HEAD) \/([^?]*\/)?feed\.\w+/, statements: [3, 35] },
  { kind: 'any other public answer', pattern: /^(GET|HEAD) \/(?!api\/)/, statements: [7, 40] },
  {
    kind: 'a save of an article',
    pattern: /^(PUT \/api\/articles\/|POST \/api\/articles(\?|$))/,
    statements: [37, 450],
  },
  { kind: 'a withdrawal of an article', pattern: /^DELETE \/api\/articles\//, statements: [42, 450] },
  { kind: 'a bulk import, 50 lines', pattern: /^POST \/api\/articles with lines$/, statements: [37, 1000] },
  { kind: 'a dry run, 50 lines', pattern: /^POST \/api\/dry-run/, statements: [3, 1000] },
  { kind: 'an undo of 20 imported articles', pattern: /^POST \/api\/imports\/undo/, statements: [42, 900] },
  { kind: 'the begin or the end of an import', pattern: /^POST \/api\/imports/, statements: [2, 2] },
  {
    kind: 'a read of an article by an editor',
    pattern: /^(GET|HEAD) \/api\/articles\/[^/?]+(\?|$)/,
    statements: [1, 1],
  },
  {
    kind: 'a page of the list of articles',
    pattern: /^(GET|HEAD) \/api\/articles(\?|$)/,
    statements: [2, 35],
  },
  { kind: 'a page of an export', pattern: /^(GET|HEAD) \/api\/(backup|paths)/, statements: [1, 4] },
  { kind: 'a restore of a backup, 50 lines', pattern: /^POST \/api\/restore( |\?|$)/, statements: [25, 500] },
  {
    kind: 'the end of a restore',
    pattern: /^POST \/api\/(restore\/complete|restored)/,
    statements: [26, 50],
  },
  { kind: 'a save of paths of a backup', pattern: /^POST \/api\/paths/, statements: [10, 40] },
  {
    kind: 'a renaming of 100 articles’ section',
    pattern: /^PUT \/api\/(sections|tags|authors)\//,
    statements: [94, 1000],
  },
  { kind: 'an examination of the store', pattern: /^(GET|POST) \/api\/doctor/, statements: [50, 100] },
  { kind: 'an operator’s command to the hub', pattern: /^\w+ \/api\/hub/, statements: [4, 20], fetches: 1 },
  {
    kind: 'an operator’s command about subscriptions',
    pattern: /^\w+ \/api\/subscriptions/,
    statements: [5, 90],
  },
  { kind: 'an import of 50 comments', pattern: /^POST \/api\/comments\/import/, statements: [8, 40] },
  { kind: 'a moderator’s decisions', pattern: /^\w+ \/api\/comments/, statements: [8, 30] },
  {
    kind: 'share links and counts of visits',
    pattern: /^(GET|HEAD|POST) \/api\/(share|articles\/[^/?]+\/shares)/,
    statements: [1, 4],
  },
  { kind: 'a request of a subscriber to the hub', pattern: /^POST \/hub/, statements: [4, 45] },
  { kind: 'a job that finds what is owed', pattern: /^kiosque-\w+: push$/, statements: [6, 12] },
  {
    kind: 'a job that delivers to 40 subscribers',
    pattern: /^kiosque-\w+: deliver$/,
    statements: [11, 45],
    fetches: 40,
  },
  {
    kind: 'a job that verifies five subscriptions',
    pattern: /^kiosque-\w+: verify$/,
    statements: [31, 150],
    fetches: 10,
  },
  {
    kind: 'a job that tells a public hub',
    pattern: /^kiosque-\w+: announce$/,
    statements: [0, 0],
    fetches: 1,
  },
  {
    kind: 'a form of a person about mails or a browser',
    pattern: /^POST \/(subscribe|subscriptions\/|push\/)/,
    statements: [16, 100],
  },
  {
    kind: 'a form of a comment',
    pattern: /^POST \/(articles\/[^/]+\/comments\/new|comments\/)/,
    statements: [12, 40],
  },
  { kind: 'a job that finds whom to tell', pattern: /^kiosque-\w+: tell$/, statements: [5, 7] },
  {
    kind: 'a job that sends 15 confirmations',
    pattern: /^kiosque-\w+: opt-in$/,
    statements: [49, 120],
  },
  { kind: 'a job that sends 20 mails', pattern: /^kiosque-\w+: notify$/, statements: [86, 200] },
  {
    kind: 'a job that tells 40 browsers',
    pattern: /^kiosque-\w+: notify webpush$/,
    statements: [39, 84],
    fetches: 40,
  },
  { kind: 'a purge of waiting copies', pattern: /^kiosque-invalidate/, statements: [7, 15] },
  { kind: 'ten messages that failed', pattern: /^kiosque-dead/, statements: [10, 10] },
  { kind: 'a run of cron', pattern: /^cron$/, statements: [14, 120] },
]

/** The kind of an invocation with this name; undefined for a request that is refused without a look at the store. */
export const kindOf = (name: string): Kind | undefined => kinds.find(({ pattern }) => pattern.test(name))

/** Whether an invocation had jobs of several kinds. Only tests make such batches: wrangler.toml allows one job in each. */
const isMixed = (name: string): boolean => name.includes(', ')

/** What an invocation used beyond what `docs/limits.md` says of its kind. */
export function beyondKind({
  name,
  statements,
  fetches,
}: Pick<Invocation, 'name' | 'statements' | 'fetches'>): string[] {
  const kind = kindOf(name)
  if (!kind)
    return statements > 0 && !isMixed(name) ? [`${name}: no kind of kinds.ts has a pattern for it`] : []
  const {
    statements: [, most],
    fetches: mostFetches = 0,
  } = kind
  return [
    ...(statements > most
      ? [`${name}: ${statements} statements are more than ${most}, the most of ${kind.kind}`]
      : []),
    ...(fetches > mostFetches
      ? [`${name}: ${fetches} fetches are more than ${mostFetches}, the most of ${kind.kind}`]
      : []),
  ]
}
