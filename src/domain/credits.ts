import { isAgency } from './agencies.ts'
import type { Article, Author } from './article.ts'
import { languages } from './language.ts'
import type { Site } from './site.ts'
import type { Language } from './words.ts'

/**
 * Returns whom programs are told as the authors of an article: its authors, or its agency if no author is
 * named. The list is empty if the article has neither.
 */
export const creditedIn = ({ authors, source }: Article): Author[] =>
  authors.length === 0 && source !== undefined ? [source] : authors

/**
 * Returns the web address of an author. The `url` of a stored author may be any text, because only the check of
 * input demands an address.
 */
export const webAddressOf = ({ url = '' }: Author): string | undefined =>
  /^https?:\/\//i.test(url) && URL.canParse(url) ? url : undefined

/**
 * Tells whether a name in an article's byline is known to be that of an organization and not of a person: the
 * article's own agency, the site, a known news agency, or a desk of a newsroom. A name of which nothing is known
 * counts as a person's.
 */
export function isOrganization(site: Site, { source }: Article, name: string): boolean {
  const own = [site.title, source?.name].map((one) => one?.toLowerCase())
  return own.includes(name.toLowerCase()) || isAgency(name) || isDesk(name)
}

/** The names of desks and newsrooms in Spanish, in which imports read pages, but which is no language of the site's own texts. */
const spanishDesk = /^(?:la |nuestra )?redacción(?: .*)?$/iu

/** Tells whether a name is that of a desk or of a whole newsroom in any of the languages, or in Spanish. */
const isDesk = (name: string): boolean =>
  spanishDesk.test(name.trim()) ||
  Object.values(languages).some(({ deskName }: Language) => deskName.test(name.trim()))
