import { wordsIn } from '../domain/language.ts'
import type { CommonName, NetworkNote, Verb } from '../domain/share.ts'

/**
 * The label of a share link: an optional verb, a name and an optional note. The words themselves are in the
 * file of each language (src/domain/languages).
 */
export interface Label {
  verb?: Verb
  /** The name of a network, which is the same in all languages, or the key of a name that is translated. */
  name: string | { common: CommonName }
  note?: NetworkNote
}

/**
 * The label of a share link in one language, in three pieces: the text before the name, the name, and the text
 * after it.
 */
export interface WordedLabel {
  before: string
  name: string
  after: string
}

const labelWith =
  (verb: Verb) =>
  (name: Label['name'], note?: NetworkNote): Label => ({ verb, name, ...(note && { note }) })

/** Makes the label of a network on which a reader shows the article to many people. */
export const shareOn = labelWith('shareOn')

/** Makes the label of a network on which a reader shows the article to colleagues at work. */
export const shareIn = labelWith('shareIn')

/** Makes the label of a network through which a reader sends the article to somebody. */
export const sendVia = labelWith('sendVia')

/** Makes the label for sending the article by email or by other means that belong to no network. */
export const sendBy = (common: CommonName): Label => ({ verb: 'sendBy', name: { common } })

/** Makes the label of a service in which a reader keeps the article for later. */
export const saveTo = labelWith('saveTo')

/** Makes the label of a network that runs on a server of the reader's choice. */
export const shareOnServer = (name: string): Label => shareOn(name, 'yourServer')

/** Returns the label of a share link in the language that a language tag such as `fr-CA` identifies. */
export function labelIn({ verb, name, note }: Label, tag: string): WordedLabel {
  const { verbs, names, notes } = wordsIn(tag).share
  const [before = '', after = ''] = verb ? verbs[verb].split('{}') : []
  const said = typeof name === 'string' ? name : names[name.common]
  return { before, name: note ? `${said} (${notes[note]})` : said, after }
}

/** Joins the pieces of a label into one text. */
export const textOf = ({ before, name, after }: WordedLabel): string => before + name + after
