import { type KeptComments, keepComments } from '../comments/keep.ts'
import { listComments, parseDecision } from '../comments/moderate.ts'
import { erasePerson, readPerson, restoreCommenters } from '../comments/person.ts'
import { type BanKind, type CommentState, commentLists, maxModeratedComments } from '../domain/comment.ts'
import type { CommentStore } from '../domain/comment-store.ts'
import { readVersion } from '../domain/comment-version.ts'
import type { CommenterLine } from '../domain/commenter-line.ts'
import type { KeptComment } from '../domain/kept-comment.ts'
import type { Clock } from '../domain/ports.ts'
import type { Result } from '../domain/problem.ts'
import type { Site } from '../domain/site.ts'
import { detailsOf } from '../http/problem.ts'
import { type CommentersTarget, erasePersonOn, exportPerson } from './commenters.ts'
import { olderVersion } from './older-version.ts'

/** A comment as the command line shows it. */
type Listed = Extract<Awaited<ReturnType<typeof listComments>>, { ok: true }>['value']['comments'][number]

/** A comment and its state after a decision. */
interface Decided {
  id: string
  state: CommentState
}

/** By what senders are recognized, and whether the ban begins. */
interface Ban {
  by: BanKind
  banned: boolean
}

/** Why a moderator decides, as the command line gives it: a reason of the list, and an explanation. */
interface GivenGrounds {
  reason?: string | undefined
  text?: string | undefined
}

/** The operations on comments that the command line needs. */
export interface CommentsTarget extends CommentersTarget {
  /** Lists all comments in a state, the oldest first, page by page. */
  list: (state: string) => AsyncIterable<Listed[]>
  /** Puts at most `maxModeratedComments` comments into a state. Returns those that exist. */
  decide: (ids: readonly string[], state: CommentState, grounds: GivenGrounds) => Promise<Decided[]>
  /** Bans the senders of at most `maxModeratedComments` comments, or ends that. Returns the ids that tell who the sender is. */
  ban: (ids: readonly string[], ban: Ban) => Promise<string[]>
  /** Closes the comments on all articles, or opens them again. */
  close: (isClosed: boolean) => Promise<void>
  /** Stores at most `maxKeptComments` comments of another system, whatever their states, and tells nobody. */
  keep: (comments: readonly KeptComment[]) => Promise<KeptComments>
}

/** Returns the operations on the comments of a remote Kiosque; the operations call the API of that Kiosque. */
export function remoteComments(
  call: (method: string, path: string, body?: string) => Promise<Response>,
): CommentsTarget {
  const path = '/api/comments'
  const answerIn = async <T>(response: Response): Promise<T> => {
    const answer = (await response.json().catch(() => ({}))) as T & { detail?: string }
    if (!response.ok) throw new Error(answer.detail ?? `The server answered ${response.status}`)
    return answer
  }
  const ask = async <T>(method: string, where: string, body?: object): Promise<T> => {
    const response = await call(method, where, body && JSON.stringify(body))
    if (response.status === 404) throw new Error(olderVersion)
    return answerIn(response)
  }
  return {
    async *list(state) {
      let next: string | undefined = `${path}?${new URLSearchParams({ state })}`
      while (next !== undefined) {
        const page: { comments: Listed[]; next?: string } = await ask('GET', next)
        yield page.comments
        next = page.next
      }
    },
    decide: async (ids, state, grounds) =>
      (await ask<{ comments: Decided[] }>('POST', path, { ids, state, ...grounds })).comments,
    ban: async (ids, ban) => (await ask<{ ids: string[] }>('POST', `${path}/bans`, { ids, ...ban })).ids,
    close: async (closed) => void (await ask('POST', `${path}/closing`, { closed })),
    keep: (comments) => ask('POST', `${path}/import`, { comments }),
    person: (address, after) => ask('POST', `${path}/person`, { address, after }),
    erase: (address) => ask('DELETE', `${path}/person`, { address }),
    async *addresses() {
      let next: string | undefined = `${path}/addresses`
      while (next !== undefined) {
        const response = await call('GET', next)
        // A server of a former version has no comments.
        if (response.status === 404) return
        const page: { addresses: CommenterLine[]; next?: string } = await answerIn(response)
        yield page.addresses
        next = page.next
      }
    },
    restoreAddresses: (addresses) => ask('POST', `${path}/addresses`, { addresses }),
  }
}

