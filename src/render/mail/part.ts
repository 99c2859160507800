/** A part of a letter, from which both the plain text and the HTML are made. All texts are plain text and may be hostile. */
export type Part =
  | { kind: 'heading'; text: string }
  | { kind: 'paragraph'; text: string; isQuiet?: boolean }
  /** What somebody else has written. */
  | { kind: 'quote'; paragraphs: readonly string[] }
  | { kind: 'list'; items: readonly ListItem[] }
  /** A link that is the purpose of the letter. */
  | { kind: 'action'; text: string; url: string }
  | { kind: 'link'; text: string; url: string }
  | { kind: 'story'; story: Story }

/** An item of a list: a name, and what the letter says about it, which may be nothing. */
export interface ListItem {
  name: string
  detail: string
}

/** An article as letters show it. */
export interface Story {
  /** The article's language as a BCP 47 tag. */
  language: string
  kicker: string
  title: string
  url: string
  /** The correction that the letter is about. */
  note: string
  summary: string
  /** The authors and the date, in the language of the letter: one line that needs no cleaning. */
  credits: string
  /** Whether the story is the only one of the letter. */
  isOnly: boolean
}
