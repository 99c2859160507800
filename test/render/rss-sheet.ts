import { expect } from 'vitest'
import type { Article } from '../../src/domain/article.ts'
import type { Feed } from '../../src/domain/feed.ts'
import { all, atomName, type Node, readXml, rssName, texts } from './read-xml.ts'
import type { Answers } from './rules.ts'

/** An RSS item, and the article from which the item was rendered. */
interface Pair {
  item: Node
  article: Article
}

/** A rendered RSS document, and the feed from which the document was rendered. */
export interface Sheet {
  document: string
  feed: Feed
  root: Node
  channel: Node
  pairs: Pair[]
}

export const kids = (node: Node, local: string) => all(node, rssName(local))
export const text = (node: Node, name: string) => texts(node, name)[0] ?? ''
export const everyNode = (node: Node): Node[] => [node, ...node.children.flatMap(everyNode)]
export const links = (channel: Node, rel: string) =>
  all(channel, atomName('link')).filter(({ attributes }) => attributes.rel === rel)
export const hrefs = (nodes: Node[]) => nodes.map(({ attributes }) => attributes.href).join(' ')
export const position = (item: Node, name: string) => item.children.findIndex((child) => child.name === name)

/** Reports each of the named child elements of a node that occurs more than once, or fewer than `least` times. */
export const once = (node: Node, names: string[], least = 1): Answers =>
  names.map((name) => {
    const count = all(node, name).length
    return (count > 1 || count < least) && `${count} ${name}`
  })

export const isAbsolute = (url = '') => /^https?:\/\/[^/\s]+\//.test(url) && URL.canParse(url)
export const isRfc822 = (date: string) =>
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(date) &&
  new Date(date).toUTCString() === date
export const isLanguage = (tag: string) => {
  try {
    return Intl.getCanonicalLocales(tag)[0] === tag
  } catch {
    return false
  }
}

/** Reads a rendered document. Fails unless the channel has one item for each article of the feed. */
export function sheetOf(document: string, feed: Feed, behaviour: string): Sheet {
  const root = readXml(document)
  const [channel = root] = kids(root, 'channel')
  const items = kids(channel, 'item')
  expect(items.length, behaviour).toBe(feed.articles.length)
  const pairs = items.map((item, at) => ({ item, article: feed.articles[at] as Article }))
  return { document, feed, root, channel, pairs }
}
