import { expect } from 'vitest'
import type { Article } from '../../src/domain/article.ts'
import type { Feed } from '../../src/domain/feed.ts'
import { absolute } from '../../src/domain/site.ts'
import { legalText } from '../../src/domain/text.ts'
import { renderJson } from '../../src/render/json.ts'
import { discouraged } from './read-xml.ts'
import { mayComment, type Rule, testRules } from './rules.ts'
import { givenId, ownAddress } from './samples.ts'

/** The members of a parsed JSON object. Each value is `unknown` until a rule has checked its type. */
type Members = Record<string, unknown>

/** A rendered JSON Feed document, and the feed from which the document was rendered. */
interface Sheet {
  document: string
  feed: Feed
  root: Members
  pairs: { item: Members; article: Article }[]
}

const list = (value: unknown): Members[] => (Array.isArray(value) ? value : [])
const shown = (value: unknown) => JSON.stringify(value) ?? 'nothing'
const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const isAbsolute = (url: unknown) => isText(url) && /^https?:\/\/[^/\s]+\//.test(url) && URL.canParse(url)
const isDate = (value: unknown) =>
  isText(value) &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value) &&
  !Number.isNaN(Date.parse(value))
const isLanguage = (tag: unknown) => {
  try {
    return Intl.getCanonicalLocales(String(tag))[0] === tag
  } catch {
    return false
  }
}

/** Every object within a JSON value; the outermost object comes first. */
const everyObject = (value: unknown): Members[] =>
  Array.isArray(value)
    ? value.flatMap(everyObject)
    : value !== null && typeof value === 'object'
      ? [value as Members, ...Object.values(value).flatMap(everyObject)]
      : []
const nothing = (value: unknown) =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0)

const feedMembers =
  /^(version|title|home_page_url|feed_url|description|user_comment|next_url|icon|favicon|authors?|language|expired|hubs|items|_.*)$/
const itemMembers =
  /^(id|url|external_url|title|content_html|content_text|summary|image|banner_image|date_published|date_modified|authors?|tags|language|attachments|_.*)$/

