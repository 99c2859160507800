import { createHash } from 'node:crypto'
import { opaque } from '../../src/http/entity-tag.ts'
import type { Edge } from './edge.ts'
import { type Ledger, type Shown, shownIn, type Version } from './ledger.ts'
import type { Place } from './places.ts'
import type { Report } from './report.ts'
import type { Saves } from './saves.ts'
import { type Answer, feedLength } from './site.ts'
import type { Tally } from './tally.ts'

/** A reader's copy of an answer. */
export interface Held {
  answer: Answer
  etag: string | undefined
  date: string | undefined
  shown: Shown
}

interface Tested {
  saves: Saves
  ledger: Ledger
  edge: Edge
  report: Report
  tally: Tally
}

/** The laws that hold for each answer to a reader. */
export interface Laws {
  /**
   * Checks an answer to a reader who had the copy `held`. Returns the reader's copy afterwards, which is undefined
   * if the answer is no copy.
   */
  check: (place: Place, answer: Answer, held?: Held) => Held | undefined
}

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64')

export function openLaws(tested: Tested): Laws {
  const { edge, report, tally } = tested
  const stand = openContents(tested)

  const checkNotModified = (place: Place, answer: Answer, held?: Held): Held | undefined => {
    tally.add('answered 304')
    if (!held) {
      report.broken('a 304 is sent only to a reader with a copy', answer.address, [answer])
      return undefined
    }
    // The reader is wrong from now on, and starts anew.
    if (!isOfCopy(answer, held))
      report.broken('a 304 stands for the reader’s copy', answer.address, [answer, held.answer])
    checkHidden(tested, place, answer, held.shown, held.answer)
    checkMissing(tested, place, answer, held.shown, held.answer)
    return held
  }

  return {
    check(place, answer, held) {
      tally.add('reads')
      if (isStale(answer)) tally.add('unconfirmed answers')
      checkStatus(tested, answer)
      const date = answer.headers.get('Last-Modified') ?? undefined
      if (date !== undefined && Date.parse(date) > answer.ended)
        report.broken('a date is never in the future', answer.address, [answer])
      if (answer.status === 304) return checkNotModified(place, answer, held)
      const shown = shownIn(answer.body)
      checkHidden(tested, place, answer, shown)
      if (answer.status === 226) tally.add('deltas')
      const isGone = answer.status === 404 || answer.status === 410
      const isWhole = answer.status === 200 && answer.method === 'GET'
      if (isGone || isWhole) checkMissing(tested, place, answer, shown)
      if (!isWhole) return undefined
      stand('an ETag never stands for two contents', 'tags compared', 'ETag', answer)
      stand('a Last-Modified date never stands for two contents', 'dates compared', 'Last-Modified', answer)
      edge.keep(answer, hashOf(answer.body))
      return { answer, etag: answer.headers.get('ETag') ?? undefined, date, shown }
    },
  }
}

/** The largest number of answers that are kept as examples for the report of a broken law. */
const maxExamples = 1500

/** Makes a function that checks that the value of a header never stands for two bodies of one address. */
function openContents({ report, tally }: Tested) {
  const contents = new Map<string, string>()
  const examples = new Map<string, Answer>()
  return (law: string, kind: 'tags compared' | 'dates compared', name: string, answer: Answer): void => {
    const value = answer.headers.get(name)
    if (value === null) return
    const key = JSON.stringify([answer.address, answer.headers.get('Content-Type'), name, value])
    const hash = hashOf(answer.body)
    const known = contents.get(key)
    if (known === undefined) {
      contents.set(key, hash)
      examples.set(key, answer)
      for (const oldest of examples.keys()) if (examples.size > maxExamples) examples.delete(oldest)
      return
    }
    tally.add(kind)
    const example = examples.get(key)
    if (known !== hash) report.broken(law, `${answer.address} ${value}`, [example, answer])
  }
}

