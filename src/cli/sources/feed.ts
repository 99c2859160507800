import { detectAtomFeed, detectRdfFeed, detectRssFeed } from 'feedsmith'
import { type Result, success } from '../../domain/problem.ts'
import type { Beside } from '../../ingest/capture.ts'
import { type DocumentEntry, forMany, unreadable } from './entries.ts'
import { articleIn, type Told } from './feed-article.ts'
import { readAtom } from './feed-atom.ts'
import { readJsonFeed } from './feed-json.ts'
import { readRdf, readRss } from './feed-rss.ts'
import { faultIn, withoutMark } from './xml.ts'

/**
 * The articles of a feed (RSS, RDF, Atom, JSON Feed), none of them checked. A feed begins with its newest
 * article, and of two articles of one second Kiosque puts first the one that was saved later; so they come
 * in the feed's order reversed. Each keeps its id, or its link where it has none.
 */
export function readFeed(text: string, beside: Beside = {}): Result<DocumentEntry[]> {
  const told = itemsOf(withoutMark(text))
  if (!told.ok) return told
  const shared = forMany(beside)
  return success(
    told.value.reverse().map((one) => ({
      kind: 'article',
      name: one.title || one.url || one.id || 'without a title',
      value: { ...articleIn(one), ...shared },
    })),
  )
}

function itemsOf(text: string): Result<Told[]> {
  const fault = text.startsWith('{') ? faultInJson(text) : faultIn(text)
  if (fault !== undefined) return unreadable(`Cannot read the feed: ${fault}`)
  try {
    return success(parserOf(text)(text))
  } catch (error) {
    return unreadable(`Cannot read the feed: ${reasonOf(error as Error)}`)
  }
}

function parserOf(text: string): (text: string) => Told[] {
  if (text.startsWith('{')) return readJsonFeed
  if (detectRssFeed(text)) return readRss
  if (detectAtomFeed(text)) return readAtom
  if (detectRdfFeed(text)) return readRdf
  throw new Error('it is no RSS, Atom or JSON Feed')
}

/** feedsmith says what went wrong inside it as the cause. */
const reasonOf = ({ message, cause }: Error): string =>
  cause instanceof Error
    ? cause.message
    : message.replace('Invalid feed format', 'it is no RSS, Atom or JSON Feed')

function faultInJson(text: string): string | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}
