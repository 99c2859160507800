// I/O: none; pure rules.
import type { CommentMode } from '../domain/article.ts'
import type { HeldReason } from '../domain/comment.ts'

/** A person needs longer to write a comment. */
const minWritingMilliseconds = 3000

/** The largest number of links of a comment that nobody has to look at. */
const maxFreeLinks = 2

/**
 * What the rules know of a new comment. `isKnown`: a comment with its e-mail address was approved that came from
 * the same network today. */
interface Facts {
  mode: CommentMode
  isKnown: boolean
  links: number
  /** The time from the making of the form to its arrival. */
  ageMilliseconds: number
  /** Whether the field was filled that people do not see. */
  isTrapped: boolean
}

/** Returns why a comment is held until a moderator has seen it; nothing if it is public at once. No rule refuses a comment. */
export function heldReasons({ mode, isKnown, links, ageMilliseconds, isTrapped }: Facts): HeldReason[] {
  const isHeldByMode = mode === 'all-held' || (mode === 'first-held' && !isKnown)
  return [
    ...(isHeldByMode ? (['mode'] as const) : []),
    ...(links > maxFreeLinks ? (['links'] as const) : []),
    ...(ageMilliseconds < minWritingMilliseconds ? (['quick'] as const) : []),
    ...(isTrapped ? (['trap'] as const) : []),
  ]
}
