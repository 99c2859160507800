/** What can be wrong with a form that was sent. */
type Mistake =
  | 'name'
  | 'email'
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

/** The texts that the element shows. `{name}` in `replyTo` and `reportOf` stands for the name of a person. */
export interface ElementWords
  extends Record<
    | 'none'
    | 'view'
    | 'write'
    | 'reply'
    | 'replyTo'
    | 'report'
    | 'reportOf'
    | 'removed'
    | 'allReplies'
    | 'order'
    | 'text'
    | 'own'
    | 'edit'
    | 'delete'
    | 'approved'
    | 'pending'
    | 'deleted'
    | 'over'
    | 'tooMany'
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

/** What is wrong with a form, by the answer to it. The server names the field; what is wrong with a text follows from the text. */
export function mistakeOf(status: number, field: string | undefined, text: string): Mistake {
  if (status === 429) return 'tooMany'
  if (status === 403) return 'shut'
  if (field === 'name' || field === 'email') return field
  if (field === 'text') return text.trim() === '' ? 'text' : text.length > 4000 ? 'tooLong' : 'unreadable'
  return field === 'form' ? 'expired' : 'closed'
}
