import { creditAtEnd, endsSentence, isPhotoCredit, photoStart } from '../../ingest/furniture.ts'
import { creditWords } from '../../ingest/phrases/photo-credits.ts'
import type { Element, Line } from './page-dom.ts'

/** The most words of a credit without a label; more are a text of names. */
const maxNames = 8

/**
 * Tells whether a line is a photo credit and nothing else: a label and names, or names with a sign such as `©`. A line with words in
 * small letters also is a caption or a sentence.
 */
export function isBareCredit(line: string): boolean {
  if (!isPhotoCredit(line) || endsSentence(line.replace(/[)\]\s]+$/, ''))) return false
  const credit = creditAtEnd(line)
  const before = line.slice(0, line.length - credit.length)
  // What stands before a label is a caption: `Kim Tremblay (Photo: Ana Roy)`.
  if (/\p{L}/u.test(before) && credit.includes(':')) return false
  const words = wordsOfCredit(line.replace(photoStart, ''))
  return words.length <= maxNames && words.every(isNameOrCreditWord)
}

/**
 * Tells whether a line certainly is a caption with its credit, and no sentence: it begins with a label, or `©` stands behind a
 * separator: `Bild: Logo des Preises (dpa/Kim Roy)`, `Logo des Preises | © Kim Roy`.
 */
export const isCreditedCaption = (line: string): boolean =>
  isPhotoCredit(line) &&
  !endsSentence(line) &&
  (photoStart.test(line.slice(0, 60)) || /\s[|–—-]\s*©[^©]*$/.test(line))

/**
 * Returns a line without the photo credit at its end. A credit without a label and a colon is one only in a caption; in
 * a paragraph, it may be part of the sentence.
 */
export function withoutCredit({ text, element }: Line): string {
  const credit = creditAtEnd(text)
  if (credit === '' || !(credit.includes(':') || isOfPicture(element))) return text
  // The full stop before the label belongs to the text.
  const before = `${text.slice(0, -credit.length)}${/^[.!?]/.exec(credit)?.[0] ?? ''}`.trimEnd()
  return /\p{L}/u.test(before) ? before : text
}

/** Tells whether an element is a caption by its name or its place: in a figure, or behind or beside a picture. */
function isOfPicture(element: Element): boolean {
  const before = element.previousElementSibling
  return (
    element.closest('figure, figcaption, [class*="caption" i]') !== null ||
    element.querySelector('img') !== null ||
    (before !== null && (before.localName === 'img' || before.querySelector('img') !== null))
  )
}

/** Tells whether a line is a notice on rights without a sentence of its own: `© 2024 Le Journal. Tous droits réservés.` */
export function isRightsNotice(line: string): boolean {
  if (line.length > maxNoticeCharacters) return false
  const others = line.replace(rights, ' ')
  return (others !== line || line.startsWith('©')) && wordsOfCredit(others).every(isNameOrCreditWord)
}

const rights =
  /tous droits réservés|all rights reserved|alle rechte vorbehalten|todos los derechos reservados|copyright(?=\s*(?:©|\(c\)|\d))/giu
const maxNoticeCharacters = 120

const wordsOfCredit = (line: string): readonly string[] => line.match(/[\p{L}\d]+/gu) ?? []

const isNameOrCreditWord = (word: string): boolean => creditWords.has(word) || /^[\p{Lu}\d]/u.test(word)
