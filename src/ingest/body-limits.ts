import { maxArticleBytes } from '../domain/article.ts'
import type { OnElement } from './fragment.ts'

/** The limits of a body. Characters are counted as UTF-16 code units, while the body is cleaned. */
export interface BodyLimits {
  tags: number
  /** The number of `a` elements that the parser makes: each has an address that is parsed. */
  links: number
  /** The number of `srcset` attributes, also of `data-srcset` and the like: each has up to twenty addresses. */
  sets: number
  /** The number of `iframe` elements: each becomes the frame of a player, with many attributes. */
  frames: number
  attributes: number
  /** The number of `&` and `<`, which become character references of several characters. */
  references: number
  /** The number of words: the parser makes a token of each run of white space, and of each run of other characters. */
  words: number
  characters: number
}

/**
 * The limits of a body that an author sends. While it is cleaned, a body may be longer than an article, because
 * addresses of the site itself are absolute then and become paths later.
 */
export const inputLimits: BodyLimits = {
  tags: 20_000,
  links: 5_000,
  sets: 1_000,
  frames: 1_000,
  attributes: 20_000,
  references: 100_000,
  words: 300_000,
  characters: 2 * maxArticleBytes,
}

/**
 * The limits of a body from a backup: those that an earlier version had. A body that could once be saved can always be
 * restored.
 */
export const backupLimits: BodyLimits = {
  tags: 40_000,
  links: Number.POSITIVE_INFINITY,
  sets: Number.POSITIVE_INFINITY,
  frames: Number.POSITIVE_INFINITY,
  attributes: Number.POSITIVE_INFINITY,
  references: Number.POSITIVE_INFINITY,
  words: Number.POSITIVE_INFINITY,
  characters: Number.POSITIVE_INFINITY,
}

/**
 * The characters of all attributes of all elements, also in bodies from a backup: twice as many as a body can have
 * that repeats none.
 */
const maxAttributeCharacters = 2 * maxArticleBytes

/** The limit of a single tag, also in bodies from a backup: a cleaned tag has far fewer attributes. */
const maxTagAttributes = 256

/** What a body has too much of, found while it is parsed; the message is the reason. */
export class Excess extends Error {}

/**
 * Creates a function that counts the elements of one body, and throws an `Excess` if it has too many of a kind. Only
 * the parser knows the elements: it makes a link that is not closed anew in each paragraph, with its whole address.
 */
export function countElements({ links, sets, frames }: BodyLimits): OnElement {
  const counts = { links: 0, sets: 0, frames: 0, characters: 0 }
  return (tagName, attributes) => {
    if (tagName === 'a') counts.links += 1
    if (tagName === 'iframe') counts.frames += 1
    for (const { name, value } of attributes) {
      if (name.endsWith('srcset')) counts.sets += 1
      counts.characters += value.length
    }
    if (counts.links > links)
      throw new Excess(
        `has more than ${links} links, those that are not closed counted in each paragraph; split it`,
      )
    if (counts.frames > frames) throw new Excess(`has more than ${frames} frames; split it`)
    if (counts.sets > sets) throw new Excess(`has more than ${sets} srcset attributes; split it`)
    if (counts.characters > maxAttributeCharacters)
      throw new Excess(
        'has a link with a long address that is not closed and so is in each paragraph; close it',
      )
  }
}

/** Returns what a body has too much of to be parsed; undefined if it is within its limits. Takes linear time. */
export const excessOf = (html: string, limits: BodyLimits): string | undefined =>
  excessOfTags(html, limits) ??
  excessOfReferences(html, limits) ??
  excessOfWords(html, limits) ??
  excessOfAttributes(html, limits)

/** Returns the reason if a body has too many tags, comments and the like. */
export const excessOfTags = (html: string, { tags }: BodyLimits): string | undefined =>
  hasMore(html, /<(?=[a-z!?/])/i, tags) ? `has more than ${tags} tags; split it` : undefined

const excessOfReferences = (html: string, { references }: BodyLimits): string | undefined =>
  hasMore(html, /[&<]/, references) ? `has more than ${references} characters & and <; split it` : undefined

const excessOfWords = (html: string, { words }: BodyLimits): string | undefined =>
  hasMore(html, /[\t\n\f\r ](?![\t\n\f\r ])/, words) ? `has more than ${words} words; split it` : undefined

/**
 * Tells whether a pattern matches more than `max` times; counting ends soon after `max`. The pattern must match in
 * linear time.
 */
export function hasMore(text: string, pattern: RegExp, max: number): boolean {
  if (max === Number.POSITIVE_INFINITY) return false
  const next = new RegExp(pattern, `g${pattern.flags}`)
  let count = 0
  while (count <= max && next.test(text)) count += 1
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
