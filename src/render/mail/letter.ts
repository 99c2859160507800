import { directionOf } from '../../domain/language.ts'
import { shortened } from '../../domain/text.ts'
import { htmlOf } from './html.ts'
import type { Part } from './part.ts'
import { plainLine } from './plain-line.ts'
import { textOf } from './text.ts'

/** The text of a mail: its subject, and the same content as plain text and as a whole HTML document. */
export interface Letter {
  subject: string
  text: string
  html: string
}

/** A letter before it is written. */
interface Draft {
  subject: string
  /** The language of the letter as a BCP 47 tag. */
  language: string
  /** The name of the site, which stands above the letter, and the site's address. */
  site: { title: string; url: string }
  parts: readonly Part[]
  /** What stands below the letter: why a person gets it, the links, and who sent it. */
  foot: readonly Part[]
}

/** The maximum length of a subject. Mail programs show at most half of it. A subject without a visible character is the site's name. */
const maxSubjectCharacters = 200

/** Writes a letter as plain text and as HTML. Both have the same content, since both are made from the same parts. */
export function writeLetter({ subject: written, language, site, parts, foot }: Draft): Letter {
  const subject = shortened(plainLine(written) || plainLine(site.title), maxSubjectCharacters)
  return {
    subject,
    text: textOf(site, parts, foot),
    html: htmlOf({ title: subject, language, direction: directionOf(language), site, parts, foot }),
  }
}
