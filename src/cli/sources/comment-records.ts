import { createHash } from 'node:crypto'
import { maxCommentNameCharacters } from '../../domain/comment.ts'
import { isEmailAddress } from '../../domain/email-address.ts'
import { rfc3339 } from '../../domain/instant.ts'
import { type KeptComment, maxKeptCharacters } from '../../domain/kept-comment.ts'
import { isVisible } from '../../domain/name.ts'
import { countCharacters, lineOf, nameLineOf } from '../../domain/text.ts'
import { markdownOfComment } from './comment-markdown.ts'
import { epochOf, isUnset } from './dates.ts'
import type { FoundComment, FoundComments, FoundThread } from './found-comments.ts'
import { titleOf } from './values.ts'

/** The article of a thread: its slug, and the name of a person who gave none, in its language. */
interface ThreadArticle {
  slug: string
  anonymous: string
}

/** A comment that cannot be imported, with the name of its page. */
interface Refused {
  key: string
  on: string
  reason: string
}

/** What an import would store, and what it says about the rest. */
export interface CommentRecords {
  /** Each after the one that it answers. */
  comments: KeptComment[]
  /** Those that stand for a comment that is left out, because others answer it; they are among `comments`. */
  placeholders: number
  leftOut: ReadonlyMap<string, number>
  refused: readonly Refused[]
  /** The threads without an article that have comments, and how many. */
  unmatched: ReadonlyMap<FoundThread, number>
  warnings: readonly string[]
}

/** For how long after now a date may be, because the clocks of two systems differ. */
const clockMilliseconds = 86_400_000

/**
 * Converts the comments of a file at the instant `now`. Their ids are hashes of the system, the site and their numbers there, so that a
 * second import finds them again. `articleOf` returns the article of a thread; undefined if it has none.
 */
export function recordsOf(
  found: FoundComments,
  articleOf: (thread: FoundThread) => ThreadArticle | undefined,
  now: number,
): CommentRecords {
  return new Records(found, articleOf, now).all()
}

/** The id of a comment of another system: 22 signs of base64url. */
const idOf = (source: string, key: string): string =>
  createHash('sha256').update(`${source}\n${key}`).digest().subarray(0, 16).toString('base64url')

class Records {
  readonly #found: FoundComments
  readonly #articleOf: (thread: FoundThread) => ThreadArticle | undefined
  readonly #now: number
  readonly #leftOut = new Map<string, number>()
  readonly #refused: Refused[] = []
  readonly #unmatched = new Map<FoundThread, number>()
  readonly #warnings = new Map<string, number>()
  readonly #articles = new Map<string, ThreadArticle | undefined>()
  readonly #byKey = new Map<string, FoundComment>()
  /** What became of each comment: a record, or undefined for one that is left out or refused. */
  readonly #records = new Map<FoundComment, KeptComment | undefined>()
  readonly #ordered = new Set<FoundComment>()
  readonly #finishedOnes = new Map<FoundComment, KeptComment>()
  readonly #done: KeptComment[] = []
  #placeholders = 0

  constructor(
    found: FoundComments,
    articleOf: (thread: FoundThread) => ThreadArticle | undefined,
    now: number,
  ) {
    this.#found = found
    this.#articleOf = articleOf
    this.#now = now
  }