/** Who decides in the local store, in the log of a comment. */
const actor = 'npx kiosque'

/** Returns the operations on the comments of the local store. */
export function localComments(ports: {
  site: Site
  comments: CommentStore
  secrets: readonly string[]
  clock: Clock
  /** Whether the site sends mail. */
  isMailed: boolean
}): CommentsTarget {
  const { site, comments, isMailed } = ports
  return {
    async *list(state) {
      let after: string | undefined
      do {
        const page = unwrapped(await listComments({ comments, site }, { state, after }))
        yield page.comments
        after = page.next === undefined ? undefined : String(page.next)
      } while (after !== undefined)
    },
    decide: async (ids, state, given) => {
      const decision = unwrapped(parseDecision({ ids, state, ...given }))
      const grounds = { ...decision.grounds, isMailed }
      return (await comments.decide(decision.ids, decision.state, actor, grounds)).comments
    },
    ban: (ids, { by, banned }) => comments.ban(ids, by, banned),
    close: (isClosed) => comments.close(isClosed),
    person: async (address, after) => unwrapped(await readPerson(ports, { address, after })),
    async *addresses() {
      let after: string | undefined = ''
      while (after !== undefined) {
        const page: Awaited<ReturnType<CommentStore['exportCommenters']>> =
          await comments.exportCommenters(after)
        yield page.commenters
        after = page.next
      }
    },
    restoreAddresses: async (addresses) => unwrapped(await restoreCommenters(comments, { addresses })),
    erase: async (address) => unwrapped(await erasePerson(ports, { address }, actor)),
    keep: async (kept) => unwrapped(await keepComments(ports, { comments: kept })),
  }
}

function unwrapped<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new Error(detailsOf(result.problem).detail)
}

/** The state that each decision of the command line gives. */
const decisions: Readonly<Record<string, CommentState>> = {
  approve: 'approved',
  spam: 'spam',
  delete: 'deleted',
}

/** The ban of each word of the command line. */
const bans: Readonly<Record<string, Ban>> = {
  ban: { by: 'email', banned: true },
  unban: { by: 'email', banned: false },
  'ban-network': { by: 'network', banned: true },
  'unban-network': { by: 'network', banned: false },
}

/**
 * Runs the command `comments`: without operands, with `list`, or with a state, it lists comments; with a decision and ids, it decides; with a ban
 * and ids, it bans their senders. Returns the lines to print. Fails if an id is unknown, or does not tell who the sender is.
 */
export async function operateComments(
  target: CommentsTarget,
  operands: readonly string[],
  isJson: boolean,
  grounds: GivenGrounds = {},
): Promise<string[]> {
  const [word = 'pending', ...ids] = withoutList(operands)
  const state = decisions[word]
  const given = bans[word]
  if (!(ids.length > 0 && state) && Object.values(grounds).some((one) => one !== undefined))
    throw new Error('Cannot run this: --reason and --text are for decisions, such as comments delete ID…')
  if (ids.length === 0 && (word === 'close' || word === 'open')) {
    await target.close(word === 'close')
    return [word === 'close' ? 'comments on all articles are closed' : 'comments on all articles are open']
  }
  const [address, ...others] = ids
  if (address !== undefined && others.length === 0) {
    if (word === 'erase') return erasePersonOn(target, address, isJson)
    if (word === 'export') return exportPerson(target, address, isJson)
  }
  if (ids.length > 0 && state) return decide(target, ids, { state, ...grounds }, isJson)
  if (ids.length > 0 && given) return ban(target, ids, given, isJson)
  if (ids.length > 0 || !commentLists.some((one) => one === word)) {
    const words = Object.keys({ ...decisions, ...bans }).join('|')
    throw new Error(
      `Cannot run this: the command is comments [list] [${commentLists.join('|')}], comments ${words} ID…, comments erase|export ADDRESS, or comments close|open`,
    )
  }
  const lines: string[] = []
  for await (const page of target.list(word))
    lines.push(...page.map((one) => (isJson ? JSON.stringify(one) : lineOf(one))))
  return lines.length > 0 || isJson ? lines : [`no comment is ${word}`]
}

