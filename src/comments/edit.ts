// I/O: reads and writes the store.
import type { CommentMode } from '../domain/article.ts'
import { maxCommentCharacters, type OwnComment, ruleActor } from '../domain/comment.ts'
import type { CommentStore } from '../domain/comment-store.ts'
import type { CommentMistake } from '../domain/languages/comments.ts'
import { isVisible } from '../domain/name.ts'
import { address } from '../domain/site.ts'
import { countCharacters } from '../domain/text.ts'
import { hashOf } from '../http/token.ts'
import { htmlOfComment } from '../ingest/comment-text.ts'
import { textIn } from './given.ts'
import type { CommentPorts } from './ports.ts'
import { harmless, hasAnyOf, heldReasons, textHashOf } from './spam.ts'

/** What became of a change: it is stored, something is wrong with the text, or the time for changes is over. */
type EditedComment =
  | { kind: 'stored'; state: 'approved' | 'pending' }
  | { kind: 'wrong'; mistake: CommentMistake }
  | { kind: 'over' }

type EditPorts = Pick<CommentPorts, 'comments' | 'site' | 'words' | 'isSpam'>

/** Returns the comment that the holder of a token may change now; undefined if there is none. */
export const readOwnComment = async (
  { comments }: Pick<EditPorts, 'comments'>,
  id: string,
  token: string,
): Promise<OwnComment | undefined> => comments.own(id, await hashOf(token))

/**
 * Gives a comment another text. A public comment stays so only where everybody may publish at once and no rule holds the new text;
 * otherwise it waits for a moderator again, and is hidden before it gets the new text. Where a service judges comments, each change waits.
 */
export async function editOwnComment(
  { comments, site, words, isSpam }: EditPorts,
  { id, token, mode }: { id: string; token: string; mode: CommentMode },
  form: URLSearchParams,
): Promise<EditedComment> {
  const text = textIn(form)
  if (!isVisible(text)) return wrong('text')
  if (countCharacters(text) > maxCommentCharacters) return wrong('tooLong')
  const editHash = await hashOf(token)
  // A moderator may decide between the reading and the change, which is then judged once more.
  for (let attempt = 0; attempt < 2; attempt++) {
    const own = await comments.own(id, editHash)
    if (!own) return { kind: 'over' }
    const read = htmlOfComment(text, address(site, own.path))
    if (!read.ok) return wrong('unreadable')
    const { html, links } = read.value
    if (html === '') return wrong('text')
    const textHash = await textHashOf(text)
    const facts = {
      ...{ ...harmless, mode, links, hasWord: hasAnyOf(words, text), isBanned: own.isBanned },
      isRepeated: textHash !== own.textHash && (await isRepeated(comments, textHash)),
      akismet: isSpam ? ('unavailable' as const) : harmless.akismet,
    }
    const state = own.state === 'approved' && heldReasons(facts).length === 0 ? 'approved' : 'pending'
    if (state !== own.state) await comments.decide([id], state, ruleActor)
    const changed = { text, html, ...(textHash !== undefined && { textHash }), state } as const
    if (await comments.edit(id, editHash, changed)) return { kind: 'stored', state }
  }
  return { kind: 'over' }
}

/** Tells whether somebody has written a text with this hash within a day. */
const isRepeated = async (comments: CommentStore, textHash: string | undefined): Promise<boolean> =>
  textHash !== undefined && (await comments.sender({ network: '', textHash, bannable: [] })).isRepeated

/** Deletes the comment of the holder of a token. Returns false if the time for changes is over. */
export async function deleteOwnComment(ports: EditPorts, id: string, token: string): Promise<boolean> {
  if (!(await readOwnComment(ports, id, token))) return false
  await ports.comments.decide([id], 'deleted', 'author')
  return true
}

const wrong = (mistake: CommentMistake): EditedComment => ({ kind: 'wrong', mistake })
