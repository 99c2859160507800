// I/O: none; pure rules.
import { newComments, newReplies } from '../domain/notify.ts'
import { legalText, lineOf, nameLineOf } from '../domain/text.ts'

/** What a person has written into the form of a comment. */
export interface GivenComment {
  name: string
  email: string
  text: string
  /** The id of the comment that is answered; empty if none is. */
  parent: string
  /** Of what the person wants to be told: `replies` to this comment, and new `comments` on the article. */
  notify: readonly string[]
  /** The key of the question that is answered; empty if none is. */
  question: string
}

/** The fields of the form, as the person wrote them. No name or address has a line end, so none can begin a header of a mail. */
export const givenIn = (form: URLSearchParams): GivenComment => ({
  name: nameLineOf(form.get('name') ?? ''),
  email: lineOf(form.get('email') ?? ''),
  text: textIn(form),
  parent: lineOf(form.get('parent') ?? ''),
  notify: [newReplies, newComments].filter((one) => form.getAll('notify').includes(one)),
  question: lineOf(form.get('question') ?? ''),
})

/** The text of a comment in a form, with the line ends of Unix. */
export const textIn = (form: URLSearchParams): string =>
  legalText(form.get('text') ?? '').replace(/\r\n?/g, '\n')
