// I/O: reads and writes the store.
import {
  type BanKind,
  banKinds,
  type CommentEvent,
  type CommentState,
  commentLists,
  commentStates,
  type ModeratedComment,
  maxModeratedComments,
} from '../domain/comment.ts'
import type { CommentStore } from '../domain/comment-store.ts'
import { isVersion, readVersion, versionOf } from '../domain/comment-version.ts'
import { rfc3339 } from '../domain/instant.ts'
import { failure, type Result, success } from '../domain/problem.ts'
import { address, type Site } from '../domain/site.ts'
import { decisionReasons, type Grounds, maxExplanationCharacters } from '../domain/statement.ts'
import { countCharacters, legalText } from '../domain/text.ts'

/**
 * A comment as moderators see it, with its dates in RFC 3339 and the address of the page on which it is, or would be. What it does
 * not have is absent.
 */
interface ListedComment
  extends Pick<ModeratedComment, 'id' | 'state' | 'reasons' | 'name' | 'text' | 'title'> {
  written: string
  url: string
  email?: string
  published?: string
  parent?: string
  question?: string
  reports?: number
  /** Why the last reader reported it. */
  reportReason?: string
  /** The last reports since the last decision, the newest first, at most `maxListedReports`. */
  lastReports?: { reason: string; text?: string }[]
  /** Who decided last, and why, if it is hidden or deleted. */
  decision?: { actor?: string; reason?: string; text?: string }
  /** The id by which the comment is approved, if its author has changed it. */
  version?: string
}

/**
 * Lists comments in a state, or the reported ones, the oldest first; `next` is the position of the next page. Returns the failure
 * `invalid-query` for a state that does not exist, and for a position that no page has.
 */
export async function listComments(
  { comments, site }: { comments: CommentStore; site: Site },
  { state = 'pending', after = '0' }: { state?: string | undefined; after?: string | undefined },
): Promise<Result<{ comments: ListedComment[]; next?: number }>> {
  const task = 'list comments'
  const known = commentLists.find((one) => one === state)
  if (known === undefined)
    return failure({
      kind: 'invalid-query',
      task,
      field: 'state',
      reason: `must be one of ${commentLists.join(', ')}`,
    })
  if (!/^\d{1,15}$/.test(after))
    return failure({
      kind: 'invalid-query',
      task,
      field: 'after',
      reason: 'must be copied from the member "next"',
    })
  const { comments: found, next } = await comments.list(known, Number(after))
  const listed = found.map((comment) => listedComment(site, comment))
  return success({ comments: listed, ...(next !== undefined && { next }) })
}

const listedComment = (
  site: Site,
  {
    id,
    state,
    reasons,
    name,
    text,
    title,
    email,
    path,
    parent,
    question,
    written,
    edited,
    published,
    reports,
    lastReports: [last, ...others],
    decision,
  }: ModeratedComment,
): ListedComment => ({
  ...{ id, state, reasons, name, text, title },
  ...(email !== null && { email }),
  ...(parent !== null && { parent }),
  ...(question !== null && { question }),
  ...(reports > 0 && { reports }),
  ...(last !== undefined && {
    reportReason: last.reason,
    lastReports: [last, ...others].map(({ reason, text }) => ({ reason, ...(text !== '' && { text }) })),
  }),
  ...(decision !== null && { decision: decisionOf(decision) }),
  ...(edited !== null && { version: versionOf({ id, edited }) }),
  written: rfc3339(written),
  ...(published !== null && { published: rfc3339(published) }),
  url: `${address(site, path)}?comment=${id}`,
})

const decisionOf = ({ actor, reason, text }: NonNullable<ModeratedComment['decision']>) => ({
  ...(actor !== '' && { actor }),
  ...(reason !== null && { reason }),
  ...(text !== null && { text }),
})

/**
 * Reads a comment in whatever state, and what happened to it, the first event first. Returns the failure `not-found` for an unknown
 * id.
 */
