import { shortened } from '../domain/text.ts'
import type { Byline } from './byline.ts'
import type { CaptureHead } from './capture-head.ts'
import type { CaptureRest } from './capture-rest.ts'
import type { Headline } from './headline.ts'
import { kindOfLine } from './main-text.ts'
import { isNotice } from './notices.ts'

/** What a capture was found to contain, from which the warnings follow. */
interface Findings {
  lines: readonly string[]
  title: string
  headline: Headline | undefined
  head: CaptureHead
  /** The authors in the lines above the title, if there are none below it. */
  bylinesAbove: readonly Byline[]
  /** The authors in the last line, if there are none around the title. */
  signature: readonly Byline[]
  /** Whether the date was found above the title. */
  isDateAbove: boolean
  /** A line that seems to name authors and was not read, if no author was found. */
  unreadByline: string | undefined
  /** A line of the text that seems to be the title of another article. */
  secondTitle: string | undefined
  /** The lines that are left out although they are not certain to be furniture. */
  rest: CaptureRest
}

/** Returns the warnings for the person who imports a capture: what was guessed, left out or not decided. */
export function warningsOf(found: Findings): string[] {
  return [...ofTitle(found), ...ofAuthors(found), ...ofDates(found), ...ofText(found)]
}

function ofTitle({ lines, title, headline, rest }: Findings): string[] {
  const { above } = rest
  const rival = headline?.rival === undefined ? undefined : lines[headline.rival]
  return [
    ...(rival ? [`title: ${quoted(title)} is taken, but ${quoted(rival)} may be the title`] : []),
    ...(above[0]
      ? [
          `title: ${quoted(title)} is taken, and ${countOf(above.length)} above it left out, first ${quoted(above[0])}${sentencesIn(above)}`,
        ]
      : []),
  ]
}

function ofAuthors(found: Findings): string[] {
  const { head, bylinesAbove, signature } = found
  const doubtful = [...head.bylines, ...bylinesAbove, ...signature].flatMap((one) => one.doubtful ?? [])
  return [
    ...ofGuessedAuthors(found),
    ...doubtful.map(
      (name) => `authors: ${quoted(name)} behind the name may be another author, and is not taken`,
    ),
  ]
}

function ofGuessedAuthors({ head, bylinesAbove, signature, unreadByline }: Findings): string[] {
  if (unreadByline !== undefined)
    return [`authors: ${quoted(unreadByline)} seems to be a byline, and was not read`]
  if (head.guessedNames.length > 0)
    return head.guessedNames.map(({ text, sign }) => {
      const reason = sign === 'place' ? 'of its place' : 'a date stands beside it'
      return `authors: ${quoted(text)} is taken for a byline because ${reason}`
    })
  const namesIn = (bylines: readonly Byline[]) =>
    bylines.flatMap(({ authors, agencies }) => [...authors, ...agencies]).join(', ')
  if (head.bylines.length > 0) return []
  const { possibleName, contact } = head
  if (contact && bylinesAbove.length === 0 && signature.length === 0)
    return [`authors: ${quoted(contact)} is taken for a person to ask, and not for the author`]
  if (possibleName && bylinesAbove.length === 0 && signature.length === 0)
    return [`authors: ${quoted(possibleName)} before the date may be a place or the author, and is not taken`]
  if (bylinesAbove.length > 0) return [`authors: ${quoted(namesIn(bylinesAbove))} stands above the title`]
  return signature.length > 0 ? [`authors: ${quoted(namesIn(signature))} is the last line`] : []
}

function ofDates({ head, isDateAbove }: Findings): string[] {
  const unclear = head.unclear.map(
    (date) => `published: ${quoted(date)} does not exist, has two readings or is a span of days`,
  )
  const { guessedDate, refusedDate, unclearZone } = head
  if (unclearZone)
    unclear.push(`published: the time is left out, because ${unclearZone} has several meanings`)
  if (guessedDate) unclear.push(`published: the date is taken from the line ${quoted(guessedDate)}`)
  if (refusedDate)
    unclear.push(`published: ${quoted(refusedDate)} seems to belong to the text, and is no date of it`)
  if (isDateAbove) return [...unclear, 'published: the date above the title is taken']
  const isUpdate = head.published === undefined && head.updated !== undefined
  return isUpdate
    ? [...unclear, 'published: the date of the update is taken, as the page states no other']
    : unclear
}

function ofText({ rest: { between, inside, below }, secondTitle }: Findings): string[] {
  const [label, line, first] = [between[0], inside[0], below[0]]
  return [
    ...(secondTitle
      ? [`text: ${quoted(secondTitle)} with a byline or a date below it may begin another article`]
      : []),
    ...(label
      ? [`text: ${countOf(between.length)} between title and text left out, first ${quoted(label)}`]
      : []),
    ...(line
      ? [
          `text: ${countOf(inside.length)} inside the article left out as page furniture, first ${quoted(line)}`,
        ]
      : []),
    ...(first
      ? [
          `text: ${countOf(below.length)} below the article left out, from ${quoted(first)} on${sentencesIn(below)}`,
        ]
      : []),
  ]
}

/** Says how many words in brackets were taken for names of pictures, as lynx and w3m print them. */
export function aboutPlaceholders([first, ...others]: readonly string[]): string[] {
  if (first === undefined) return []
  const words = others.length === 0 ? '1 word' : `${others.length + 1} words`
  return [`text: ${words} in brackets left out as names of pictures, first ${quoted(first)}`]
}

/** Says how many sentences are among lines, because the article may go on there. */
function sentencesIn(lines: readonly string[]): string {
  const [first, ...others] = lines.filter((line) => kindOfLine(line) === 'prose' && !isNotice(line))
  if (first === undefined) return ''
  return others.length === 0
    ? `, among them the sentence ${quoted(first)}`
    : `, among them ${others.length + 1} sentences, first ${quoted(first)}`
}

const quoted = (text: string): string => `"${shortened(text, 80)}"`

const countOf = (lines: number): string => (lines === 1 ? '1 line' : `${lines} lines`)