/** The operands after the word `list`, which may stand before a list of comments or alone, but not before anything else. */
function withoutList(operands: readonly string[]): readonly string[] {
  const [word, list, ...others] = operands
  if (word !== 'list') return operands
  const isList = list === undefined || commentLists.some((one) => one === list)
  return isList && others.length === 0 ? operands.slice(1) : operands
}

async function decide(
  target: CommentsTarget,
  ids: readonly string[],
  { state, ...grounds }: GivenGrounds & { state: CommentState },
  isJson: boolean,
): Promise<string[]> {
  const decided: Decided[] = []
  for (let at = 0; at < ids.length; at += maxModeratedComments)
    decided.push(...(await target.decide(ids.slice(at, at + maxModeratedComments), state, grounds)))
  const found = new Map(decided.map((one) => [one.id, one.state]))
  const stateOf = (id: string) => found.get(readVersion(id).id)
  const unknown = ids.filter((id) => stateOf(id) === undefined)
  if (unknown.length > 0) throw new Error(`Cannot find a comment with the id ${unknown.join(', ')}`)
  const changed = ids.filter((id) => state === 'approved' && !/^(approved|deleted)$/.test(stateOf(id) ?? ''))
  if (changed.length > 0)
    throw new Error(
      `Cannot approve ${changed.join(', ')}: the author has changed it since it was listed; list the comments again, and use the new id`,
    )
  return decided.map((one) => (isJson ? JSON.stringify(one) : `${one.state}  ${one.id}`))
}

async function ban(
  target: CommentsTarget,
  ids: readonly string[],
  given: Ban,
  isJson: boolean,
): Promise<string[]> {
  const known: string[] = []
  for (let at = 0; at < ids.length; at += maxModeratedComments)
    known.push(...(await target.ban(ids.slice(at, at + maxModeratedComments), given)))
  const unknown = ids.filter((id) => !known.includes(id))
  if (unknown.length > 0)
    throw new Error(
      `Cannot tell who sent ${unknown.join(', ')}: a comment without an e-mail address tells no address, and one of another day no network`,
    )
  const state = given.banned ? 'banned' : 'not banned'
  return ids.map((id) => (isJson ? JSON.stringify({ id, ...given }) : `${state}  ${id}`))
}

/** The largest number of characters of a text in a line; the whole text is in the JSON. */
const maxTextCharacters = 300

/** One line about a comment: nothing that a stranger wrote can begin another line or move the cursor of a terminal. */
function lineOf(listed: Listed): string {
  const {
    id,
    version = id,
    reasons,
    name,
    email,
    text,
    written,
    title,
    parent,
    question,
    reports,
    reportReason,
  } = listed
  const plain = (words: string) => words.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim()
  const short = plain(text)
  const more = short.length - maxTextCharacters
  const cut = more > 0 ? `${short.slice(0, maxTextCharacters)}… (${more} more characters)` : short
  const last = reportReason === undefined ? '' : `, the last one: ${plain(reportReason)}`
  const notes = [...reasons, ...(reports ? [`reports: ${reports}${last}`] : [])]
  const held = notes.length > 0 ? `  (${notes.join(', ')})` : ''
  const author = plain(name) + (email === undefined ? '' : ` <${email}>`)
  const asked = question === undefined ? '' : `, answering the question ${question}`
  const answered = parent === undefined ? asked : `, answering ${parent}`
  return `${version}  ${written}  ${author} on "${plain(title)}"${answered}${held}: ${cut}`
}
