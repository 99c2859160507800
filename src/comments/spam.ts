// I/O: neither the store nor the network; waits only for Web Crypto.
import type { CommentMode } from '../domain/article.ts'
import type { CheckedSender, HeldReason } from '../domain/comment.ts'
import { foldName } from '../domain/name.ts'
import { hashOf } from '../http/token.ts'

/** A person needs longer to write a comment. */
const minWritingMilliseconds = 3000

/** The largest number of links of a comment that nobody has to look at. */
const maxFreeLinks = 2

/** The largest number of comments from one network in ten minutes of which nobody has to look at the next one. */
const maxFreeComments = 5

/** Shorter texts, such as "Thank you!", may be written twice. */
const minRepeatedCharacters = 30

/** What the rules know of a new comment. */
interface Facts {
  mode: CommentMode
  /** Whether a comment with its e-mail address was approved that came from the same network today. */
  isKnown: boolean
  links: number
  /** The time from the making of the form to its arrival. */
  ageMilliseconds: number
  /** Whether the field was filled that people do not see. */
  isTrapped: boolean
  /** Whether somebody has written the same text within a day, on any article. */
  isRepeated: boolean
  /** The number of comments from the same network in the last ten minutes. */
  recent: number
  /** Whether the name or the text has a word that the site watches. */
  hasWord: boolean
  /** Whether a moderator has banned the e-mail address or the network. */
  isBanned: boolean
  /** What the check said of whether a person sent it; `passed` on a site without the check. */
  human: CheckedSender
  /** What Akismet said; `passed` on a site that does not ask it. */
  akismet: CheckedSender
}

/** One rule for each reason: whether the comment is held for it. To add a rule, add a reason and a row. */
const rules: Record<HeldReason, (facts: Facts) => boolean> = {
  mode: ({ mode, isKnown }) => mode === 'all-held' || (mode === 'first-held' && !isKnown),
  links: ({ links }) => links > maxFreeLinks,
  quick: ({ ageMilliseconds }) => ageMilliseconds < minWritingMilliseconds,
  trap: ({ isTrapped }) => isTrapped,
  repeated: ({ isRepeated }) => isRepeated,
  rate: ({ recent }) => recent >= maxFreeComments,
  words: ({ hasWord }) => hasWord,
  banned: ({ isBanned }) => isBanned,
  robot: ({ human }) => human === 'refused',
  akismet: ({ akismet }) => akismet === 'refused',
  unchecked: ({ human, akismet }) => human === 'unavailable' || akismet === 'unavailable',
}

/** Returns why a comment is held until a moderator has seen it; nothing if it is public at once. No rule refuses a comment. */
export const heldReasons = (facts: Facts): HeldReason[] =>
  (Object.keys(rules) as HeldReason[]).filter((reason) => rules[reason](facts))

/** The facts of a comment in which no rule but those for its text can find anything. */
export const harmless = {
  ...{ isKnown: false, ageMilliseconds: Number.POSITIVE_INFINITY, isTrapped: false },
  ...{ isRepeated: false, recent: 0, isBanned: false, human: 'passed', akismet: 'passed' },
} as const satisfies Partial<Facts>

/**
 * The form of a text by which repetitions are found: letters and digits alone, folded, so that other signs, spaces or letter cases
 * make no other text. Undefined if the text is so short that people may write it twice.
 */
export function repetitionOf(text: string): string | undefined {
  const key = foldName(text).replace(/[^\p{L}\p{N}]+/gu, '')
  return key.length < minRepeatedCharacters ? undefined : key
}

/** The hash of this form of a text, which is stored; undefined for a short text. */
export async function textHashOf(text: string): Promise<string | undefined> {
  const repetition = repetitionOf(text)
  return repetition === undefined ? undefined : hashOf(repetition)
}

/**
 * Tells whether a text has one of the words as a whole word or phrase. Letter case does not matter. The time is proportional to
 * the length of the text and the number of words.
 */
export function hasAnyOf(words: readonly string[], text: string): boolean {
  if (words.length === 0) return false
  const plain = spaced(text)
  return words.some((word) => plain.includes(spaced(word)))
}

/** The words of a text, folded, each between two spaces. */
const spaced = (text: string): string =>
  ` ${foldName(text)
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()} `
