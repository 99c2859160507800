import type { Article } from '../../src/domain/article.ts'
import type { Feed } from '../../src/domain/feed.ts'
import { renderAtom } from '../../src/render/atom.ts'
import { renderRss } from '../../src/render/rss.ts'
import { all, atomName, type Node, readXml, rssName, texts, threadName } from './read-xml.ts'
import { mayComment, type Rule, testRules } from './rules.ts'

/** A rendered feed, and each of its entries with the article from which it was rendered. */
interface Sheet {
  feed: Feed
  pairs: { entry: Node; article: Article }[]
}

const sheetOf =
  (entriesIn: (root: Node) => Node[]) =>
  (document: string, feed: Feed): Sheet => ({
    feed,
    pairs: entriesIn(readXml(document)).map((entry, at) => ({
      entry,
      article: feed.articles[at] as Article,
    })),
  })

const addressOf = ({ site }: Feed, { slug }: Article): string => `${site.url}/articles/${slug}/comments`

/** Checks that an entry names what it answers, and that no other has such an element. */
const answers: Rule<Sheet>[1] = ({ feed, pairs }) =>
  pairs.map(({ entry, article }) => {
    const answered = feed.replies?.get(article.id)
    const said = all(entry, threadName('in-reply-to')).map(
      ({ attributes: { ref, href } }) => `${ref} ${href}`,
    )
    return said.join() !== (answered ? `${answered.id} ${answered.url}` : '') && said.join()
  })

testRules(
  'RSS, about comments',
  renderRss,
  sheetOf((root) => all(root.children[0] as Node, rssName('item'))),
  [
    [
      'RSS 2.0, wfw: an item names the page and the feed of its comments exactly if readers may comment on it',
      ({ feed, pairs }) =>
        pairs.map(({ entry, article }) => {
          const base = addressOf(feed, article)
          const expected = mayComment(feed, article) ? [base, `${base}/feed.rss`] : []
          const said = [
            ...texts(entry, rssName('comments')),
            ...texts(entry, '{http://wellformedweb.org/CommentAPI/}commentRss'),
          ]
          return said.join() !== expected.join() && said.join()
        }),
      (document) => document.replace('<comments>', '<comments>x'),
    ],
    [
      'RFC 4685 §3: an item names what it answers, and nothing else has such an element',
      answers,
      (document) => document.replace(' ref="urn', ' ref="x'),
    ],
  ],
)

testRules(
  'Atom, about comments',
  renderAtom,
  sheetOf((root) => all(root, atomName('entry'))),
  [
    [
      'RFC 4685 §3: an entry names what it answers, and nothing else has such an element',
      answers,
      (document) => document.replace(' ref="urn', ' ref="x'),
    ],
    [
      'RFC 4685 §4: an entry links to its comments exactly if readers may comment on it, without a number',
      ({ feed, pairs }) =>
        pairs.map(({ entry, article }) => {
          const base = addressOf(feed, article)
          const expected = mayComment(feed, article) ? [`${base}/feed.atom`, base] : []
          const found = all(entry, atomName('link')).filter(({ attributes: { rel } }) => rel === 'replies')
          const counted = found.flatMap(({ attributes }) =>
            Object.keys(attributes).filter((name) => name.includes(':')),
          )
          const said = [...found.map(({ attributes: { href } }) => href), ...counted].join()
          return said !== expected.join() && said
        }),
      (document) => document.replace('rel="replies"', 'rel="replies" xmlns:thr="a" thr:count="1"'),
    ],
  ],
)
