import type { ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fromHtml } from 'hast-util-from-html'
import { toText } from 'hast-util-to-text'
import type { Format } from '../../../src/domain/format.ts'
import { startGroup } from '../../process-group.ts'
import type { Tool } from '../part.ts'

/** An article as a feed reader has stored it, and would show it to a person. */
export interface Shown {
  id: string
  title: string
  link: string
  /** The text of the body, without markup. It may contain more than the article's text. */
  text: string
  /** Absent if the feed reader does not store authors. */
  author?: string
  /** Absent if the feed reader does not store tags. */
  tags?: string[]
}

/** What can change in an article. A withdrawal changes whether it is there at all. */
type Aspect = 'title' | 'text' | 'link' | 'author' | 'tags' | 'withdrawal'

/**
 * What a feed reader does not change in an article that it has stored, each aspect with the reason. `allButText` is a
 * reason to change nothing until the text changes. The feed reader goes on to show what it stored.
 */
export type Kept = Partial<Record<Aspect | 'allButText', string>>

/** A feed reader that goes through the life cycle of a site's articles. */
export interface Reader extends Tool {
  /** The formats that the feed reader can read. */
  formats: readonly Format[]
  /** Whether the feed reader asks for deltas and must get them. If not, it must never get one. */
  readsDeltas: boolean
  /** What the feed reader does not change in an article that it has stored. Everything else must follow the feed. */
  keeps: Kept
  /** Whether the feed reader goes on to work after it was told to poll, so that its store changes a little later. */
  isSlow?: true
  /** Starts to read feeds, with an empty store in the folder. */
  open: (folder: string, addresses: ReadonlyMap<Format, string>) => Promise<OpenReader>
}

export interface OpenReader {
  /** Has the feed reader poll all feeds once. */
  poll: () => Promise<void>
  /** The articles of one feed that the feed reader would show. */
  shown: (format: Format) => Shown[] | Promise<Shown[]>
  close: () => Promise<void>
}

/** The time after which a feed reader that does not end a poll counts as hanging. */
export const pollSeconds = 60

/** Runs a program to its end and returns its output; rejects, with its name, if it fails or hangs. */
export async function runProgram(
  program: string,
  words: string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const group = startGroup(program, words, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const { stdout, stderr } = group.leader as ChildProcessByStdio<null, Readable, Readable>
  let hangs = false
  const timer = setTimeout(() => {
    hangs = true
    group.signal('SIGKILL')
  }, pollSeconds * 1000)
  try {
    const [output, errors, [code]] = await Promise.all([
      text(stdout),
      text(stderr),
      once(group.leader, 'close'),
    ])
    if (hangs) throw new Error(`${program} did not end within ${pollSeconds} seconds`)
    if (code !== 0) throw new Error(`${program} ended with ${code}: ${errors.trim() || output.trim()}`)
    return output
  } finally {
    clearTimeout(timer)
    group.forget()
  }
}

/** The text of an HTML document or fragment, with single spaces. */
export const textIn = (html: string): string =>
  toText(fromHtml(html, { fragment: true }))
    .replace(/\s+/g, ' ')
    .trim()

/** Reads rows of a feed reader's SQLite database, which the feed reader may use at the same time. */
export function rowsOf(file: string, sql: string, ...values: string[]): Record<string, string>[] {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5000 })
  try {
    const asText = (value: SQLOutputValue) => (value === null ? '' : String(value))
    return database
      .prepare(sql)
      .all(...values)
      .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, asText(value)])))
  } finally {
    database.close()
  }
}
