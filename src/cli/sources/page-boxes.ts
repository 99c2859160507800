import { type Element, linesOf, type Page } from './page-dom.ts'
import { isProse } from './page-prose.ts'

/** Words of a class or id that say that a part of a page is not the text of the article. Such a part often holds prose of its own. */
const otherTexts = phrasesOf(
  'newsletter related relatedposts recommend recommended recommendations cookie cookies consent advert adverts advertisement ' +
    'subscribe comment comments commentlist kommentare author-bio author-box authorbox about-author author-info author-card ' +
    'author-description author-profile author-avatar disclaimer disclosure affiliate relatedlinks relatedcontent more-on ' +
    'rec-posts saboxplugin outbrain taboola',
)

/** Words of a class or id of a part that holds buttons and links; with prose, it is more than that. */
const buttonTexts = phrasesOf(
  'share shares sharing sharedaddy social socials breadcrumb breadcrumbs promo promos tag-list taglist read-more readmore toolbar ' +
    'pagination skip-link credit credits copyright tag-links postmetadata post-ratings ratings rating submenu sub-menu ' +
    'menu crumb crumbs kommentar entry-utility wishlist',
)

/** Words that a class or id may have beside these: they say what kind of box it is, where it is, or of what. */
const boxWords = new Set(
  (
    'area article articles banner bar block body bottom box btn button buttons card cards container content count entry feed fixed footer ' +
    'form group header headline heading icon icons image inline inner item items left link links list main media menu module nav ' +
    'network networks news outer overlay page panel photo picture popup post posts promo row response respond right section sidebar ' +
    'signup single site sticky stories story teaser text thread title tool tools top view widget widgets wrap wrapper'
  ).split(' '),
)
const maxPrefixCharacters = 4
const maxTokenCharacters = 100

function phrasesOf(names: string): ReadonlySet<string> {
  return new Set(names.split(' '))
}

const elsewhere = 'nav, form, dialog, [role="navigation"], [role="search"], [role="dialog"]'

/** Tells whether a class or id consists of one of the names and of words that name boxes: `comments`, `article-share-buttons`. */
function isNamed(token: string, names: ReadonlySet<string>): boolean {
  if (token.length > maxTokenCharacters) return false
  const words = token
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter(Boolean)
  const rest = words.filter((word, at) => {
    const isName =
      names.has(word) || names.has(`${word}-${words[at + 1]}`) || names.has(`${words[at - 1]}-${word}`)
    // The first word may be the prefix of a theme: `td-share`.
    const isPrefix = at === 0 && word.length <= maxPrefixCharacters && words.length > 1
    return !isName && !isPrefix && !boxWords.has(word) && !/^\d+$/.test(word)
  })
  const hasName = words.some((word, at) => names.has(word) || names.has(`${word}-${words[at + 1]}`))
  return hasName && rest.length === 0
}

/** The part of a page's text that furniture has at most; a larger part is more than furniture. */
const maxShareOfCharacters = 0.2

/**
 * Removes the parts of a page that are known not to belong to the text of an article. A heading, a part with the headline and a
 * part with much of the page's text stay, whatever their names are; a paragraph stays unless its class names another text. Prose in
 * a part that stays although its name resembles furniture loses this name, because Readability would remove it for the name.
 * `withProse` are the elements that contain prose (`elementsWithProse`).
 */
export function removeFurniture(
  page: Page,
  headline: Element | undefined,
  withProse: ReadonlySet<Element>,
): void {
  const all = page.querySelector('body')?.textContent.length ?? 0
  for (const part of page.querySelectorAll(`[class], [id], ${elsewhere}`)) {
    if (/^(?:html|body|main|article)$/.test(part.localName)) continue
    const isParagraph = /^(?:p|h[1-6])$/.test(part.localName)
    // A part within one that was removed already.
    if (!part.closest('body')) continue
    if (part.localName === 'p' && isOtherParagraph(part)) part.remove()
    else if (!isParagraph && isFurnitureBox(part, withProse)) {
      const isLarge = part.textContent.length > maxShareOfCharacters * all
      if (isLarge || (headline && part.contains(headline))) continue
      part.remove()
    } else if (resembling.test(namesOf(part)) && (isParagraph || withProse.has(part))) {
      for (const name of ['class', 'id']) part.removeAttribute(name)
    }
  }
}

/** All elements of a page that contain a line of prose; found once, because to look into each part takes too long. */
export function elementsWithProse(page: Page): ReadonlySet<Element> {
  const found = new Set<Element>()
  const body = page.querySelector('body')
  for (const line of body ? linesOf(body).filter(isProse) : [])
    for (let one: Element | null = line.element; one && !found.has(one); one = one.parentElement)
      found.add(one)
  return found
}

/** Tells whether the class of a paragraph says that it is another text; an id such as `comment` may be the target of a link. */
const isOtherParagraph = (paragraph: Element): boolean =>
  (paragraph.getAttribute('class') ?? '').split(/\s+/).some((token) => isNamed(token, otherTexts))

const resembling = /share|social|newsletter|related|promo|comment(?!s\b)|credit/i

const namesOf = (part: Element): string =>
  `${part.getAttribute('class') ?? ''} ${part.getAttribute('id') ?? ''}`

/** Tells whether a part of a page is a menu, a form, a box with another text, or a box of buttons without prose. */
export function isFurnitureBox(part: Element, withProse: ReadonlySet<Element>): boolean {
  if (part.matches(elsewhere) || isOtherText(part)) return true
  return !withProse.has(part) && tokensOf(part).some((token) => isNamed(token, buttonTexts))
}

/** Tells whether a class or id of a part says that it holds another text than the article. */
export const isOtherText = (part: Element): boolean =>
  tokensOf(part).some((token) => isNamed(token, otherTexts))

const tokensOf = (part: Element): string[] => namesOf(part).split(/\s+/).filter(Boolean)