export async function readComment(
  { comments, site }: { comments: CommentStore; site: Site },
  id: string,
): Promise<Result<{ id: string; comment: ListedComment; events: ListedEvent[] }>> {
  const found = areIds([id]) ? await comments.history(readVersion(id).id) : undefined
  if (found === undefined) return failure({ kind: 'not-found', what: `comment "${id}"` })
  const comment = listedComment(site, found.comment)
  return success({ id: comment.id, comment, events: found.events.map(listedEvent) })
}

const areIds = (ids: unknown): ids is string[] =>
  Array.isArray(ids) &&
  ids.length <= maxModeratedComments &&
  ids.every((id) => typeof id === 'string' && isVersion(id))

const idsIssue = { field: 'ids', reason: `must be a list of at most ${maxModeratedComments} ids` }

/** A decision of a moderator: the ids of comments, the state that they get, and why. */
interface Decision {
  ids: string[]
  state: CommentState
  grounds: Grounds
}

/** Reads a decision of a moderator. `reason` and `text`, the explanation, may be absent. */
export function parseDecision(value: unknown): Result<Decision> {
  const { ids, state, reason, text = '' } = (value ?? {}) as Record<string, unknown>
  const known = commentStates.find((one) => one === state)
  const ground = decisionReasons.find((one) => one === reason)
  const isGround = reason === undefined || ground !== undefined
  const isText =
    typeof text === 'string' && text.isWellFormed() && countCharacters(text) <= maxExplanationCharacters
  if (areIds(ids) && known && isGround && isText) {
    const explanation = legalText(text).trim()
    return success({ ids, state: known, grounds: { ...(ground && { reason: ground }), explanation } })
  }
  const issues = [
    ...(areIds(ids) ? [] : [idsIssue]),
    ...(known ? [] : [{ field: 'state', reason: `must be one of ${commentStates.join(', ')}` }]),
    ...(isGround ? [] : [{ field: 'reason', reason: `must be one of ${decisionReasons.join(', ')}` }]),
    ...(isText
      ? []
      : [{ field: 'text', reason: `must be a text of at most ${maxExplanationCharacters} characters` }]),
  ]
  return failure({ kind: 'invalid-request', task: 'change comments', issues })
}

/** Reads a ban of a moderator: the ids of comments, or their versions, by what their senders are banned, and whether the ban begins or ends. */
export function parseBan(value: unknown): Result<{ ids: string[]; by: BanKind; banned: boolean }> {
  const {
    ids,
    by = 'email',
    banned = true,
  } = (value ?? {}) as { ids?: unknown; by?: unknown; banned?: unknown }
  const kind = banKinds.find((one) => one === by)
  const isSwitch = typeof banned === 'boolean'
  if (areIds(ids) && kind && isSwitch)
    return success({ ids: ids.map((id) => readVersion(id).id), by: kind, banned })
  const issues = [
    ...(areIds(ids) ? [] : [idsIssue]),
    ...(kind ? [] : [{ field: 'by', reason: `must be one of ${banKinds.join(', ')}` }]),
    ...(isSwitch ? [] : [{ field: 'banned', reason: 'must be true or false' }]),
  ]
  return failure({ kind: 'invalid-request', task: 'ban senders', issues })
}

/** Reads whether a moderator closes the comments on all articles, or opens them again. */
export function parseClosing(value: unknown): Result<boolean> {
  const { closed } = (value ?? {}) as { closed?: unknown }
  if (typeof closed === 'boolean') return success(closed)
  const issues = [{ field: 'closed', reason: 'must be true or false' }]
  return failure({ kind: 'invalid-request', task: 'close comments', issues })
}

type ListedEvent = ReturnType<typeof listedEvent>

/** What happened to a comment, with its date in RFC 3339; what an event does not say is absent. */
const listedEvent = ({ at, kind, actor, state, reason, text, email }: CommentEvent) => ({
  ...{ at: rfc3339(at), kind },
  ...(actor !== '' && { actor }),
  ...(state !== null && { state }),
  ...(reason !== null && { reason }),
  ...(text !== null && { text }),
  ...(email !== null && { email }),
})
