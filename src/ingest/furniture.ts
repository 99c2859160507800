import {
  advertisements,
  buttons,
  dateWords,
  leads,
  navigation,
  networkButtons,
  networks,
  notices,
} from './phrases.ts'

/** No button is longer; keeps every pattern below away from long lines. */
const maxLabelCharacters = 120
const maxTitleCharacters = 200

const strong = new Set(
  [...buttons, ...buttons.map(asSentence), ...advertisements, ...buttonsOf(networks)].map(labelOf),
)
const weak = new Set(networks.map(labelOf))
const breaks = new Set(advertisements.map(labelOf))
const above = new Set(navigation.map(labelOf))
const foldedLeads = leads.map(fold)
const foldedNotices = notices.map(fold)

function buttonsOf(names: readonly string[]): string[] {
  return networkButtons.flatMap((button) => names.map((name) => `${button} ${name}`))
}

/** A notice of some words may end with a full stop; `share.` is the end of somebody's sentence, and no button. */
function asSentence(phrase: string): string {
  return phrase.split(' ').length < 4 ? phrase : `${phrase}.`
}

/** A text as it is compared: lower case, one kind of apostrophe, one kind of space. */
export function fold(text: string): string {
  return text.toLowerCase().replace(/[’ʼ]/g, "'").replace(/\s+/g, ' ').trim()
}

/** Whether a line is furniture wherever it stands: a known button, form, counter, or lead to another article. */
export function isFurniture(line: string): boolean {
  if (line === '' || line.length > maxTitleCharacters) return false
  if (line.length <= maxLabelCharacters && isLabelOf(line, strong)) return true
  return isLead(line)
}

/** Whether a line is furniture above the title: also a notice, a section's name or a path to the page. */
export function isFurnitureAbove(line: string): boolean {
  return isFurnitureAround(line) || isNotice(line) || isNavigation(line)
}

/** Whether a line is furniture between title and body: also a date or a network's name. */
export function isFurnitureAround(line: string): boolean {
  return isDateLine(line) || isFurniture(line) || isNetworkName(line)
}

/** Whether a line does nothing but say when the page was published or updated, or how long it takes to read. */
function isDateLine(line: string): boolean {
  if (line.length > maxLabelCharacters || !/\d|hier|aujourd|yesterday|today|just now/i.test(line))
    return false
  const words = line.toLowerCase().match(/\p{L}+/gu) ?? []
  return words.every((word) => dateWords.has(word))
}

/** Whether a line ends as a sentence does, or is too long for a label or a headline. */
function isProse(line: string): boolean {
  return line.length > 140 || endsSentence(line)
}

/** Whether a line ends with a full stop or its like, closing marks after it allowed. */
export function endsSentence(line: string): boolean {
  return /[.!?…][»”’"')\]\s]*$/.test(line.slice(-12))
}

/**
 * The lines of a body, blank where furniture stood. Known furniture goes wherever it stands, and a network's
 * name goes with the button above it. After the last prose everything goes from the first known furniture on:
 * what stands below a share button or a comment form is no longer the article.
 */
export function withoutFurniture(lines: readonly string[]): string[] {
  const kept: string[] = []
  let aboveWent = false
  for (const line of lines.slice(0, endOf(lines))) {
    const goes: boolean = isFurniture(line) || (aboveWent && isNetworkName(line))
    kept.push(goes ? '' : line)
    if (line) aboveWent = goes
  }
  return kept
}

/** Where the article is over: at the first furniture after its last prose, or at the end of the lines. */
function endOf(lines: readonly string[]): number {
  const tail = lines.findLastIndex((line) => isProse(line) && !isClosing(line)) + 1
  let end = lines.findIndex((line, index) => index >= tail && isClosing(line))
  if (end === -1) return lines.length
  while (end > tail && isNetworkName(lines[end - 1] ?? '')) end -= 1
  return end
}

const isClosing = (line: string): boolean =>
  isNotice(line) || (isFurniture(line) && !breaks.has(labelOf(line)))

/** `Accueil > Monde > Asie`, `Sports`. */
function isNavigation(line: string): boolean {
  if (line.length > maxLabelCharacters) return false
  const [first = '', ...others] = line.split(/[>›»/|]/).map(labelOf)
  return (
    above.has(first) && (others.length === 0 || first === 'accueil' || first === 'home' || areAll(others))
  )
}

const areAll = (labels: readonly string[]): boolean =>
  labels.every((label) => above.has(label) || strong.has(label))

/** One network's name, or several on one line: `Facebook X LinkedIn`. */
function isNetworkName(line: string): boolean {
  if (line === '' || line.length > maxLabelCharacters) return false
  const words = labelOf(line).split(' ')
  return words.every((word) => weak.has(word)) || isLabelOf(line, weak)
}

/** Whether the line, or each part of it between bars and bullets, is a label of the table. */
function isLabelOf(line: string, table: ReadonlySet<string>): boolean {
  if (table.has(labelOf(line))) return true
  if (!/[|·•]/.test(line)) return false
  const labels = line.split(/[|·•]/).map(labelOf).filter(Boolean)
  return (
    labels.some((label) => table.has(label)) && labels.every((label) => table.has(label) || weak.has(label))
  )
}

/** The words of a button, without counts, bullets and most punctuation: quotation marks and full stops mean speech. */
function labelOf(line: string): string {
  return fold(line)
    .replace(/\d+(?:[.,\s]\d+)*(?:[km]\b)?/g, '#')
    .replace(/^[^\p{L}«»“”"]+|[^\p{L}«»“”".]+$/gu, '')
}

function isLead(line: string): boolean {
  if (!/[:|]/.test(line) || line.endsWith('.')) return false
  const label = labelOf(line.split(/[:|]/, 1)[0] ?? '')
  return foldedLeads.includes(label)
}

function isNotice(line: string): boolean {
  if (line.length < 20 && !line.startsWith('©')) return false
  const beginning = fold(line.slice(0, 60))
  return foldedNotices.some((notice) => beginning.startsWith(notice))
}
