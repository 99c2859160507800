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
  /** How many replies are expected at most; for many replies, a progress line is shown. */
  all: number
  json: boolean
  /** Returns epoch milliseconds. */
  clock: () => number
}

/**
 * Makes a report. What was saved is printed to standard output; refusals, warnings, the progress line and the summary are
 * printed to standard error. With `json`, each reply is one line of JSON on standard output, with its warnings in a field, there
 * is no summary, and a progress line only if standard error is a terminal.
 */
export function reportOn({ stdout, stderr }: Output, { all, json, clock }: Choices): Report {
  const progress = progressOf(all, stderr, clock, json && !stderr.isTTY)
  let done = 0
  let warned = 0
  return {
    reply(where, reply) {
      const { warnings = [] } = reply
      warned += warnings.length
      // The progress line is cleared before the reply is written. Otherwise the reply would be appended to the
      // progress line if both are written to the same terminal.
      if (stdout.isTTY || !reply.ok || warnings.length > 0) progress.clear()
      if (json) stdout.write(`${JSON.stringify({ where, ...reply })}\n`)
      else {
        for (const warning of warnings) stderr.write(`warning ${where}: ${warning}\n`)
        if (reply.ok) stdout.write(`${reply.kind} ${reply.slug} (${where})\n`)
        else stderr.write(`refused ${where}: ${reply.reason}\n`)
      }
      done += 1
      if (done % articlesPerSave === 0 || done === all) progress.reach(done)
    },
    summary(tally) {
      // Some lines of a backup get no reply, so `done` may not have reached `all`.
      progress.clear()
      if (!json) stderr.write(`${summaryOf(tally, warned)}\n`)
    },
  }
}

function summaryOf(tally: Tally, warned: number): string {
  const counts = Object.entries(tally).map(([kind, count]) => `${count} ${kind}`)
  if (counts.length === 0) return 'nothing found'
  return [...counts, ...(warned > 0 ? [`${warned} ${warned === 1 ? 'warning' : 'warnings'}`] : [])].join(', ')
}
