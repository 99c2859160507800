import type { FC } from 'hono/jsx'
import { wordsIn } from '../../domain/language.ts'
import type { Site } from '../../domain/site.ts'

/**
 * Renders where the authors of feed readers can write to the site, if the settings say so: a link to an e-mail address (RFC
 * 6068) or to a web page.
 */
export const Contact: FC<{ site: Site }> = ({ site: { contact, language } }) =>
  contact === undefined ? null : (
    <p class="quiet">
      {wordsIn(language).feed.contact} <a href={hrefOf(contact)}>{contact.replace(/^https:\/\/|\/$/g, '')}</a>
    </p>
  )

/** Returns the link to a contact. In an e-mail link, everything before the `@` is encoded, because `?` or `&` would add headers. */
export function hrefOf(contact: string): string {
  if (contact.startsWith('https://')) return contact
  const at = contact.lastIndexOf('@')
  return `mailto:${encodeURIComponent(contact.slice(0, at))}${contact.slice(at)}`
}
