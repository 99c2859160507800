// I/O: reads the store.

import { isPublicAt } from '../domain/article.ts'
import { modeOf } from '../domain/comment.ts'
import {
  type CoveredComments,
  type Happening,
  type Notification,
  newComments,
  newReplies,
} from '../domain/notify.ts'
import type { MadeChoice } from '../domain/notify-choice.ts'
import { textOfHtml } from '../ingest/text.ts'
import { renderComments } from '../render/mail/comments.ts'
import type { SentToSubscriber } from '../render/mail/frame.ts'
import type { Letter } from '../render/mail/letter.ts'
import { nameChoices } from './choices.ts'
import type { MailPorts } from './ports.ts'
import { commenterHashes } from './token.ts'

/** The largest number of comments that a mail shows. */
const maxComments = 20

/** What a mail about comments tells; without `render`, there is nothing to tell any more. */
type ToldComments =
  | { render?: never; covers: CoveredComments }
  | { render: (sent: SentToSubscriber) => Letter; choices: readonly MadeChoice[]; covers: CoveredComments }

/**
 * Reads the comments of which a subscriber has yet to be told, as they are now: of an article that is not public, or on which nobody may
 * comment any more, there are none. Of an article that must not be syndicated, the mail has no texts, as for its corrections.
 */
export async function commentsFor(
  { site, store, subscribers, secrets, clock }: MailPorts,
  { subscriber }: Pick<Notification, 'subscriber'>,
  { article: id }: Extract<Happening, { kind: 'discussed' }>,
): Promise<ToldComments> {
  const hashes = await commenterHashes(secrets, subscriber.address)
  const [found] = await store.findMany([id], [])
  const { comments, total, covers } = await subscribers.discussed(subscriber, id, {
    ...{ hashes, limit: maxComments },
  })
  const article = found?.article
  if (!article || comments.length === 0) return { covers }
  if (!isPublicAt(article, clock()) || modeOf(site, article) === 'off') return { covers }
  const isReply = comments.every((one) => one.isReply)
  const named = await nameChoices({ subscribers, store, clock }, subscriber.choices)
  const kinds = isReply ? [newReplies] : [newComments, newReplies]
  const choices = named.filter(({ selection, slug }) => slug === article.slug && kinds.includes(selection))
  const isShown = article.rights.syndicate !== 'none'
  const told = comments.map(({ html, ...comment }) => ({ ...comment, text: isShown ? textOfHtml(html) : '' }))
  return {
    ...{ choices, covers },
    render: (sent) => renderComments(site, { ...sent, article, comments: told, total }),
  }
}
