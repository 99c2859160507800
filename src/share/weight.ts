import { graphemesOf } from './graphemes.ts'

/** What every link weighs in a post, however long it is. */
export const linkWeight = 23

/** The ranges of characters that weigh one; every other weighs two (X, "Counting characters"). */
const light = [
  [0, 0x10ff],
  [0x2000, 0x200d],
  [0x2010, 0x201f],
  [0x2032, 0x2037],
] as const

/** What X makes a link of: an address with its scheme, or a bare domain with what follows it. */
const addresses = /(https?:\/\/)?[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+(?::\d+)?(?:[/?#]\S*)?/giu

/**
 * The weight of a text as X counts it, of 280. A bare domain is a link only where its ending is a registered one;
 * without that list it is taken for what weighs more, so a text that fits by this count fits there too.
 */
export function weightOf(text: string): number {
  const plain = text.normalize('NFC')
  let weight = 0
  let end = 0
  for (const { 0: address, 1: scheme, index } of plain.matchAll(addresses)) {
    weight += plainWeight(plain.slice(end, index))
    weight += scheme ? linkWeight : Math.max(linkWeight, plainWeight(address))
    end = index + address.length
  }
  return weight + plainWeight(plain.slice(end))
}

/** An emoji weighs two, whatever it is composed of; one that is none yet weighs what its characters do. */
const plainWeight = (text: string): number =>
  graphemesOf(text).reduce((sum, grapheme) => sum + (emoji.test(grapheme) ? 2 : sumOf(grapheme)), 0)

/** The emoji that there are (UTS #51), and key caps without their variation selector. */
const emoji = /^(?:\p{RGI_Emoji}|[0-9#*]\u20e3)$/v

const sumOf = (grapheme: string): number =>
  [...grapheme].reduce((sum, character) => sum + (isLight(character.codePointAt(0) ?? 0) ? 1 : 2), 0)

const isLight = (code: number): boolean => light.some(([first, last]) => first <= code && code <= last)
