import { accountButtons } from './phrases/account-buttons.ts'
import { advertisements } from './phrases/advertisements.ts'
import { commentLabels } from './phrases/comments.ts'
import { dateWords } from './phrases/date-labels.ts'
import { authorLabels, subheadingLabels } from './phrases/headings.ts'
import { generalLeads, leads, openButtons, openLeads } from './phrases/leads.ts'
import { navigation } from './phrases/navigation.ts'
import { networkButtons, networks, soloButtons } from './phrases/networks.ts'
import { pageButtons } from './phrases/page-buttons.ts'
import { creditWords, photoAgencies, photoLabels } from './phrases/photo-credits.ts'
import { relatedLabels } from './phrases/related.ts'
import { sharingButtons } from './phrases/sharing-buttons.ts'
import { telephone } from './telephone.ts'

/**
 * The maximum length of a button's text. A longer line is not compared with the known texts, because the
 * comparison would be slow.
 */
const maxLabelCharacters = 120
const maxTitleCharacters = 200
/** A longer sentence that begins like a button is text of the article. */
const maxButtonCharacters = 60

const related = new Set(relatedLabels.map(labelOf))
const comments = new Set([...commentLabels, ...commentLabels.map(asSentence)].map(labelOf))
const buttons = [...sharingButtons, ...accountButtons, ...pageButtons, ...soloButtons]
const strong = new Set([
  ...[...buttons, ...buttons.map(asSentence), ...advertisements, ...buttonsOf(networks)].map(labelOf),
  ...related,
  ...comments,
])
const weak = new Set(networks.map(labelOf))
const aboutAuthor = new Set(authorLabels.map(labelOf))
const subheadings = new Set(subheadingLabels.map((label) => withoutAccents(fold(label))))
const timeUnits =
  /\b(?:mins?|minut\p{L}*|heures?|hours?|hrs|stunden?|horas?|jours|days|tage?n?|días|semaines?|weeks?|mois|months?|secondes|hier|ayer|gestern|yesterday|today|heute|hoy)(?!\p{L})/iu
const breaks = new Set(advertisements.map(labelOf))
const above = new Set(navigation.map(labelOf))
const foldedLeads = new Set(leads.map(labelOf))
const foldedGeneralLeads = new Set(generalLeads.map(labelOf))
const foldedOpenLeads = byFirstCharacter(openLeads)
const foldedOpenButtons = byFirstCharacter(openButtons)

/** Beginnings of lines by their first character, so that a line is compared with few of them. */
export type Beginnings = ReadonlyMap<string, readonly string[]>

/** Groups the beginnings of lines, in the form of `fold`, by their first character. */
export function byFirstCharacter(phrases: readonly string[]): Beginnings {
  return Map.groupBy(phrases.map(fold), (phrase) => phrase.charAt(0))
}

function buttonsOf(names: readonly string[]): string[] {
  return [...networkButtons, ...soloButtons].flatMap((button) => names.map((name) => `${button} ${name}`))
}

/**
 * Adds a full stop to a phrase of at least four words, because some pages write a long phrase as a sentence. A shorter phrase
 * gets no full stop, because a line such as `share.` is the end of a sentence and not a button.
 */
function asSentence(phrase: string): string {
  return phrase.split(' ').length < 4 ? phrase : `${phrase}.`
}

/** Normalizes a text for comparison: lower case, one kind of apostrophe, of quotation mark and of space. */
export function fold(text: string): string {
  const lower = text.toLowerCase()
  // Most lines have none of these characters, and this function runs several times for each line.
  if (!/[‘’ʼ`´“”„]|[^\S ]| {2}|^ | $/.test(lower)) return lower
  return lower
    .replace(/[‘’ʼ`´]/g, "'")
    .replace(/[“”„]/g, '"')
    .replace(/\s+/g, ' ')
    .trim()
}

/**
 * Tells whether a line is page furniture at any position: a known button, form or counter, or a link to another
 * article.
 */
export const isFurniture = (line: string): boolean => isButtonOrLink(line) || isPhotoCredit(line)

/** Tells whether a line is a known button, form or counter, or a link to another article. */
const isButtonOrLink = (line: string): boolean => kindOfLabel(line) !== undefined || isLink(line)

/** Tells whether a line begins like a link to another article or like a button. */
export const isLink = (line: string): boolean =>
  line !== '' &&
  line.length <= maxTitleCharacters &&
  (/^[←→]/.test(line) || isLead(line) || isOpenLead(line) || isOpenButton(line))

/**
 * Tells what the label that a line consists of stands for: an advertisement, the comments of readers, links to other articles, or
 * a button or counter. Returns undefined if the line is no known label.
 */
export function kindOfLabel(
  line: string,
): 'advertisement' | 'comments' | 'related' | 'furniture' | undefined {
  if (line === '' || line.length > maxLabelCharacters) return undefined
  const labels = labelsOf(line)
  if (!isIn(labels, strong)) return undefined
  if (isIn(labels, breaks)) return 'advertisement'
  if (isIn(labels, comments)) return 'comments'
  return isIn(labels, related) ? 'related' : 'furniture'
}

