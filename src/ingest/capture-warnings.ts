import { shortened } from '../domain/text.ts'
import type { Byline } from './byline.ts'
import type { CaptureHead } from './capture-head.ts'
import type { Headline } from './headline.ts'
import type { LineKind } from './main-text.ts'

/** What a capture was found to contain, from which the warnings follow. */
interface Findings {
  lines: readonly string[]
  kinds: readonly LineKind[]
  title: string
  /** The number of the line of the title, and what else is known of it. */
  at: number
  headline: Headline | undefined
  head: CaptureHead
  /** The authors in the lines above the title, if there are none below it. */
  bylinesAbove: readonly Byline[]
  /** The authors in the last line, if there are none around the title. */
  signature: readonly Byline[]
  /** Whether the date was found above the title. */
  isDateAbove: boolean
  /** The lines below the article that are left out although they are not known to be furniture. */
  leftOut: readonly string[]
  /** The sentences and long lines inside the article that are left out because they look like furniture. */
  removed: readonly string[]
  hasLanguage: boolean
}

/** Returns the warnings for the person who imports a capture: what was guessed, left out or not decided. */
export function warningsOf(found: Findings): string[] {
  return [...ofTitle(found), ...ofAuthors(found), ...ofDates(found), ...ofText(found)]
}

function ofTitle({ lines, kinds, title, at, headline }: Findings): string[] {
  const above = kinds.slice(0, at).filter((kind) => kind === 'short' || kind === 'prose').length
  const rival = headline?.rival === undefined ? undefined : lines[headline.rival]
  return [
    ...(rival ? [`title: ${quoted(title)} is taken, but ${quoted(rival)} may be the title`] : []),
    ...(above > 0 ? [`title: ${quoted(title)} is taken, and ${countOf(above)} above it left out`] : []),
  ]
}

function ofAuthors({ head, bylinesAbove, signature }: Findings): string[] {
  if (head.guessedName)
    return [`authors: ${quoted(head.guessedName)} is taken for a byline because of its place`]
  const namesIn = (bylines: readonly Byline[]) =>
    bylines.flatMap(({ authors, agencies }) => [...authors, ...agencies]).join(', ')
  if (head.bylines.length > 0) return []
  if (bylinesAbove.length > 0) return [`authors: ${quoted(namesIn(bylinesAbove))} stands above the title`]
  return signature.length > 0 ? [`authors: ${quoted(namesIn(signature))} is the last line`] : []
}

function ofDates({ head, isDateAbove }: Findings): string[] {
  const unclear = head.unclear.map((date) => `published: ${quoted(date)} does not exist or has two readings`)
  if (isDateAbove) return [...unclear, 'published: the date above the title is taken']
  const isUpdate = head.published === undefined && head.updated !== undefined
  return isUpdate
    ? [...unclear, 'published: the date of the update is taken, as the page states no other']
    : unclear
}

function ofText({ head, leftOut, removed, hasLanguage }: Findings): string[] {
  const [first] = leftOut
  const [sentence] = removed
  return [
    ...head.labels.map((label) => `text: ${quoted(label)} between title and text is left out`),
    ...(sentence
      ? [
          `text: ${countOf(removed.length)} inside the article left out as page furniture, first ${quoted(sentence)}`,
        ]
      : []),
    ...(first
      ? [`text: ${countOf(leftOut.length)} below the article left out, from ${quoted(first)} on`]
      : []),
    ...(hasLanguage ? [] : ['language: not recognized, so that of the site is taken']),
  ]
}

const quoted = (text: string): string => `"${shortened(text, 80)}"`

const countOf = (lines: number): string => (lines === 1 ? '1 line' : `${lines} lines`)
