import { type KeptComments, keepComments } from '../comments/keep.ts'
import { listComments, parseDecision, readComment } from '../comments/moderate.ts'
import { erasePerson, readPerson, restoreCommenters } from '../comments/person.ts'
import { commentLists } from '../domain/comment.ts'
import type { CommentStore, DecidedComment } from '../domain/comment-store.ts'
import { readVersion } from '../domain/comment-version.ts'
import type { CommenterLine } from '../domain/commenter-line.ts'
import type { KeptComment } from '../domain/kept-comment.ts'
import type { Clock } from '../domain/ports.ts'
import type { Result } from '../domain/problem.ts'
import type { Site } from '../domain/site.ts'
import { detailsOf } from '../http/problem.ts'
import { type Listed, linesOf, linesOfShown, type Shown } from './comment-line.ts'
import { type CommentersTarget, erasePersonOn, exportPerson } from './commenters.ts'
import {
  ban,
  bans,
  type DecisionsTarget,
  decide,
  decisions,
  type GivenGrounds,
  type Outcome,
} from './comments-decide.ts'
import { olderVersion } from './older-version.ts'
import type { OptionName, Options } from './options.ts'

/** The operations on comments that the command line needs. */
export interface CommentsTarget extends CommentersTarget, DecisionsTarget {
  /** Lists all comments in a state, the oldest first, page by page. */
  list: (state: string) => AsyncIterable<Listed[]>
  /** Returns a comment with what happened to it; undefined for an unknown id. */
  show: (id: string) => Promise<Shown | undefined>
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
    async show(id) {
      const response = await call('GET', `${path}/${encodeURIComponent(id)}`)
      return response.status === 404 ? undefined : answerIn(response)
    },
    decide: async (ids, state, grounds) =>
      (await ask<{ comments: DecidedComment[] }>('POST', path, { ids, state, ...grounds })).comments,
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
    async show(id) {
      const found = await readComment(ports, id)
      return found.ok ? found.value : undefined
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

/**
 * Runs the command `comments`: without operands, with `list`, or with a state, it lists comments; with a decision and ids, it decides; with a ban
 * and ids, it bans their senders. Returns what it has to say. Fails if the words are no command.
 */
export async function operateComments(
  target: CommentsTarget,
  operands: readonly string[],
  isJson: boolean,
  grounds: GivenGrounds = {},
): Promise<Outcome> {
  const [word = 'pending', ...ids] = withoutList(operands)
  const state = decisions[word]
  const given = bans[word]
  if (!(ids.length > 0 && state) && Object.values(grounds).some((one) => one !== undefined))
    throw new Error('Cannot run this: --reason and --text are for decisions, such as comments delete ID…')
  if (ids.length === 0 && (word === 'close' || word === 'open')) {
    await target.close(word === 'close')
    return said([`comments on all articles are ${word === 'close' ? 'closed' : 'open'}`])
  }
  const [address, ...others] = ids
  if (address !== undefined && others.length === 0) {
    if (word === 'erase') return said(await erasePersonOn(target, address, isJson))
    if (word === 'export') return said(await exportPerson(target, address, isJson))
  }
  if (ids.length > 0 && word === 'show') return show(target, ids, isJson)
  if (ids.length > 0 && state) return decide(target, ids, { state, ...grounds }, isJson)
  if (ids.length > 0 && given) return ban(target, ids, given, isJson)
  if (ids.length > 0 || !commentLists.some((one) => one === word)) {
    const words = ['show', ...Object.keys({ ...decisions, ...bans })].join('|')
    throw new Error(
      `Cannot run this: the command is comments [list] [${commentLists.join('|')}], comments ${words} ID…, comments erase|export ADDRESS, comments import FILE…, or comments close|open`,
    )
  }
  const lines: string[] = []
  for await (const page of target.list(word))
    lines.push(...page.flatMap((one) => (isJson ? [JSON.stringify(one)] : linesOf(one))))
  return said(lines.length > 0 || isJson ? lines : [`no comment is ${word}`])
}

/** Runs `comments show`: prints each comment with what happened to it. */
async function show(
  target: Pick<CommentsTarget, 'show'>,
  ids: readonly string[],
  isJson: boolean,
): Promise<Outcome> {
  const outcome: Outcome = { lines: [], refused: [] }
  for (const given of ids) {
    // The log is that of the comment, whatever its version.
    const found = await target.show(readVersion(given).id)
    if (found === undefined) outcome.refused.push(`Cannot show ${given}: there is no comment with this id`)
    else outcome.lines.push(...(isJson ? [JSON.stringify(found)] : linesOfShown(found)))
  }
  return outcome
}

const said = (lines: string[]): Outcome => ({ lines, refused: [] })

/** The operands after the word `list`, which may stand before a list of comments or alone, but not before anything else. */
function withoutList(operands: readonly string[]): readonly string[] {
  const [word, list, ...others] = operands
  if (word !== 'list') return operands
  const isList = list === undefined || commentLists.some((one) => one === list)
  return isList && others.length === 0 ? operands.slice(1) : operands
}

/** The options that only `comments import` takes, and those that it does not take. */
const ofImport = ['dry-run', 'verbose', 'erased'] as const satisfies readonly OptionName[]
const ofDecisions = ['reason', 'text'] as const satisfies readonly OptionName[]

/** Refuses an option that a command about comments would ignore. Throws an error with a sentence. */
export function refuseUnused(isImport: boolean, given: Options): void {
  const unused = (isImport ? ofDecisions : ofImport).find((option) => given[option] !== undefined)
  if (unused === undefined) return
  const taken = isImport ? 'import does not have it' : 'only import has it'
  throw new Error(`Cannot run this with --${unused}: of the commands about comments, ${taken}`)
}