/**
 * Tells whether a line consists of known labels and nothing else, such as buttons and counters, the names of social
 * networks, or a reading time: such a line certainly is no part of an article. Behind a dash, or before a question or exclamation
 * mark, the words of a label may be text.
 */
export const isExactLabel = (line: string): boolean =>
  line.length <= maxLabelCharacters &&
  !/^[–—-]\s|[?!]$/.test(line) &&
  (isLabelOf(line, strong) || isNetworkName(line) || isTimeLabel(line))

/** Tells whether a line is a label of a date, or a reading time or the time since something: `Il y a 3 heures`. */
const isTimeLabel = (line: string): boolean => isDateLine(line) && (!/\d/.test(line) || timeUnits.test(line))

/** Tells whether a line is a label that may also be a subheading in an article, such as `Contact`. */
export const isLabelOrSubheading = (line: string): boolean =>
  line.length <= maxLabelCharacters && subheadings.has(withoutAccents(fold(line)))

/** Tells whether a line is the heading of a text about the author: `About the author`, `Zur Person`. */
export const isAuthorHeading = (line: string): boolean =>
  line !== '' && line.length <= maxLabelCharacters && isLabelOf(line, aboutAuthor)

/** Tells whether a line is the label of an advertisement, behind which the article continues. */
export const isAdvertisement = (line: string): boolean =>
  line !== '' && line.length <= maxLabelCharacters && breaks.has(labelOf(line))

/** The label with which a photo credit or a caption begins: `Photo:`, `Photo by`. */
export const photoStart: RegExp = new RegExp(
  `^[(\\[]?(?:©\\s?)?(?:${photoLabels.join('|')})(?:\\s*[:©|]|\\s+by\\s)`,
  'iu',
)
/** A credit at the end of a caption, behind a mark and a label. */
const labelledEnd = new RegExp(
  `[([.,;–—|/-]\\s?(?:©\\s?)?(?:${photoLabels.join('|')})\\s*:([^()]{0,80})\\)?$`,
  'iu',
)
/** The ends of captions that name the photographer or the agency. */
const photoEnds = [
  '©[^.!?]{0,100}',
  '\\((?:\\p{Lu}{2,}|Reuters|Getty Images)\\s?[/|][^()]{2,80}\\)',
  `[/|]\\s?(?:${photoAgencies.join('|')})\\)?`,
]
const photoEnd = new RegExp(`(?:${photoEnds.join('|')})$`, 'iu')
/** The maximum number of words with capitals in the names of a photo credit. */
const maxNameWords = 6

/**
 * Tells whether a line is a photo credit, or a caption with the credit at its beginning or end: `Photo: Kim Tremblay`,
 * `Le pont en mars (Foto: dpa)`, `© Reuters`, `Kim Tremblay / Getty Images`.
 */
export function isPhotoCredit(line: string): boolean {
  if (line === '' || line.length > maxTitleCharacters) return false
  if (line.startsWith('©') && line.length <= maxLabelCharacters) return true
  const start = photoStart.exec(line.slice(0, 60))?.[0]
  const named = start === undefined ? '' : line.slice(start.length)
  if (isNameOfCredit(named) || isNameBeforeCaption(named)) return true
  return creditAtEnd(line) !== ''
}

/** Returns the photo credit at the end of a line, with the mark before it; empty if there is none. */
export function creditAtEnd(line: string): string {
  const tail = line.slice(-120)
  const labelled = labelledEnd.exec(tail)
  if (labelled && isNameOfCredit(labelled[1]?.replace(/\.$/, '') ?? '')) return labelled[0]
  return photoEnd.exec(tail)?.[0] ?? ''
}

