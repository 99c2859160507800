import { type BanKind, type CommentState, maxModeratedComments } from '../domain/comment.ts'
import type { DecidedComment } from '../domain/comment-store.ts'
import { isVersion, readVersion } from '../domain/comment-version.ts'

/** By what senders are recognized, and whether the ban begins. */
interface Ban {
  by: BanKind
  banned: boolean
}

/** Why a moderator decides, as the command line gives it: a reason of the list, and an explanation. */
export interface GivenGrounds {
  reason?: string | undefined
  text?: string | undefined
}

/** The operations on comments by their ids that the command line needs. */
export interface DecisionsTarget {
  /** Puts at most `maxModeratedComments` comments into a state. Returns those that exist. */
  decide: (ids: readonly string[], state: CommentState, grounds: GivenGrounds) => Promise<DecidedComment[]>
  /** Bans the senders of at most `maxModeratedComments` comments, or ends that. Returns the ids that tell who the sender is. */
  ban: (ids: readonly string[], ban: Ban) => Promise<string[]>
}

/** What a command prints: the lines of what was done, and a message for each thing that was refused, because of which the exit code is 1. */
export interface Outcome {
  lines: string[]
  refused: string[]
}

/** The state that each decision of the command line gives. */
export const decisions: Readonly<Record<string, CommentState>> = {
  approve: 'approved',
  spam: 'spam',
  delete: 'deleted',
}

/** The ban of each word of the command line. */
export const bans: Readonly<Record<string, Ban>> = {
  ban: { by: 'email', banned: true },
  unban: { by: 'email', banned: false },
  'ban-network': { by: 'network', banned: true },
  'unban-network': { by: 'network', banned: false },
}

/** Runs `comments approve`, `spam` or `delete`: says of each id, in the given order, what became of it. */
export async function decide(
  target: Pick<DecisionsTarget, 'decide'>,
  given: readonly string[],
  { state, ...grounds }: GivenGrounds & { state: CommentState },
  isJson: boolean,
): Promise<Outcome> {
  const isExplained = Object.values(grounds).some((one) => one !== undefined)
  return inPortions(given, async (ids) => {
    const decided = await target.decide(ids, state, grounds)
    const found = new Map(decided.map((one) => [one.id, one]))
    return ids.map((id) => {
      const one = found.get(readVersion(id).id)
      const reason = refusalOf(one, state, isExplained)
      if (one === undefined || reason !== undefined)
        return { refused: `Cannot ${verbs[state]} ${id}: ${reason}` }
      const before = one.unchanged ? '  (it was so before)' : ''
      return { line: isJson ? JSON.stringify(one) : `${one.state}  ${id}${before}` }
    })
  })
}

/** What is done to a comment that gets a state, in the messages about it. */
const verbs: Readonly<Record<CommentState, string>> = {
  approved: 'approve',
  pending: 'hold',
  spam: 'hide',
  deleted: 'delete',
}

/** Why a comment did not get a state; undefined if it did, or had it already and nothing that was given is lost. */
function refusalOf(
  one: DecidedComment | undefined,
  state: CommentState,
  isExplained: boolean,
): string | undefined {
  if (one === undefined) return 'there is no comment with this id'
  if (one.state === 'deleted' && state !== 'deleted') return 'it is deleted, and stays so'
  if (one.state !== state)
    return 'the author has changed it since it was listed; list the comments again, and use the new id'
  if (one.unchanged && state === 'deleted') return 'it was deleted before'
  if (one.unchanged && isExplained) return `it was ${state} before, so that the reason is not kept`
  return undefined
}

/** Runs `comments ban` and the like: says of each id, in the given order, whether its sender is banned. */
export async function ban(
  target: Pick<DecisionsTarget, 'ban'>,
  given: readonly string[],
  { by, banned }: Ban,
  isJson: boolean,
): Promise<Outcome> {
  const task = banned ? 'ban' : 'end a ban of'
  const needed = by === 'email' ? 'it has no e-mail address' : 'it was not written today (UTC)'
  // The sender is the same whatever version of the comment was listed.
  const plain = given.map((id) => readVersion(id).id)
  return inPortions(plain, async (ids) => {
    const known = await target.ban(ids, { by, banned })
    return ids.map((id) =>
      known.includes(id)
        ? { line: isJson ? JSON.stringify({ id, by, banned }) : `${banned ? 'banned' : 'not banned'}  ${id}` }
        : {
            refused: `Cannot ${task} the sender of ${id}: there is no comment with this id, or it is deleted, or ${needed}`,
          },
    )
  })
}

/** Splits what was given into ids, each once, and what cannot be one, which the API would refuse with all others. */
function split(given: readonly string[]): { ids: string[]; outcome: Outcome } {
  const all = [...new Set(given)]
  const refused = all
    .filter((one) => !isVersion(one))
    .map((one) => `Cannot find "${one}": this is no id of a comment`)
  return { ids: all.filter(isVersion), outcome: { lines: [], refused } }
}

/**
 * Does work for each id once, for at most `maxModeratedComments` at a time. If the work fails, what was done before is said
 * all the same.
 */
async function inPortions(
  given: readonly string[],
  work: (ids: readonly string[]) => Promise<({ line: string } | { refused: string })[]>,
): Promise<Outcome> {
  const { ids, outcome } = split(given)
  for (let at = 0; at < ids.length; at += maxModeratedComments) {
    try {
      for (const one of await work(ids.slice(at, at + maxModeratedComments)))
        'line' in one ? outcome.lines.push(one.line) : outcome.refused.push(one.refused)
    } catch (fault) {
      if (at === 0) throw fault
      outcome.refused.push(
        `${(fault as Error).message}\nPerhaps nothing was done to ${ids.slice(at).join(', ')}`,
      )
      break
    }
  }
  return outcome
}
