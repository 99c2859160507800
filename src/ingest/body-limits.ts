import { maxArticleBytes } from '../domain/article.ts'

/** The limits of a body. Characters are counted as UTF-16 code units, while the body is cleaned. */
export interface BodyLimits {
  tags: number
  /** The number of `a` elements: each has an address that is parsed. */
  links: number
  /** The number of `iframe` elements: each becomes the frame of a player, with many attributes. */
  frames: number
  attributes: number
  /** The number of `&` and `<`, which become character references of several characters. */
  references: number
  characters: number
}

/**
 * The limits of a body that an author sends. While it is cleaned, a body may be longer than an article, because
 * addresses of the site itself are absolute then and become paths later.
 */
export const inputLimits: BodyLimits = {
  tags: 20_000,
  links: 5_000,
  frames: 1_000,
  attributes: 20_000,
  references: 100_000,
  characters: 2 * maxArticleBytes,
}

/**
 * The limits of a body from a backup: those that an earlier version had. A body that could once be saved can always be
 * restored.
 */
export const backupLimits: BodyLimits = {
  tags: 40_000,
  links: Number.POSITIVE_INFINITY,
  frames: Number.POSITIVE_INFINITY,
  attributes: Number.POSITIVE_INFINITY,
  references: Number.POSITIVE_INFINITY,
  characters: Number.POSITIVE_INFINITY,
}

/** The limit of a single tag, also in bodies from a backup: a cleaned tag has far fewer attributes. */
const maxTagAttributes = 256

/** Returns what a body has too much of to be parsed; undefined if it is within its limits. Takes linear time. */
export const excessOf = (html: string, limits: BodyLimits): string | undefined =>
  excessOfTags(html, limits) ??
  excessOfLinks(html, limits) ??
  excessOfFrames(html, limits) ??
  excessOfReferences(html, limits) ??
  excessOfAttributes(html, limits)

/** Returns the reason if a body has too many tags, comments and the like. */
export const excessOfTags = (html: string, { tags }: BodyLimits): string | undefined =>
  hasMore(html, ['<'], tags, (at) => /^[a-z!?/]/i.test(html.charAt(at + 1)))
    ? `has more than ${tags} tags; split it`
    : undefined

const excessOfLinks = (html: string, { links }: BodyLimits): string | undefined =>
  hasMore(html, ['<'], links, (at) => /^a[\s/>]/i.test(html.slice(at + 1, at + 3)))
    ? `has more than ${links} links; split it`
    : undefined

const excessOfFrames = (html: string, { frames }: BodyLimits): string | undefined =>
  hasMore(html, ['<'], frames, (at) => /^iframe/i.test(html.slice(at + 1, at + 7)))
    ? `has more than ${frames} frames; remove some`
    : undefined

const excessOfReferences = (html: string, { references }: BodyLimits): string | undefined =>
  hasMore(html, ['&', '<'], references)
    ? `has more than ${references} characters & and <; split it`
    : undefined

/** Tells whether characters are more than `max` times at counted places; counting ends soon after `max`. */
function hasMore(
  html: string,
  characters: readonly string[],
  max: number,
  isCounted: (at: number) => boolean = () => true,
): boolean {
  if (max === Number.POSITIVE_INFINITY) return false
  let count = 0
  for (const character of characters) {
    for (let at = html.indexOf(character); at !== -1 && count <= max; at = html.indexOf(character, at + 1)) {
      if (isCounted(at)) count += 1
    }
  }
  return count > max
}

/**
 * Matches one attribute, as the HTML parser reads it (HTML §13.2.5.32). The parser compares each attribute's name with
 * all names before it in the same tag, which takes quadratic time.
 */
const attribute = /[\s/]*[^\s/>][^\s/>=]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"'][^\s>]*)?)?/

/**
 * Returns what is wrong if the document, or one tag of it, has too many attributes. Where a comment ends is not known
 * here, so each `<` with a letter counts as the beginning of a tag. Each position is examined once, so the time is
 * linear.
 */
function excessOfAttributes(html: string, { attributes }: BodyLimits): string | undefined {
  /** The number of attributes of a tag from a position on. */
  const counts = new Map<number, number>()
  const next = new RegExp(attribute, 'y')
  for (const { index, 0: start } of html.matchAll(/<[a-z][^\s/>]*(?=[\s/])/gi)) {
    const path: number[] = []
    let at = index + start.length
    for (next.lastIndex = at; !counts.has(at) && next.test(html); at = next.lastIndex) path.push(at)
    let count = counts.get(at) ?? 0
    for (const position of path.reverse()) counts.set(position, ++count)
    if (count > maxTagAttributes)
      return `has a tag with more than ${maxTagAttributes} attributes; remove some`
    if (counts.size > attributes) return `has more than ${attributes} attributes; split it`
  }
  return undefined
}
