/** What can be wrong with a form that was sent. */
type Mistake =
  | 'name'
  | 'email'
  | 'notify'
  | 'text'
  | 'tooLong'
  | 'unreadable'
  | 'expired'
  | 'used'
  | 'tooMany'
  | 'closed'
  | 'shut'

/** The orders of threads, as comments.json takes them. */
export type Order = 'newest' | 'oldest' | 'answered'

/** The texts that the element shows. `{name}` in `replyTo`, `answering` and `reportOf` stands for the name of a person. */
export interface ElementWords
  extends Record<
    | 'none'
    | 'view'
    | 'write'
    | 'reply'
    | 'replyTo'
    | 'answering'
    | 'passage'
    | 'report'
    | 'reportOf'
    | 'removed'
    | 'allReplies'
    | 'order'
    | 'text'
    | 'own'
    | 'edit'
    | 'delete'
    | 'over'
    | 'shut'
    | 'failed'
    | 'unreadable',
    string
  > {
  orders: Record<Order, string>
}

/** The texts of the form, which the site sends together with the token of the form. */
export interface FormWords
  extends Record<'name' | 'nameHint' | 'email' | 'emailHint' | 'text' | 'textHint' | 'send', string> {
  wrong: Record<Mistake, string>
}

/** The texts of the boxes by which the author of a comment asks to be told of others, if the site sends mail. */
export interface NoticeWords extends Record<'tellMe' | 'hint', string> {
  /** The label of each box, by the value that is sent. */
  boxes: Record<string, string>
  /** To what a person agrees by ticking a box. */
  consent: string[]
}

/**
 * What is wrong with a form, by the answer to it; undefined if the answer does not say. The server names the field; what is wrong follows
 * from what was written.
 */
export function mistakeOf(
  status: number,
  field: string | undefined,
  text: string,
  email: string,
): Mistake | undefined {
  if (status === 429) return 'tooMany'
  if (status === 403) return 'shut'
  switch (field) {
    case 'name':
      return 'name'
    case 'email':
      return email === '' ? 'notify' : 'email'
    case 'text':
      return text.trim() === '' ? 'text' : [...text].length > 4000 ? 'tooLong' : 'unreadable'
    case 'form':
      return 'expired'
    case 'parent':
    case 'question':
      return 'closed'
  }
}