const rules: Rule<Sheet>[] = [
  [
    'JSON Feed 1.1, RFC 8259 §8.1: the document is UTF-8 without a byte order mark',
    ({ document }) => [(!document.isWellFormed() || document.startsWith('\ufeff')) && 'no UTF-8'],
    (document) => document.replace('Le Kiosque', 'Le \ud83d Kiosque'),
  ],
  [
    'XML 1.0 §2.2: no text has a control but white space, or a noncharacter, as in the other formats',
    ({ root }) =>
      everyObject(root).flatMap((object) =>
        Object.values(object)
          .flat()
          .map((text) => isText(text) && discouraged.test(text) && shown(text)),
      ),
    (document) => document.replace('"title": "', '"title": "\\u0085'),
  ],
  [
    'JSON Feed 1.1: version is that of 1.1',
    ({ root }) => [root.version !== 'https://jsonfeed.org/version/1.1' && shown(root.version)],
    (document) => document.replace('version/1.1', 'version/1'),
  ],
  [
    'JSON Feed 1.1: a feed has a title and a list of items',
    ({ root }) => [!isText(root.title) && 'title', !Array.isArray(root.items) && 'items'],
    (document) => document.replace('"title"', '"name"'),
  ],
  [
    'JSON Feed 1.1: a feed has home_page_url, and feed_url is its address',
    ({ feed, root }) => {
      return [
        !isAbsolute(root.home_page_url) && shown(root.home_page_url),
        root.feed_url !== ownAddress(feed, 'json') && shown(root.feed_url),
      ]
    },
    (document) => document.replace('/feed.json"', '/feed.json?utm=1"'),
  ],
  [
    'JSON Feed 1.1: next_url is another address than the feed’s own, and stands where something follows',
    ({ feed, root }) => {
      const follows = feed.history?.links.some(({ rel }) => /^(next|prev-archive)$/.test(rel)) ?? false
      return [
        (root.next_url !== undefined) !== follows && shown(root.next_url),
        follows && (!isAbsolute(root.next_url) || root.next_url === root.feed_url) && shown(root.next_url),
      ]
    },
    (document) => document.replace('"next_url"', '"next"'),
  ],
  [
    'JSON Feed 1.1: no member but those of the format and extensions',
    ({ root, pairs }) => [
      ...Object.keys(root).map((name) => !feedMembers.test(name) && name),
      ...pairs.flatMap(({ item }) => Object.keys(item).map((name) => !itemMembers.test(name) && name)),
    ],
    (document) => document.replace('"date_published"', '"published"'),
  ],
  [
    'JSON Feed 1.1: an extension’s name is a letter after _, without dots, and its value an object',
    ({ root, pairs }) =>
      [root, ...pairs.map(({ item }) => item)].flatMap((object) =>
        Object.entries(object)
          .filter(([name]) => name.startsWith('_'))
          .map(
            ([name, value]) =>
              (!/^_[a-z][^.]*$/i.test(name) || typeof value !== 'object' || Array.isArray(value)) && name,
          ),
      ),
    (document) => document.replace('"_kiosque"', '"_kiosque.extension"'),
  ],
  [
    'JSON Feed 1.1: the only extension is _kiosque, and that of the feed says what it is about',
    ({ root, pairs }) => [
      ...[root, ...pairs.map(({ item }) => item)].flatMap((object) =>
        Object.keys(object).map((name) => name.startsWith('_') && name !== '_kiosque' && name),
      ),
      !isAbsolute((root._kiosque as Members).about) && shown(root._kiosque),
    ],
    (document) => document.replace('"about"', '"page"'),
  ],
  [
    'newsraft 0.34: inside an item, only authors and attachments have members that are named like those of an item',
    ({ pairs }) =>
      pairs.flatMap(({ item }) =>
        Object.entries(item)
          .filter(([name]) => !['authors', 'attachments'].includes(name))
          .flatMap(([, value]) => everyObject(value))
          .flatMap((object) => Object.keys(object).map((name) => itemMembers.test(name) && name)),
      ),
    (document) => document.replace('"href"', '"url"'),
  ],
  [
    'an item says in _kiosque where its comments are, if readers may comment on it, and what it answers',
    ({ feed, pairs }) =>
      pairs.map(({ item, article }) => {
        const { comments, reply } = (item._kiosque ?? {}) as Members
        const base = `${feed.site.url}/articles/${article.slug}/comments`
        const answered = feed.replies?.get(article.id)
        const expected = [
          mayComment(feed, article) ? { href: base, feed: `${base}/feed.json` } : undefined,
          answered && { ref: answered.id, href: answered.url },
        ]
        return JSON.stringify([comments, reply]) !== JSON.stringify(expected) && shown(item._kiosque)
      }),
    (document) => document.replace('"ref"', '"id"'),
  ],
  [
    'an item says in _kiosque from which agency the article came, and what its rights are',
    ({ pairs }) =>
      pairs.map(({ item, article: { source, rights } }) => {
        const { source: said, rights: saidRights } = (item._kiosque ?? {}) as Members
        const { copyright, license } = rights
        const legal = (value: unknown) => legalText(JSON.stringify(value) ?? '')
        return (
          (legal(said) !== legal(source && { name: legalText(source.name), href: source.url }) ||
            legal(saidRights) !==
              legal(
                copyright || license ? { copyright: copyright && legalText(copyright), license } : undefined,
              )) &&
          shown(item._kiosque)
        )
      }),
    (document) => document.replace('"license"', '"licence"'),
  ],
  [
    'JSON Feed 1.1: no member stands without a value',
    ({ root }) =>
      everyObject(root).flatMap((object) =>
        Object.entries(object).map(([name, value]) => name !== 'items' && nothing(value) && name),
      ),
    (document) => document.replace(/"summary": ".*"/, '"summary": null'),
  ],
  [
    'JSON Feed 1.1: an id is text, the article’s own character by character, once in a feed',
    ({ pairs }) => {
      const ids = pairs.map(({ item }) => item.id)
      return ids.map(
        (id, at) => (id !== givenId(pairs[at]?.article as Article) || ids.indexOf(id) !== at) && shown(id),
      )
    },
    (document) => document.replace(/("id": )".*"/, '$112'),
  ],
  [
    'JSON Feed 1.1: an item has content_html or content_text',
    ({ pairs }) =>
      pairs.map(({ item }) => !isText(item.content_html) && !isText(item.content_text) && shown(item.id)),
    (document) => document.replace('"content_text"', '"_content_text"'),
  ],
  [
    'JSON Feed 1.1: an item has a url',
    ({ pairs }) => pairs.map(({ item }) => !isAbsolute(item.url) && shown(item.id)),
    (document) => document.replace(/("items"[\s\S]*?)"url": ".*",\n/, '$1'),
  ],
  [
    'JSON Feed 1.1, readers 0.9: every address is absolute',
    ({ root }) =>
      everyObject(root).flatMap((object) =>
        Object.entries(object)
          .filter(([name]) => /url$|^(image|icon|favicon|license)$/.test(name))
          .map(([, url]) => !isAbsolute(url) && shown(url)),
      ),
    (document) => document.replace('"image": "https://kiosque.example', '"image": "'),
  ],
  [
    'RFC 3339 §5.6: dates have capital T and Z',
    ({ pairs }) =>
      pairs.flatMap(({ item }) =>
        [item.date_published, item.date_modified].map((date) => !isDate(date) && shown(date)),
      ),
    (document) => document.replace(/("date_modified": "[^T]*)T/, '$1 '),
  ],
  [
    'readers 0.10: an edit moves date_modified, and date_published stays',
    ({ pairs }) =>
      pairs.flatMap(({ item, article }) => [
        Date.parse(String(item.date_published)) !== Date.parse(article.published) && 'published',
        Date.parse(String(item.date_modified)) !== Date.parse(article.updated) && 'modified',
      ]),
    (document) => document.replace(/("date_published": ")2024/, '$12025'),
  ],
  [
    'BCP 47: languages are canonical tags, the feed’s and each article’s',
    ({ feed, root, pairs }) =>
      [
        [root.language, feed.site.language],
        ...pairs.map(({ item, article }) => [item.language, article.language]),
      ].map(([tag, wanted]) => (!isLanguage(tag) || tag !== wanted) && shown(tag)),
    (document) => document.replace('"en-CA"', '"en_CA"'),
  ],
  [
    'JSON Feed 1.1: the feed has authors, and every author a name, url or avatar',
    ({ root, pairs }) => [
      list(root.authors).length === 0 && 'the feed has none',
      ...[root, ...pairs.map(({ item }) => item)]
        .flatMap(({ authors }) => list(authors))
        .map((author) => ![author.name, author.url, author.avatar].some(isText) && 'an empty author'),
    ],
    (document) => document.replace(/"name": "La rédaction"/, '"label": ""'),
  ],
  [
    'JSON Feed 1.0, readers 4: an item’s author has the name of the first of its authors, and nothing else',
    ({ pairs }) =>
      pairs.map(({ item }) => {
        const [first] = list(item.authors)
        return shown(item.author) !== shown(first && { name: first.name }) && `${shown(item.author)} is not`
      }),
    (document) => document.replace('"author": {', '"_author": {'),
  ],
  [
    'JSON Feed 1.1: an attachment has a url and a mime_type; sizes and durations are true numbers',
    ({ pairs }) =>
      pairs.flatMap(({ item, article }) =>
        list(item.attachments).map(({ url, mime_type, size_in_bytes, duration_in_seconds }) => {
          const file = article.attachments.find((one) => isText(url) && url.endsWith(one.url))
          return (
            (!file ||
              mime_type !== file.type ||
              size_in_bytes !== file.bytes ||
              duration_in_seconds !== file.seconds) &&
            shown(url)
          )
        }),
      ),
    (document) => document.replace('"size_in_bytes": 642', '"size_in_bytes": "642"'),
  ],
  [
    'readers 0.9: the lead picture is the item’s image',
    ({ feed, pairs }) =>
      pairs.flatMap(({ item, article: { image } }) =>
        image ? [item.image !== new URL(image.url, feed.site.url).href && shown(item.image)] : [],
      ),
    (document) => document.replace('"image"', '"banner_image"'),
  ],
  [
    'JSON Feed 1.1: tags are texts, each once, that of a correction too',
    ({ pairs }) =>
      pairs.flatMap(({ item }) => {
        const tags: unknown[] = list(item.tags)
        return tags.map((tag, at) => (!isText(tag) || tags.indexOf(tag) !== at) && shown(tag))
      }),
    (document) => document.replace('"Marché"', '"Local"'),
  ],
  [
    'JSON Feed 1.1: a title is plain text, the article’s own',
    ({ pairs }) =>
      pairs.map(({ item, article }) => item.title !== legalText(article.title) && shown(item.title)),
    (document) => document.replace('Pourquoi <script>', 'Pourquoi &lt;script>'),
  ],
  [
    'JSON Feed 1.1: the feed has a favicon',
    ({ root }) => [!isText(root.favicon) && 'none'],
    (document) => document.replace('"favicon"', '"_favicon"'),
  ],
  [
    'JSON Feed 1.1: icon and favicon are the site’s own; without it, only the built-in favicon stands',
    ({ feed: { site }, root }) => {
      const own = site.icon && absolute(site, site.icon.url)
      return [
        root.icon !== own && shown(root.icon),
        root.favicon !== (own ?? `${site.url}/favicon.ico`) && shown(root.favicon),
      ]
    },
    (document) => document.replace('"favicon"', '"icon": "https://kiosque.example/autre.png",\n"favicon"'),
  ],
  [
    'JSON Feed 1.1: a feed that goes on is not called expired',
    ({ root }) => [root.expired !== undefined && shown(root.expired)],
    (document) => document.replace('"items"', '"expired": true,\n"items"'),
  ],
  [
    'JSON Feed 1.1, WebSub: hubs have type WebSub and a url, and stand only where there is one',
    ({ feed, root }) => [
      shown(root.hubs) !== shown(feed.hub && [{ type: 'WebSub', url: feed.hub }]) && shown(root.hubs),
    ],
    (document) => document.replace('"WebSub"', '"websub"'),
  ],
]

testRules(
  'JSON Feed',
  renderJson,
  (document, feed, behaviour) => {
    const root = JSON.parse(document) as Members
    const items = list(root.items)
    expect(items.length, behaviour).toBe(feed.articles.length)
    const pairs = items.map((item, at) => ({ item, article: feed.articles[at] as Article }))
    return { document, feed, root, pairs }
  },
  rules,
)
