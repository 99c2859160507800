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

/**
 * The maximum length of a button's text. A longer line is not compared with the known texts, because the
 * comparison would be slow.
 */
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

/**
 * Adds a full stop to a phrase of at least four words, because some pages write a long phrase as a sentence.
 * A shorter phrase gets no full stop, because a line such as `share.` is the end of a sentence and not a
 * button.
 */
function asSentence(phrase: string): string {
  return phrase.split(' ').length < 4 ? phrase : `${phrase}.`
}

/** Normalizes a text for comparison: lower case, one kind of apostrophe, one kind of space. */
export function fold(text: string): string {
  return text.toLowerCase().replace(/[’ʼ]/g, "'").replace(/\s+/g, ' ').trim()
}

/**
 * Tells whether a line is page furniture at any position: a known button, form or counter, or a link to another
 * article.
 */
export function isFurniture(line: string): boolean {
  if (line === '' || line.length > maxTitleCharacters) return false
  if (line.length <= maxLabelCharacters && isLabelOf(line, strong)) return true
  return isLead(line)
}

/**
 * Tells whether a line above the title is page furniture. Above the title, unlike in the body, notices, section
 * names and navigation paths are furniture.
 */
export function isFurnitureAbove(line: string): boolean {
  return isFurnitureAround(line) || isNotice(line) || isNavigation(line)
}

/**
 * Tells whether a line between the title and the body is page furniture. Between the title and the body, dates
 * and the names of social networks are furniture too.
 */
export function isFurnitureAround(line: string): boolean {
  return isDateLine(line) || isFurniture(line) || isNetworkName(line)
}

/** Tells whether a line contains only the date of publication or update, or the reading time. */
function isDateLine(line: string): boolean {
  if (line.length > maxLabelCharacters || !/\d|hier|aujourd|yesterday|today|just now/i.test(line))
    return false
  const words = line.toLowerCase().match(/\p{L}+/gu) ?? []
  return words.every((word) => dateWords.has(word))
}

/** Tells whether a line ends like a sentence, or is too long to be a label or a headline. */
function isProse(line: string): boolean {
  return line.length > 140 || endsSentence(line)
}

/**
 * Tells whether a line ends with a full stop or a similar mark, possibly followed by closing quotation marks or
 * brackets.
 */
export function endsSentence(line: string): boolean {
  return /[.!?…][»”’"')\]\s]*$/.test(line.slice(-12))
}

/**
 * Returns the lines of a body, with a blank line in place of each line of page furniture. A line of known
 * furniture is removed wherever it is; the name of a social network is removed if the line above it was
 * removed. After the article's last prose, everything from the first line of furniture on is removed, because
 * the text below a share button or a comment form does not belong to the article.
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

/**
 * Returns the number of the line at which the article ends: the first furniture after its last prose, or the
 * end of the page.
 */
function endOf(lines: readonly string[]): number {
  const tail = lines.findLastIndex((line) => isProse(line) && !isClosing(line)) + 1
  let end = lines.findIndex((line, index) => index >= tail && isClosing(line))
  if (end === -1) return lines.length
  while (end > tail && isNetworkName(lines[end - 1] ?? '')) end -= 1
  return end
}

const isClosing = (line: string): boolean =>
  isNotice(line) || (isFurniture(line) && !breaks.has(labelOf(line)))

/** Tells whether a line is a navigation path or a section's name: `Accueil > Monde > Asie`, `Sports`. */
function isNavigation(line: string): boolean {
  if (line.length > maxLabelCharacters) return false
  const [first = '', ...others] = line.split(/[>›»/|]/).map(labelOf)
  return (
    above.has(first) && (others.length === 0 || first === 'accueil' || first === 'home' || areAll(others))
  )
}

const areAll = (labels: readonly string[]): boolean =>
  labels.every((label) => above.has(label) || strong.has(label))

/** Tells whether a line consists of the names of one or more social networks: `Facebook X LinkedIn`. */
function isNetworkName(line: string): boolean {
  if (line === '' || line.length > maxLabelCharacters) return false
  const words = labelOf(line).split(' ')
  return words.every((word) => weak.has(word)) || isLabelOf(line, weak)
}

/**
 * Tells whether a line is one of the known button labels of `phrases.ts`, or consists of several of them with
 * `|` or bullets between them.
 */
function isLabelOf(line: string, table: ReadonlySet<string>): boolean {
  if (table.has(labelOf(line))) return true
  if (!/[|·•]/.test(line)) return false
  const labels = line.split(/[|·•]/).map(labelOf).filter(Boolean)
  return (
    labels.some((label) => table.has(label)) && labels.every((label) => table.has(label) || weak.has(label))
  )
}

/**
 * Returns the words of a button without counts, bullets and most punctuation. Quotation marks and full stops
 * are kept because they are signs of prose.
 */
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
