import { textOfHtml } from './text.ts'

/** The number of words at the beginning of a text that are compared. */
const maxWords = 20_000

/** A word; in scripts that do not part words by spaces, each character counts as a word. */
const word = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{M}\p{N}]+/gu

/**
 * Tells whether two bodies, as cleaned HTML, have mostly the same text: at least half of the pairs of adjacent words of the
 * shorter one also occur in the longer one. A body without words is like no other.
 */
export function isMostlySame(one: string, other: string): boolean {
  const [fewer, more] = [pairsOf(one), pairsOf(other)].sort((first, second) => first.size - second.size)
  if (!fewer || !more) return false
  if (fewer.size === 0) return false
  let common = 0
  for (const pair of fewer) if (more.has(pair)) common += 1
  return common * 2 >= fewer.size
}

/** The pairs of adjacent words. The first word forms a pair with the beginning of the text, so that one word is enough. */
function pairsOf(html: string): Set<string> {
  const words = ['']
  for (const [found] of textOfHtml(html).matchAll(word)) {
    if (words.push(found.toLowerCase()) > maxWords) break
  }
  return new Set(words.slice(1).map((one, at) => `${words[at]} ${one}`))
}