  all(): CommentRecords {
    for (const comment of this.#found.comments) this.#add(comment)
    // In the order of their dates, so that their numbers have this order too, as those of comments that were written here.
    const dated = [...this.#records].filter(([, record]) => record !== undefined)
    dated.sort(([, one], [, other]) => Date.parse(`${one?.written}`) - Date.parse(`${other?.written}`))
    for (const [comment] of dated) this.#order(comment)
    return {
      comments: this.#done,
      placeholders: this.#placeholders,
      leftOut: this.#leftOut,
      refused: this.#refused,
      unmatched: this.#unmatched,
      warnings: [...this.#warnings].map(
        ([warning, count]) => `${count} ${count === 1 ? 'comment' : 'comments'} ${warning}`,
      ),
    }
  }

  #add(comment: FoundComment): void {
    const thread = this.#found.threads.get(comment.thread)
    const on = thread?.title || thread?.addresses[0] || 'an unknown page'
    const refuse = (reason: string) =>
      this.#refused.push({ key: comment.key, on: lineOf(on).slice(0, 200), reason })
    if (comment.key === '' || comment.key.length > 100) return void refuse('it has no number')
    if (thread === undefined) return void refuse('the file has no page of it')
    const leftOut = thread.leftOut ?? comment.leftOut
    const earlier = this.#byKey.get(comment.key)
    if (earlier) return void (isSame(earlier, comment) || refuse('an earlier comment has the same number'))
    this.#byKey.set(comment.key, comment)
    if (leftOut !== undefined) {
      this.#leftOut.set(leftOut, (this.#leftOut.get(leftOut) ?? 0) + 1)
      this.#records.set(comment, undefined)
      return
    }
    const article = this.#article(thread)
    if (article === undefined) {
      this.#unmatched.set(thread, (this.#unmatched.get(thread) ?? 0) + 1)
      return
    }
    const record = this.#recordOf(comment, thread, article)
    if (typeof record === 'string') refuse(record)
    this.#records.set(comment, typeof record === 'string' ? undefined : record)
  }

  #article(thread: FoundThread): ThreadArticle | undefined {
    if (!this.#articles.has(thread.key)) this.#articles.set(thread.key, this.#articleOf(thread))
    return this.#articles.get(thread.key)
  }

  /** Returns the record of a comment, still without its parent, or why it has none. */
  #recordOf(comment: FoundComment, thread: FoundThread, article: ThreadArticle): KeptComment | string {
    const written = this.#dateOf(comment)
    if (typeof written === 'string') return written
    const base = thread.addresses.find((one) => URL.canParse(one))
    const text = markdownOfComment(comment.html, { base, keepsLines: this.#found.keepsLines })
    if (text === undefined) return 'its text cannot be written in Markdown'
    if (!isVisible(text)) return 'it has no text'
    if (countCharacters(text) > maxKeptCharacters)
      return `its text has ${countCharacters(text)} characters, and may have ${maxKeptCharacters}`
    const email = lineOf(comment.email)
    const isAddress = email !== '' && isEmailAddress(email)
    if (email !== '' && !isAddress) this.#warn('came with an e-mail address that is none; it is left out')
    const date = rfc3339(written)
    return {
      id: idOf(this.#found.source, comment.key),
      article: article.slug,
      state: comment.state,
      name: this.#nameOf(comment, article),
      ...(isAddress && { email }),
      text,
      written: date,
      ...(comment.state === 'approved' && { published: date }),
    }
  }

  #nameOf({ name }: FoundComment, { anonymous }: ThreadArticle): string {
    const line = nameLineOf(titleOf(name))
    if (!isVisible(line)) {
      this.#warn(`had no name of an author`)
      return anonymous
    }
    if (countCharacters(line) <= maxCommentNameCharacters) return line
    this.#warn(`had a name of more than ${maxCommentNameCharacters} characters; the end is left out`)
    let cut = ''
    for (const { segment } of new Intl.Segmenter().segment(line.slice(0, 2 * maxCommentNameCharacters))) {
      if (countCharacters(cut + segment) >= maxCommentNameCharacters) break
      cut += segment
    }
    return isVisible(cut) ? `${cut.trimEnd()}…` : anonymous
  }

  /** The date of a comment in epoch milliseconds, or why it is refused. */
  #dateOf({ dates: { utc, local } }: FoundComment): number | string {
    const inUtc = utc === undefined ? Number.NaN : epochOf(utc)
    const { ahead } = this.#found
    const written =
      Number.isNaN(inUtc) && local !== undefined ? epochOf(local) - (ahead ?? 0) * 60_000 : inUtc
    if (Number.isNaN(written)) return 'it has no date that can be read'
    if (written < 0 || isUnset(rfc3339(written))) return 'its date is that of a clock that was not set'
    if (written > this.#now + clockMilliseconds) return `its date is in the future: ${rfc3339(written)}`
    if (Number.isNaN(inUtc))
      this.#warn(
        `had a date in local time only; ${ahead === undefined ? 'UTC' : 'the zone of the other ones'} is taken`,
      )
    return written
  }

  #warn(warning: string): void {
    this.#warnings.set(warning, (this.#warnings.get(warning) ?? 0) + 1)
  }

  /** Adds the record of a comment to the result, after those that it answers. */
  #order(comment: FoundComment): void {
    const line: FoundComment[] = []
    let one: FoundComment | undefined = comment
    while (one && !this.#ordered.has(one)) {
      line.push(one)
      this.#ordered.add(one)
      one = this.#parentOf(one)
    }
    const isCircle = one !== undefined && line.includes(one)
    if (isCircle) this.#warn('stood in a circle of answers, and answers none now')
    for (const each of line.toReversed()) {
      const parent = isCircle && each === line.at(-1) ? undefined : this.#parentOf(each)
      const record = this.#finished(each, comment)
      const answered = parent && this.#finishedOnes.get(parent)
      if (answered) {
        record.parent = answered.id
        // A thread whose first comment has no date is on no page.
        answered.published ??= answered.written
      } else if (each.parent !== undefined && !isCircle)
        this.#warn('answered one that is not on the same page of the file, and answers none now')
      this.#finishedOnes.set(each, record)
      this.#done.push(record)
    }
  }

  #parentOf({ parent: key, thread }: FoundComment): FoundComment | undefined {
    const parent = key === undefined ? undefined : this.#byKey.get(key)
    return parent && parent.thread === thread && this.#records.has(parent) ? parent : undefined
  }

  /**
   * Returns the record of a comment. One that is left out but answered is a deleted comment, under which the answers stay; without a
   * date, it gets that of the first answer.
   */
  #finished(comment: FoundComment, answer: FoundComment): KeptComment {
    const record = this.#records.get(comment)
    if (record) return record
    this.#placeholders += 1
    const written = this.#dateOf(comment)
    const thread = this.#found.threads.get(comment.thread)
    const article = thread && this.#article(thread)
    return {
      id: idOf(this.#found.source, comment.key),
      article: article?.slug ?? '',
      state: 'deleted',
      name: '',
      text: '',
      written: typeof written === 'number' ? rfc3339(written) : (this.#records.get(answer)?.written ?? ''),
    }
  }
}

const isSame = (one: FoundComment, other: FoundComment): boolean =>
  one.thread === other.thread && one.html === other.html && one.name === other.name
