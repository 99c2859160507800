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

/** The texts that the element shows. `{name}` in `replyTo` stands for the name of a person. */
export interface ElementWords
  extends Record<
    | 'none'
    | 'view'
    | 'write'
    | 'reply'
    | 'replyTo'
    | 'removed'
    | 'allReplies'
    | 'name'
    | 'nameHint'
    | 'email'
    | 'emailHint'
    | 'text'
    | 'textHint'
    | 'send'
    | 'own'
    | 'edit'
    | 'delete'
    | 'approved'
    | 'pending'
    | 'deleted'
    | 'over',
    string
  > {
  wrong: Record<Mistake, string>
}

/** What is wrong with a form, by the answer to it. The server names the field; what is wrong with a text follows from the text. */
export function mistakeOf(
  status: number,
  field: string | undefined,
  text: string,
): keyof ElementWords['wrong'] {
  if (status === 429) return 'tooMany'
  if (status === 403) return 'shut'
  if (field === 'name' || field === 'email') return field
  if (field === 'text') return text.trim() === '' ? 'text' : text.length > 4000 ? 'tooLong' : 'unreadable'
  return field === 'form' ? 'expired' : 'closed'
}
