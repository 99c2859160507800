import { wordsIn } from '../domain/language.ts'
import type { CommonName, NetworkNote, Verb } from '../domain/share.ts'

/** What a share link is called: a verb, if any, and a name with a note, if any. Each language words them itself. */
export interface Label {
  verb?: Verb
  /** The name of a network, which is the same in all languages, or one that each language has a word for. */
  name: string | { common: CommonName }
  note?: NetworkNote
}

/** A label in one language: what stands before the name, the name, and what stands after it. */
export interface WordedLabel {
  before: string
  name: string
  after: string
}

const labelWith =
  (verb: Verb) =>
  (name: Label['name'], note?: NetworkNote): Label => ({ verb, name, ...(note && { note }) })

/** The label of a network on which a reader shows the article to many. */
export const shareOn = labelWith('shareOn')

/** The label of a network on which a reader shows the article to the people they work with. */
export const shareIn = labelWith('shareIn')

/** The label of a network by which a reader sends the article to somebody. */
export const sendVia = labelWith('sendVia')

/** The label of a way to send the article that belongs to no network. */
export const sendBy = (common: CommonName): Label => ({ verb: 'sendBy', name: { common } })

/** The label of a network in which a reader keeps the article for later. */
export const saveTo = labelWith('saveTo')

/** The label of a network on the reader's own server. */
export const shareOnServer = (name: string): Label => shareOn(name, 'yourServer')

/** The label in the language of a tag. */
export function labelIn({ verb, name, note }: Label, tag: string): WordedLabel {
  const { verbs, names, notes } = wordsIn(tag).share
  const [before = '', after = ''] = verb ? verbs[verb].split('{}') : []
  const said = typeof name === 'string' ? name : names[name.common]
  return { before, name: note ? `${said} (${notes[note]})` : said, after }
}

/** A label as one text. */
export const textOf = ({ before, name, after }: WordedLabel): string => before + name + after
