import { articlesPerSave } from '../domain/limits.ts'
import type { Tally } from './import.ts'
import { progressOf } from './progress.ts'
import type { Reply } from './target.ts'

/** The output for replies: the process, or an object that a test supplies. */
interface Output {
  stdout: Stream
  stderr: Stream
}

interface Stream {
  isTTY?: boolean
  write: (text: string) => unknown
}

/** Prints the outcome of work on several articles. */
interface Report {
  /** Prints the reply to one article. `where` is the file and position, or another name of the article. */
  reply: (where: string, reply: Reply) => void
  /** Prints how many articles had each outcome, and how many warnings there were. */
  summary: (tally: Tally) => void
}

interface Choices {
  /**
   * How many replies are expected at most; for many replies, a progress line is shown. Undefined if it is not known: then there
   * is no such line, and the replies count as many.
   */
  all: number | undefined
  json: boolean
  /** Whether each article gets a line, however many there are. */
  verbose: boolean
  /** Returns epoch milliseconds. */
  clock: () => number
}

/** The largest number of articles of which each gets a line without `verbose`. */
const maxLines = 20

/** How often a warning that many articles have is printed; the summary counts the others. */
const maxSameWarnings = 3

/** What happens to most articles of an import or undo. With many articles, only the summary counts them. */
const usual = /^(?:would be )?(?:created|restored|unchanged|left out|withdrawn|deleted)$/

/**
 * Makes a report. What was saved is printed to standard output, but of many articles only what is not usual, such as a
 * replacement, and of a warning that many of them have only the first; refusals, warnings, the progress line and the summary are
 * printed to standard error. With `json`, each reply is one line of JSON on standard output, with its warnings in a field, there
 * is no summary, and a progress line only if standard error is a terminal.
 */
export function reportOn({ stdout, stderr }: Output, { all, json, verbose, clock }: Choices): Report {
  const progress = progressOf(all ?? 0, stderr, clock, json && !stderr.isTTY)
  let done = 0
  let warned = 0
  let hidden = 0
  const warnings = new Map<string, number>()
  const isShort = verbose || (all !== undefined && all <= maxLines)
  return {
    reply(where, reply) {
      const own = reply.warnings ?? []
      warned += own.length
      // The progress line is cleared before the reply is written. Otherwise the reply would be appended to the
      // progress line if both are written to the same terminal.
      if (stdout.isTTY || !reply.ok || own.length > 0) progress.clear()
      if (json) stdout.write(`${JSON.stringify({ where, ...reply })}\n`)
      else {
        for (const warning of own) {
          const count = (warnings.get(warning) ?? 0) + 1
          warnings.set(warning, count)
          if (isShort || count <= maxSameWarnings) stderr.write(`warning ${where}: ${warning}\n`)
        }
        if (reply.ok && (isShort || !usual.test(reply.kind)))
          stdout.write(`${reply.kind} ${nameIn(reply)} (${where})\n`)
        else if (reply.ok) hidden += 1
        else stderr.write(`refused ${where}: ${reply.reason}\n`)
      }
      done += 1
      if (done % articlesPerSave === 0 || done === all) progress.reach(done)
    },
    summary(tally) {
      // Some lines of a backup get no reply, so `done` may not have reached `all`.
      progress.clear()
      if (json) return
      for (const [warning, count] of isShort ? [] : warnings) {
        const more = count - maxSameWarnings
        if (more > 0)
          stderr.write(`warning ${more} more ${more === 1 ? 'article' : 'articles'}: ${warning}\n`)
        hidden += Math.max(more, 0)
      }
      stderr.write(`${summaryOf(tally, warned)}${hidden > 0 ? ' (--verbose lists each)' : ''}\n`)
    },
  }
}

/** The slug of an article; if the article has replaced another, also the title and the date of that one. */
const nameIn = ({ slug, former }: Reply & { ok: true }): string =>
  former ? `${slug}, "${former.title}" of ${former.day}` : slug

function summaryOf(tally: Tally, warned: number): string {
  const counts = Object.entries(tally).map(([kind, count]) => `${count} ${kind}`)
  if (counts.length === 0) return 'nothing found'
  return [...counts, ...(warned > 0 ? [`${warned} ${warned === 1 ? 'warning' : 'warnings'}`] : [])].join(', ')
}
