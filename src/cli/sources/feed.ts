import { detectAtomFeed, detectRdfFeed, detectRssFeed } from 'feedsmith'
import { type Result, success } from '../../domain/problem.ts'
import type { Beside } from '../../ingest/capture.ts'
import { aboutOthers, type DocumentEntry, unreadable } from './entries.ts'
import { articleIn, type Told } from './feed-article.ts'
import { readAtom } from './feed-atom.ts'
import { readJsonFeed } from './feed-json.ts'
import { readRdf, readRss } from './feed-rss.ts'
import { faultIn, withoutMark } from './xml.ts'

/**
 * Reads the articles of a feed (RSS, RDF, Atom, JSON Feed); none is validated yet. The articles are returned in
 * reverse order. A feed begins with its newest article, and of two articles with the same date, Kiosque lists
 * the one that was saved later before the other; therefore the newest article must be saved last. An article
 * without an id gets its link as its id.
 */
export function readFeed(text: string, beside: Beside = {}): Result<DocumentEntry[]> {
  const told = itemsOf(withoutMark(text))
  if (!told.ok) return told
  const articles = told.value.reverse()
  const isOther = othersWithSameId(articles)
  return success(
    articles.map((one) => {
      const { value, warnings } = articleIn(isOther(one) ? { ...one, id: undefined } : one)
      return {
        kind: 'article',
        name: one.title || one.url || one.id || 'without a title',
        value: { ...value, ...beside },
        warnings: [...(isOther(one) ? [idRepeated] : []), ...aboutOthers(warnings, beside)],
      }
    }),
  )
}

const idRepeated = 'id: it is the address, because an earlier article of the feed has the same id'

/**
 * Tells which articles have the id of an earlier one, and another address. They are other articles, which would replace the
 * earlier one. Two articles with the same id and address may be versions of one article.
 */
function othersWithSameId(articles: readonly Told[]): (one: Told) => boolean {
  const addresses = new Map<string, string | undefined>()
  const others = new Set<Told>()
  for (const one of articles) {
    if (!one.id) continue
    if (!addresses.has(one.id)) addresses.set(one.id, one.url)
    else if (one.url && one.url !== addresses.get(one.id)) others.add(one)
  }
  return (one) => others.has(one)
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

/** Returns the reason of a parse error. The library feedsmith gives the actual error as `cause`. */
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