function checkStatus({ report, tally }: Tested, answer: Answer): void {
  if (answer.status < 500) return
  const isExcused = answer.trouble.includes('reads')
  if (answer.status === 503 && isExcused) tally.add('reads refused')
  else report.broken('a read is answered while the database can be read', answer.address, [answer])
}

/** Whether an answer says that it is an old copy. */
const isStale = ({ headers }: Answer): boolean =>
  headers.get('Cache-Status')?.includes('unconfirmed') ?? false

const spanOf = (answer: Answer) => ({ begun: answer.begun, ended: answer.ended, stale: isStale(answer) })

/**
 * Checks that an answer, which shows these versions itself or by a copy that the reader holds, shows nothing that
 * is hidden or replaced.
 */
function checkHidden(
  { ledger, report, tally }: Tested,
  place: Place,
  answer: Answer,
  shown: Shown,
  copy?: Answer,
): void {
  const isVisible = (number: number, isText: boolean): boolean => {
    const version = ledger.version(number)
    if (!version || !ledger.mayShow(version, spanOf(answer))) return false
    if (version.embargo > 0) tally.add('embargoes ended')
    // The page of an article that no feed may show has its text; `summary` withholds the text there too.
    if (version.syndicate === 'none') return place.slug === version.slug
    return version.syndicate === 'full' || !isText
  }
  const wrong = [
    ...shown.titles.filter((number) => !isVisible(number, false)).map((number) => `Titre ${number}.`),
    ...shown.texts.filter((number) => !isVisible(number, true)).map((number) => `Corps ${number}.`),
  ]
  if (wrong.length > 0)
    report.broken(
      'no answer shows what embargo, expiry, withdrawal or rights hide, or a former version',
      `${answer.address} shows ${wrong.join(' ')}`,
      [answer, copy],
    )
}

/** Whether the selection of the place contains this version, once the version is public. */
const isListed = ({ address, slug, contains }: Place, version: Version): boolean =>
  address === `/articles/${version.slug}` ||
  (version.syndicate !== 'none' &&
    (slug === undefined || slug === version.slug) &&
    (contains?.(version) ?? true))

/** Checks that an answer lacks no version that was acknowledged more than a second before. */
function checkMissing(
  { saves, ledger, report }: Tested,
  place: Place,
  answer: Answer,
  shown: Shown,
  copy?: Answer,
): void {
  if (!place.newest && place.slug === undefined) return
  const dates = shown.titles.map((number) => ledger.version(number)?.published ?? 0)
  // A feed that is made during a save may have an article less, or at the wrong place, because the list of its
  // articles and the articles are read one after the other. Such a feed has no ETag.
  const made = copy ?? answer
  if (place.newest && made.headers.get('ETag') === null && saves.during(made)) return
  const oldest = place.newest && dates.length >= feedLength ? Math.min(...dates) : -Infinity
  const missing = ledger
    .mustShow(spanOf(answer))
    .filter((version) => isListed(place, version))
    .filter(({ published, number }) => published > oldest && !shown.titles.includes(number))
  if (missing.length > 0)
    report.broken(
      'an acknowledged save is in the answers a second later',
      `${answer.address} lacks ${missing.map(({ number }) => `Titre ${number}.`).join(' ')}`,
      [answer, copy],
    )
}

/** The revision, and the rest, of an answer's ETag. */
function partsOf({ headers }: Answer): { revision: number; kind: string } {
  const [revision = '', ...kind] = opaque(headers.get('ETag') ?? '').split('-')
  return { revision: Number.parseInt(revision, 36), kind: kind.join() }
}

/**
 * Whether a 304 names the content of the reader's copy. A 304 by date may also name older content of the same
 * version, because another isolate may answer from its memory for a second.
 */
function isOfCopy(answer: Answer, held: Held): boolean {
  const [given, known] = [partsOf(answer), partsOf(held.answer)]
  if (given.kind !== known.kind) return false
  const isByDate = answer.asked['If-None-Match'] === undefined
  return given.revision === known.revision || (isByDate && given.revision < known.revision)
}