/** Tells whether a text begins with a name of two words and a caption: `Kim Tremblay Le pont en mars.` */
function isNameBeforeCaption(text: string): boolean {
  const [, first] = /^\s*(\p{Lu}\p{Ll}+) \p{Lu}[\p{L}'’-]+ \p{Lu}/u.exec(text) ?? []
  return first !== undefined && !creditWords.has(first.toLowerCase())
}

/** Tells whether the text behind the label of a photo consists of names, and is no sentence. */
function isNameOfCredit(text: string): boolean {
  if (text.length > maxLabelCharacters || endsSentence(text)) return false
  const words = text.match(/[\p{L}\d]+/gu) ?? []
  const names = words.filter((word) => !creditWords.has(word))
  const isNamed = names.length > 0 || words.some((word) => word.length > 2)
  return isNamed && names.length <= maxNameWords && names.every((word) => /^[\p{Lu}\d]/u.test(word))
}

/** Tells whether a line contains only the date of publication or update, or the reading time. */
export function isDateLine(line: string): boolean {
  if (line.length > maxLabelCharacters || !/\d|:$|hier|aujourd|yesterday|today|just now/i.test(line))
    return false
  const words = line.toLowerCase().match(/\p{L}+/gu) ?? []
  return words.every((word) => dateWords.has(word)) && (words.length > 0 || /\d/.test(line))
}

/**
 * Tells whether a line ends with a full stop or a similar mark, possibly followed by closing quotation marks or
 * brackets.
 */
export function endsSentence(line: string): boolean {
  return /[.!?…][»”’"')\]\s]*$/.test(line.slice(-12))
}

/** Tells whether a line is a navigation path or a section's name: `Accueil > Monde > Asie`, `Sports`. */
export function isNavigation(line: string): boolean {
  if (line.length > maxLabelCharacters) return false
  const [first = '', ...others] = line.split(/[>›»/|]/).map(labelOf)
  return (
    above.has(first) && (others.length === 0 || first === 'accueil' || first === 'home' || areAll(others))
  )
}

const areAll = (labels: readonly string[]): boolean =>
  labels.every((label) => above.has(label) || strong.has(label))

/** Tells whether a line consists of the names of one or more social networks: `Facebook X LinkedIn`. */
export function isNetworkName(line: string): boolean {
  if (line === '' || line.length > maxLabelCharacters) return false
  const words = labelOf(line).split(' ')
  return words.every((word) => weak.has(word)) || isLabelOf(line, weak)
}

/** Tells whether a line is a label of a table, or consists of several of them with `|` or bullets between them. */
const isLabelOf = (line: string, table: ReadonlySet<string>): boolean => isIn(labelsOf(line), table)

/** A line as a label, and its parts between `|` or bullets. */
interface Labels {
  whole: string
  parts: readonly string[]
}

const labelsOf = (line: string): Labels => ({
  whole: labelOf(line),
  parts: /[|·•]/.test(line) ? line.split(/[|·•]/).map(labelOf).filter(Boolean) : [],
})

const isIn = ({ whole, parts }: Labels, table: ReadonlySet<string>): boolean =>
  table.has(whole) ||
  (parts.some((label) => table.has(label)) && parts.every((label) => table.has(label) || weak.has(label)))

/**
 * Returns the words of a button without counts, bullets and most punctuation. Quotation marks and full stops
 * are kept because they are signs of prose.
 */
function labelOf(line: string): string {
  return withoutAccents(fold(line))
    .replace(telephone, 'telephone')
    .replace(/\d+(?:[.,\s]\d+)*(?:[km]\b)?/g, '#')
    .replace(/^[^\p{L}«»“”"]+|[^\p{L}«»“”".]+$/gu, '')
}

/** Tells whether a line begins like the heading of links, without a mark behind it: `Lire aussi sur …`. */
export const isEndlessLead = (line: string): boolean =>
  line.length <= maxLabelCharacters && isOpenLead(line) && !/[:|«“"]/.test(line)

function isOpenLead(line: string): boolean {
  const lead = beginningOf(line, foldedOpenLeads)
  if (lead === undefined || (endsSentence(line) && !/(?:…|\.\.\.)$/.test(line))) return false
  // A headline begins with a capital; a subheading may go on in small letters: `Lire aussi vite qu’un adulte`.
  const [, next = ''] =
    line.replace(/^[^\p{L}]+/u, '').match(`^(?:\\S+\\s+){${lead.split(' ').length}}(\\S+)`) ?? []
  return line.endsWith(':') || !/^\p{Ll}/u.test(next) || isOpenEnded.test(lead) || isOwnText.test(next)
}

/** The ends of beginnings behind which small letters are usual, and the words with which a newspaper names its own texts. */
const isOpenEnded =
  /(?: notre| about| on| from| here|d'infos|thema|sujet|article|artikel|artículo|interesar|anterior|siguiente)$/
const isOwnText =
  /^(?:notre|nos|our|unser|unsere|unseren|nuestr[oa]s?|l['’]article|le|la|les|the|el|los|las|der|die|das|den|dem)$/

const isOpenButton = (line: string): boolean =>
  beginsWith(line, foldedOpenButtons) && !(endsSentence(line) && line.length > maxButtonCharacters)

/** Tells whether a line begins with one of some phrases, as whole words. */
const beginsWith = (line: string, phrases: Beginnings): boolean => beginningOf(line, phrases) !== undefined

/** Returns the phrase with which a line begins, as whole words. */
function beginningOf(line: string, phrases: Beginnings): string | undefined {
  const beginning = fold(line.slice(0, 60)).replace(/^[^\p{L}©]+/u, '')
  return phrases
    .get(beginning.charAt(0))
    ?.find((phrase) => beginning.startsWith(phrase) && !/^[\p{L}\d]/u.test(beginning.slice(phrase.length)))
}

/** Capitals are often written without their accents. */
function withoutAccents(text: string): string {
  return /[^\0-\x7F]/.test(text) ? text.normalize('NFD').replace(/\p{M}/gu, '') : text
}

function isLead(line: string): boolean {
  if (!/[:|>]/.test(line) || line.endsWith('.')) return false
  const start = line.split(/[:|>]/, 1)[0] ?? ''
  const label = labelOf(start)
  if (foldedLeads.has(label)) return true
  const isMarked = line[start.length] !== ':' || start === start.toUpperCase()
  return isMarked && foldedGeneralLeads.has(label) && !endsSentence(line)
}
