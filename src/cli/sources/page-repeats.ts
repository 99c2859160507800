import { rfc3339 } from '../../domain/instant.ts'
import { isLoneMarker, namesRole, parseByline } from '../../ingest/byline.ts'
import { endsSentence, fold, isDateLine, isExactLabel } from '../../ingest/furniture.ts'
import { parsePageDates } from '../../ingest/page-dates.ts'
import { dateWords } from '../../ingest/phrases/date-labels.ts'
import { keyOf } from './page-facts.ts'
import { parseNames, withoutLabels } from './page-names.ts'

/** The fields of an article that its page shows again around the text. */
export interface ShownFields {
  readonly title: string
  /** The names of the authors and agencies. */
  readonly names: readonly string[]
  readonly published: string | undefined
}

/** A longer line is a paragraph. */
const maxCharacters = 200

/**
 * Tells whether a line says nothing but what the fields hold: the title, or names, dates and labels such as `Par`, with the job
 * titles and places of a byline. A date is a field's if it is that of the publication, or if its label says that it is one of the
 * article. All other dates and numbers are text.
 */
export function isRepeated(text: string, fields: ShownFields): boolean {
  if (fold(text) === fold(fields.title)) return true
  if (text.length > maxCharacters) return false
  const { rest, published, updated, isLabelled, unclear } = parsePageDates(text)
  const dates = [published, updated].filter((date) => date !== undefined).length
  if (unclear.length > 0 || (text.match(years)?.length ?? 0) > Math.max(dates, 1)) return false
  if (published !== undefined && !isLabelled && !isSameMoment(published, fields.published)) return false
  const parts = rest.split(/\s*[|·•]\s*/).filter((part) => /[\p{L}\p{N}]/u.test(part))
  const isHeld = (part: string) => isOfFields(part, fields, dates > 0)
  return (dates > 0 || parts.length > 0) && (parts.every(isHeld) || isHeld(rest))
}

const years = /(?<!\d)(?:1[6-9]|20)\d{2}(?!\d)/g

/** Tells whether the parts of a line beside its dates are names of the fields, labels, or a byline of these names. */
function isOfFields(part: string, { names }: ShownFields, isBesideDate: boolean): boolean {
  if (isTimeLabel(part)) return true
  let others = part
  for (const name of names) others = others.replaceAll(name, ' ')
  const words = others.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  const isNamed = others !== part
  if ((isNamed || isBesideDate) && words.every((word) => isLabelWord(word))) return true
  if (!isNamed || (endsSentence(part) && !part.endsWith(')'))) return false
  const known = new Set(names.map(keyOf))
  return [parseByline(part), parseNames(withoutLabels(part))].some(
    (byline) =>
      byline !== undefined &&
      (byline.doubtful ?? []).every(namesRole) &&
      [...byline.authors, ...byline.agencies].every((name) => known.has(keyOf(name))),
  )
}

const isLabelWord = (word: string): boolean =>
  !/\d/.test(word) && (dateWords.has(word) || joiningWords.has(word) || isLoneMarker(word))

const joiningWords = new Set('und sowie y e pour avec mit für con for of with'.split(' '))

/** Tells whether a date of a line is that of the publication; times may be in two zones, which share the minutes of the hour. */
function isSameMoment(shown: string, published: string | undefined): boolean {
  if (published === undefined) return false
  const minutes = (date: string) => /T\d{2}:(\d{2})/.exec(date)?.[1]
  const [one, other] = [minutes(shown), minutes(published)]
  const instant = Date.parse(published)
  const days = [published.slice(0, 10), Number.isNaN(instant) ? '' : rfc3339(instant).slice(0, 10)]
  return days.includes(shown.slice(0, 10)) && (one === undefined || one === other)
}

/**
 * Tells whether a line is a label of a date without a date, or the time that the reading takes or that has passed since the
 * publication. A duration such as `45 minutes` is text.
 */
export const isTimeLabel = (text: string): boolean =>
  isDateLine(text) && (/^\D*$/.test(text) || (isExactLabel(text) && timeWords.test(text)))

const timeWords =
  /\b(?:lectures?|lire|lues?|read|reading|lesezeit|lesedauer|lectura|leer|lettura|leitura|il y a|ago|vor|hace|since)(?!\p{L})/iu

/** Tells whether a line consists of labels of pages: a button, a counter, the name of a network, or the label of a time. */
export const isPageLabel = (text: string): boolean =>
  isTimeLabel(text) || (isExactLabel(text) && !isDateLine(text))
