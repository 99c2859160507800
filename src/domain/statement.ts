/** Why a moderator hides or deletes a comment: the grounds that a decision can name. */
export const decisionReasons = [
  'illegal',
  'hateful',
  'harassing',
  'false',
  'off-topic',
  'spam',
  'other',
] as const
export type DecisionReason = (typeof decisionReasons)[number]

/** The largest number of characters of the explanation of a decision (Unicode code points). */
export const maxExplanationCharacters = 1000

/** Why a moderator has decided. Both may be absent: then the statement says that the comment breaks the rules of the site. */
export interface Grounds {
  reason?: DecisionReason
  explanation?: string
}

/** A decision of which the author of a comment is told: the grounds, and the comment as it was. Instants are epoch milliseconds. */
export interface Statement extends Grounds {
  number: number
  address: string
  language: string
  decision: 'spam' | 'deleted'
  text: string
  /** The title of the article. */
  title: string
  written: number
  at: number
  attempts: number
}

/** Milliseconds after a decision in which it is tried to send its statement. Then the row is deleted. */
export const statementMilliseconds = 48 * 3_600_000

/**
 * Whether the author of a comment gets a statement of a decision: of each deletion, and of a comment that is hidden as spam if a reason
 * was given. Advertising needs none (Regulation (EU) 2022/2065, article 17 (2)).
 */
export const isStated = (state: string, { reason }: Grounds): boolean =>
  reason !== 'spam' && (state === 'deleted' || (state === 'spam' && reason !== undefined))
