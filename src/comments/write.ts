// I/O: reads and writes the store.
import type { CommentMode } from '../domain/article.ts'
import {
  articleOfComments,
  type HeldReason,
  maxCommentCharacters,
  maxCommentNameCharacters,
} from '../domain/comment.ts'
import { isEmailAddress } from '../domain/email-address.ts'
import type { CommentMistake } from '../domain/languages/comments.ts'
import { isVisible } from '../domain/name.ts'
import { address } from '../domain/site.ts'
import { countCharacters } from '../domain/text.ts'
import { hashOf } from '../http/token.ts'
import { htmlOfComment } from '../ingest/comment-text.ts'
import { base64url } from '../notify/base64.ts'
import { commenterHashes } from '../notify/token.ts'
import { openForm } from './form.ts'
import { type GivenComment, givenIn } from './given.ts'
import { networkHash } from './network.ts'
import type { CommentPorts } from './ports.ts'
import { hasAnyOf, heldReasons, textHashOf } from './spam.ts'
import { turnstileField } from './turnstile.ts'

/** For how long its author may change a comment. */
const editMilliseconds = 10 * 60_000

/**
 * What became of a comment that was sent: it is stored in a state, or something is wrong with it. `own` has the token with which its author
 * may change it for ten minutes; nobody can get it again. `isAbuse`: the sender is probably nobody who wants to be told of anything.
 */
type WrittenComment =
  | { kind: 'stored'; state: 'approved' | 'pending'; own?: { id: string; token: string }; isAbuse?: boolean }
  | { kind: 'wrong'; mistake: CommentMistake }

/** Returns what is wrong with what a person wrote; undefined if nothing is. */
function mistakeIn({ name, email, text }: GivenComment): CommentMistake | undefined {
  if (!isVisible(name) || countCharacters(name) > maxCommentNameCharacters) return 'name'
  if (email !== '' && !isEmailAddress(email)) return 'email'
  if (!isVisible(text)) return 'text'
  return countCharacters(text) > maxCommentCharacters ? 'tooLong' : undefined
}

/** Where a comment was written, and who sent it: the network, the address and the name of the client's program. */
interface Discussed {
  path: string
  mode: CommentMode
  /** Whether the article is so old that nobody may write a comment any more. */
  isOver: boolean
  language: string
  /** The keys of the questions that the article asks. */
  questions: readonly string[]
  client: { network: string; address: string; agent: string }
  /** Whether the form offers to tell the person of comments by mail. */
  isTold: boolean
}

/**
 * Takes the form of a comment on the article whose comments have the path; `mode` is the mode of the article. What a rule suspects is
 * stored too, and waits for a moderator. The same form counts once, so that nobody sends a comment twice by a second press.
 */
export async function writeComment(
  ports: CommentPorts,
  { path, mode, isOver, language, questions, client, isTold }: Discussed,
  form: URLSearchParams,
): Promise<WrittenComment> {
  const { comments, site, secrets, bytes, clock } = ports
  if (isOver) return wrong('shut')
  if (!(await ports.mayAsk(`comment ${client.network}`))) return wrong('tooMany')
  const given = givenIn(form)
  const { name, email, text, parent, question, notify } = given
  const mistake = mistakeIn(given)
  if (mistake) return wrong(mistake)
  if (isTold && email === '' && notify.length > 0) return wrong('notify')
  if (parent === '' && question !== '' && !questions.includes(question)) return wrong('question')
  const read = htmlOfComment(text, address(site, path))
  if (!read.ok) return wrong('unreadable')
  const { html, links } = read.value
  if (html === '') return wrong('text')
  const opened = await openForm(ports, path, form.get('form') ?? '')
  if (opened.kind === 'expired') return wrong('expired')
  const { nonce, ageMilliseconds } = opened
  const addresses = email === '' ? [] : await commenterHashes(secrets, email)
  const [emailHash] = addresses
  const network = await networkHash(ports, client.network)
  const textHash = await textHashOf(text)
  const sender = {
    network,
    ...(emailHash !== undefined && { emailHash }),
    ...(textHash !== undefined && { textHash }),
  }
  const { isClosed, ...known } = await comments.sender({ ...sender, bannable: [network, ...addresses] })
  if (isClosed) return wrong('shut')
  const human = (await ports.isHuman?.(form.get(turnstileField) ?? '')) ?? 'passed'
  const isTrapped = (form.get('website') ?? '') !== ''
  const hasWord = hasAnyOf(ports.words, `${name}\n${text}`)
  const facts = { ...known, mode, links, ageMilliseconds, isTrapped, hasWord, human }
  const article = address(site, articleOfComments(path) ?? '')
  const suspected = { permalink: article, name, email, text, language, isReply: parent !== '' }
  // Nobody else sees a comment that waits in any case.
  const isSuspected =
    ports.isSpam && heldReasons({ ...facts, akismet: 'passed' }).every((one) => one === 'mode')
  const akismet = isSuspected ? await ports.isSpam?.({ ...suspected, ...client }) : undefined
  const reasons = heldReasons({ ...facts, akismet: akismet ?? 'passed' })
  const state = reasons.length === 0 ? 'approved' : 'pending'
  const own = { id: base64url(bytes(16)), token: base64url(bytes(32)) }
  const added = await comments.add({
    ...{ id: own.id, path, state, reasons, name, text, html, form: nonce },
    ...{ ...sender, editHash: await hashOf(own.token), editUntil: clock() + editMilliseconds },
    ...(parent !== '' && { parent }),
    ...(question !== '' && { question }),
    ...(emailHash !== undefined && { email }),
  })
  switch (added.kind) {
    case 'added':
      return { kind: 'stored', state, own, isAbuse: reasons.some(isAbuse) }
    case 'repeated':
      if (added.text !== text) return wrong('used')
      return { kind: 'stored', state: added.state === 'approved' ? 'approved' : 'pending' }
    case 'closed':
      return wrong('closed')
  }
}

const isAbuse = (reason: HeldReason): boolean =>
  reason === 'trap' || reason === 'banned' || reason === 'akismet'

const wrong = (mistake: CommentMistake): WrittenComment => ({ kind: 'wrong', mistake })
