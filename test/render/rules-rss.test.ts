import { fromHtml } from 'hast-util-from-html'
import { toText } from 'hast-util-to-text'
import { expect, test } from 'vitest'
import type { Article } from '../../src/domain/article.ts'
import { absolute } from '../../src/domain/site.ts'
import { legalText } from '../../src/domain/text.ts'
import { formats } from '../../src/render/formats.ts'
import { renderRss } from '../../src/render/rss.ts'
import {
  all,
  contentName,
  dcName,
  discouraged,
  mediaName,
  modifiedName,
  readXml,
  rssName,
  texts,
} from './read-xml.ts'
import {
  everyNode,
  hrefs,
  isAbsolute,
  isLanguage,
  isRfc822,
  kids,
  links,
  once,
  position,
  type Sheet,
  sheetOf,
  text,
} from './rss-sheet.ts'
import { type Rule, testRules } from './rules.ts'
import { behaviours, givenId, ownAddress } from './samples.ts'

const licenseName = '{http://purl.org/dc/terms/}license'

/** An element of RSS and its modules whose content is plain text: not HTML, an address or an id. */
const plainElement =
  /<(title|category|copyright|source|dc:creator|dc:source|dc:rights|media:title|media:description|media:credit)\b[^>]*>([^<]*)</g

const modules = [
  'http://www.w3.org/2005/Atom',
  'http://purl.org/rss/1.0/modules/content/',
  'http://webfeeds.org/rss/1.0',
  'http://purl.org/dc/elements/1.1/',
  'http://purl.org/dc/terms/',
  'http://purl.org/syndication/history/1.0',
  'http://search.yahoo.com/mrss/',
  'http://purl.org/syndication/thread/1.0',
  'http://wellformedweb.org/CommentAPI/',
]

const rules: Rule<Sheet>[] = [
  [
    'RSS 2.0: the document is rss, version 2.0, with one channel',
    ({ root }) => [
      root.name !== rssName('rss') && root.name,
      root.attributes.version !== '2.0' && `${root.attributes.version}`,
      ...once(root, [rssName('channel')]),
    ],
    (document) => document.replace('version="2.0"', 'version="0.92"'),
  ],
  [
    'XML 1.0 §2.2: no control but white space, and no noncharacter stands in the document',
    ({ document }) => [discouraged.test(document) && 'a control'],
    (document) => document.replace('<title>', '<title>\u0085'),
  ],
  [
    'RFC 7303 §3: the XML declaration names the charset of Content-Type',
    ({ document }) => [!document.startsWith('<?xml version="1.0" encoding="utf-8"?>') && 'another charset'],
    (document) => document.replace('utf-8', 'iso-8859-1'),
  ],
  [
    'RSS 2.0: a channel has a title, a link and a description',
    ({ channel }) =>
      ['title', 'link', 'description'].map((name) => text(channel, rssName(name)) === '' && name),
    (document) => document.replace(/<description>.*?<\/description>/, '<description/>'),
  ],
  [
    'RSS 2.0: every element of a channel but item and category stands at most once',
    ({ channel }) => {
      const names = channel.children.map(({ name }) => name).filter((name) => name.startsWith(rssName('')))
      const single = [...new Set(names)].filter((name) => !/\}(item|category)$/.test(name))
      return once(channel, single)
    },
    (document) => document.replace(/<generator>.*?<\/generator>/, '$&$&'),
  ],
  [
    'RSS 2.0: an item has a title or a description',
    ({ pairs }) =>
      pairs.map(
        ({ item }) => !text(item, rssName('title')) && !text(item, rssName('description')) && 'an empty item',
      ),
    (document) => document.replaceAll(/<(title|description)>.*?<\/\1>/g, ''),
  ],
  [
    'RSS 2.0: an item has one title, link, guid, pubDate, and at most one description, source, content:encoded',
    ({ pairs }) =>
      pairs.flatMap(({ item }) => [
        ...once(item, ['title', 'link', 'guid', 'pubDate'].map(rssName)),
        ...once(item, [rssName('description'), rssName('source'), contentName], 0),
      ]),
    (document) => document.replace(/<pubDate>.*?<\/pubDate>/, '$&$&'),
  ],
  [
    'RSS 2.0: a guid is the article’s id, character by character, once in a feed',
    ({ pairs }) => {
      const ids = pairs.map(({ item }) => text(item, rssName('guid')))
      return ids.map(
        (id, at) => (id !== givenId(pairs[at]?.article as Article) || ids.indexOf(id) !== at) && id,
      )
    },
    (document) => document.replace(/(<guid[^>]*>)[^<]*/, '$1tag:kiosque.example,2024:marche-d-ete-2'),
  ],
  [
    'RSS 2.0: isPermaLink is false, or the guid is the item’s own link',
    ({ pairs }) =>
      pairs.flatMap(({ item }) =>
        kids(item, 'guid').map(
          (guid) =>
            guid.attributes.isPermaLink !== 'false' && guid.text !== text(item, rssName('link')) && guid.text,
        ),
      ),
    (document) => document.replace(' isPermaLink="false"', ''),
  ],
  [
    'RSS 2.0, profile: dates are of RFC 822, with four digits of year and GMT',
    ({ channel, pairs }) =>
      [channel, ...pairs.map(({ item }) => item)]
        .flatMap((node) => ['pubDate', 'lastBuildDate'].flatMap((name) => texts(node, rssName(name))))
        .map((date) => !isRfc822(date) && date),
    (document) => document.replace(/(<pubDate>.*) 2024 /, '$1 24 '),
  ],
  [
    'RFC 3339 §5.6: dcterms:modified has capital T and Z',
    ({ pairs }) =>
      pairs
        .flatMap(({ item }) => texts(item, modifiedName))
        .map((date) => !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(date) && date),
    (document) => document.replace(/(<dcterms:modified>.*?)T/, '$1 '),
  ],
  [
    'RFC 5646: languages are canonical tags, the feed’s and each article’s',
    ({ feed, channel, pairs }) =>
      [
        [text(channel, rssName('language')), feed.site.language],
        ...pairs.map(({ item, article }) => [text(item, dcName('language')), article.language]),
      ].map(([tag = '', wanted]) => (!isLanguage(tag) || tag !== wanted) && tag),
    (document) => document.replace('<language>fr-CA', '<language>fr_CA'),
  ],
  [
    'profile: exactly one atom:link self, the address of the feed, with its media type',
    ({ feed, channel }) => {
      const self = links(channel, 'self')
      const type = formats.find(({ format }) => format === 'rss')?.type
      return [
        hrefs(self) !== ownAddress(feed, 'rss') && hrefs(self),
        self[0]?.attributes.type !== type && `${self[0]?.attributes.type}`,
      ]
    },
    (document) => document.replace(/<atom:link [^>]*rel="self".*?\/>/, '$&$&'),
  ],
  [
    'RFC 5005 §2, §4: the whole is marked complete, an archive as one, and nothing else is',
    ({ feed, channel }) => {
      const marks = channel.children.map(
        ({ name }) => /^{http:\/\/purl\.org\/syndication\/history\/1\.0}(.*)/.exec(name)?.[1],
      )
      return [`${marks.filter(Boolean)}` !== `${feed.history?.mark ?? ''}` && `${marks.filter(Boolean)}`]
    },
    (document) => document.replace('fh:archive', 'fh:complete'),
  ],
  [
    'RFC 5005 §3, §4: a page names the first one, an archive the current feed, each others that there are',
    ({ feed, channel }) =>
      (feed.history?.links ?? []).map(({ rel }) => links(channel, rel).length !== 1 && rel),
    (document) => document.replace(/<(atom:)?link rel="current".*?\/>/, ''),
  ],
  [
    'profile, readers 0.9: every address is absolute',
    ({ root }) =>
      everyNode(root)
        .flatMap((node) => {
          const plain = [rssName('link'), rssName('docs'), licenseName].includes(node.name) ? [node.text] : []
          const { url, href, domain } = node.attributes
          return [...plain, url, href, domain].filter((value) => value !== undefined)
        })
        .map((address) => !isAbsolute(address) && address),
    (document) => document.replace('url="https://kiosque.example', 'url="'),
  ],
  [
    'profile, readers 0.8: authors stand in dc:creator, and author never stands beside',
    ({ pairs }) =>
      pairs.flatMap(({ item, article }) => [
        kids(item, 'author').length > 0 && 'author',
        texts(item, dcName('creator')).join() !== article.authors.map(({ name }) => legalText(name)).join() &&
          'creators',
      ]),
    (document) => document.replace(/<dc:creator>(.*?)<\/dc:creator>/, '$&<author>$1</author>'),
  ],
  [
    'RSS 2.0: a channel has an image if its site has an icon that is a GIF, JPEG or PNG, with the channel’s own title and link',
    ({ feed: { site }, channel }) => {
      const [title, link] = ['title', 'link'].map((name) => text(channel, rssName(name)))
      const isShown = site.icon && /^image\/(?:gif|jpeg|png)$/.test(site.icon.type ?? 'image/png')
      const wanted = site.icon && isShown ? [`${absolute(site, site.icon.url)} ${title} ${link}`] : []
      const found = kids(channel, 'image').map((image) =>
        ['url', 'title', 'link'].map((name) => text(image, rssName(name))).join(' '),
      )
      return [found.join() !== wanted.join() && `${found}`]
    },
    (document) => document.replace(/(<image>.*<title>)/, '$1Autre '),
  ],
  [
    'RSS 2.0: an image says no size, or its true one of at most 144 pixels',
    ({ feed: { site }, channel }) =>
      kids(channel, 'image').map((image) => {
        const sizes = ['width', 'height'].map((name) => text(image, rssName(name))).join()
        const pixels = site.icon?.width ?? 0
        return sizes !== (pixels > 144 ? ',' : `${pixels},${pixels}`) && sizes
      }),
    (document) => document.replace('</link></image>', '</link><width>512</width></image>'),
  ],
  [
    'webfeeds: the icon and the colour of a site, six digits without a sign, and neither of another site',
    ({ feed: { site }, channel }) =>
      [site.icon && absolute(site, site.icon.url), site.icon?.accent?.slice(1)].map((value = '', at) => {
        const found = texts(channel, `{http://webfeeds.org/rss/1.0}${['icon', 'accentColor'][at]}`).join()
        return found !== value && found
      }),
    (document) => document.replace('<webfeeds:accentColor>', '$&#'),
  ],
  [
    'profile: at most one enclosure in an item',
    ({ pairs }) => pairs.flatMap(({ item }) => once(item, [rssName('enclosure')], 0)),
    (document) => document.replace(/<enclosure .*?\/>/, '$&$&'),
  ],
  [
    'RSS 2.0, readers 0.9: an enclosure has a url, its type and its true length, never 0',
    ({ pairs }) =>
      pairs.flatMap(({ item, article }) =>
        kids(item, 'enclosure').map(({ attributes: { url = '', type, length } }) => {
          const file = article.attachments.find((one) => url.endsWith(one.url))
          return (
            (!file?.bytes || length !== `${file.bytes}` || type !== file.type) && `${url} ${type} ${length}`
          )
        }),
      ),
    (document) => document.replace(/(<enclosure .*length=)"\d+"/, '$1"0"'),
  ],
  [
    'profile, readers 0.9: a file of known length is the item’s enclosure',
    ({ pairs }) =>
      pairs
        .filter(
          ({ article }) =>
            article.rights.syndicate === 'full' && article.attachments.some(({ bytes }) => bytes),
        )
        .map(({ item }) => kids(item, 'enclosure').length === 0 && text(item, rssName('guid'))),
    (document) => document.replace(/<enclosure .*?\/>/, ''),
  ],
  [
    'Media RSS: a file’s size, where it is written, is its true one',
    ({ pairs }) =>
      pairs.flatMap(({ item, article: { attachments, image } }) =>
        all(item, mediaName('content')).map(({ attributes: { url = '', fileSize } }) => {
          const file = [...attachments, ...(image ? [image] : [])].find((one) => url.endsWith(one.url))
          return (!file || fileSize !== file.bytes?.toString()) && `${url} ${fileSize}`
        }),
      ),
    (document) => document.replace(/fileSize="\d+"/, 'fileSize="0"'),
  ],
  [
    'Media RSS, readers 0.9: the lead picture is media:content, medium image, with its absolute address',
    ({ feed, pairs }) =>
      pairs.flatMap(({ item, article: { image } }) => {
        if (!image) return []
        const shown = all(item, mediaName('content')).filter(
          ({ attributes }) => attributes.medium === 'image',
        )
        const urls = shown.map(({ attributes }) => attributes.url).join(' ')
        return [urls !== new URL(image.url, feed.site.url).href && urls]
      }),
    (document) => document.replace('medium="image"', 'medium="document"'),
  ],
  [
    'profile, readers 0.8: description stands before content:encoded',
    ({ pairs }) =>
      pairs
        .map(({ item }) => [position(item, rssName('description')), position(item, contentName)])
        .filter(([description, content]) => description !== -1 && content !== -1)
        .map(([description = 0, content = 0]) => description > content && 'after'),
    (document) =>
      document.replace(
        /(<description>.*<\/description>)(\s*)(<content:encoded>.*<\/content:encoded>)/,
        '$3$2$1',
      ),
  ],
  [
    'profile: no markup in a title: it is the article’s text, escaped once',
    ({ pairs }) =>
      pairs.map(({ item, article }) => {
        const title = text(item, rssName('title'))
        return (title !== legalText(article.title) || kids(item, 'title')[0]?.children.length !== 0) && title
      }),
    (document) => document.replace(/(<item>\s*<title>)(.*?)</, '$1&lt;b&gt;$2&lt;/b&gt;<'),
  ],
  [
    'profile: plain text is spelled with numeric references only, which mark it as text (decision 033)',
    ({ document }) =>
      [...document.matchAll(plainElement)].map(
        ([, name, content = '']) => /&[a-z]/i.test(content) && `${name}`,
      ),
    (document) => document.replaceAll('&#x26;', '&amp;'),
  ],
  [
    'RSS 2.0: a description is HTML that shows the summary’s words and nothing more',
    ({ pairs }) =>
      pairs
        .filter(({ article }) => article.summary !== '')
        .map(({ item, article }) => {
          const tree = fromHtml(text(item, rssName('description')), { fragment: true })
          const bare = tree.children.every(({ type }) => type === 'text')
          return (!bare || toText(tree) !== legalText(article.summary)) && toText(tree)
        }),
    (document) => document.replace('1 &amp;lt; 2', '1 &lt; 2 &lt;b&gt;'),
  ],
  [
    'profile: an item has a description, which stands before its content',
    ({ pairs }) =>
      pairs.flatMap(({ item }) => [
        ...once(item, [rssName('description')]),
        text(item, rssName('description')).trim() === '' && 'an empty description',
      ]),
    (document) => document.replace(/(<item>[\s\S]*?)<description>.*?<\/description>/, '$1'),
  ],
  [
    'RSS 2.0: a description without a summary shows what is said of the picture, else the title',
    ({ pairs }) =>
      pairs
        .filter(({ article }) => article.summary === '')
        .map(({ item, article: { id, title } }) => {
          const said: Record<string, string> = {
            'tag:kiosque.example,2024:a': 'Le <pont> & l’île',
            'tag:kiosque.example,2024:b': 'Un pont',
            'tag:kiosque.example,2024:c': '1 < 2 & "3" > 2',
          }
          const tree = fromHtml(text(item, rssName('description')), { fragment: true })
          const bare = tree.children.every(({ type }) => type === 'text')
          return (!bare || toText(tree) !== (said[id] ?? title)) && toText(tree)
        }),
    (document) => document.replace('<description>Un pont', '<description>Le marché'),
  ],
  [
    'RSS 2.0: a source has a url, and is the article’s',
    ({ pairs }) =>
      pairs.flatMap(({ item, article: { source } }) =>
        kids(item, 'source').map(
          (node) =>
            (!node.attributes.url ||
              node.attributes.url !== source?.url ||
              node.text !== legalText(source.name)) &&
            node.text,
        ),
      ),
    (document) => document.replace(/<source url="[^"]*"/, '<source'),
  ],
  [
    'RSS 2.0: an agency that is known by name only is not lost',
    ({ pairs }) =>
      pairs.flatMap(({ item, article: { source } }) =>
        source && !source.url ? [text(item, dcName('source')) !== source.name && source.name] : [],
      ),
    (document) => document.replace(/<dc:source>.*?<\/dc:source>/, ''),
  ],
  [
    'RSS 2.0: docs names the specification',
    ({ channel }) => [
      text(channel, rssName('docs')) !== 'https://www.rssboard.org/rss-specification' && 'another page',
    ],
    (document) =>
      document.replace('www.rssboard.org/rss-specification', 'cyber.law.harvard.edu/rss/rss.html'),
  ],
  [
    'RSS 2.0: no category is empty',
    ({ pairs }) =>
      pairs.flatMap(({ item }) => texts(item, rssName('category'))).map((name) => name === '' && 'empty'),
    (document) => document.replace('<category>Marché</category>', '<category/>'),
  ],
  [
    'RSS 2.0: no category stands twice in an item, and a correction is one of the IPTC’s signals',
    ({ pairs }) =>
      pairs.flatMap(({ item, article: { note } }) => {
        const names = texts(item, rssName('category'))
        const signals = kids(item, 'category').filter(
          ({ attributes }) => attributes.domain === 'http://cv.iptc.org/newscodes/signal/',
        )
        return [
          ...names.map((name, at) => names.indexOf(name) !== at && name),
          signals.map((node) => node.text).join() !== (note === undefined ? '' : 'correction') &&
            'a correction',
        ]
      }),
    (document) => document.replace('/newscodes/signal/', '/newscodes/signal'),
  ],
  [
    'RSS 2.0: cloud and textInput are obsolete',
    ({ channel }) => channel.children.map(({ name }) => /\}(cloud|textInput)$/.test(name) && name),
    (document) => document.replace('<docs>', '<cloud domain="a.example"/><docs>'),
  ],
  [
    'modules: namespaces are spelt exactly, and none is of iTunes or of counts',
    ({ root }) => [
      ...Object.entries(root.attributes)
        .filter(([name]) => name.startsWith('xmlns:'))
        .map(([name, uri]) => !modules.includes(uri) && `${name}=${uri}`),
      ...everyNode(root).map(({ name }) => {
        const uri = name.slice(1, name.indexOf('}'))
        return uri !== '' && !modules.includes(uri) && name
      }),
    ],
    (document) => document.replace('/mrss/', '/mrss'),
  ],
  [
    'RSS 2.0: lastBuildDate is not before any item’s change',
    ({ channel, pairs }) =>
      pairs.map(
        ({ item }) =>
          Math.max(Date.parse(text(item, modifiedName)), Date.parse(text(item, rssName('pubDate')))) >
            Date.parse(text(channel, rssName('lastBuildDate'))) && 'older than an item',
      ),
    (document) => document.replace(/(<lastBuildDate>.*) 2024 /, '$1 1999 '),
  ],
  [
    'readers 0.10: an edit moves dcterms:modified, and pubDate stays',
    ({ pairs }) =>
      pairs.flatMap(({ item, article }) => [
        Date.parse(text(item, rssName('pubDate'))) !== Date.parse(article.published) && 'pubDate',
        Date.parse(text(item, modifiedName)) !== Date.parse(article.updated) && 'modified',
      ]),
    (document) => document.replace(/(<dcterms:modified>)2024/, '$12023'),
  ],
  [
    'readers 0.3: no date comes from a clock, only from articles, withdrawals, and the last change of an empty feed',
    ({ feed, channel }) => {
      const known = [
        ...feed.articles.flatMap(({ published, updated }) => [Date.parse(published), Date.parse(updated)]),
        ...(feed.withdrawn ?? []).map(({ withdrawn }) => withdrawn),
        ...(feed.articles.length === 0 ? [feed.revised] : []),
      ]
      const written = ['lastBuildDate', 'pubDate'].flatMap((name) => texts(channel, rssName(name)))
      return written.map((date) => !known.includes(Date.parse(date)) && date)
    },
    (document) => document.replace(/(<lastBuildDate>.*) \d\d:\d\d:/, '$1 12:34:'),
  ],
  [
    'a feed without articles is dated by its last change, or by a later withdrawal',
    ({ feed, channel }) => {
      if (feed.articles.length > 0) return []
      const changes = [feed.revised, ...(feed.withdrawn ?? []).map(({ withdrawn }) => withdrawn)]
      return [
        Date.parse(text(channel, rssName('lastBuildDate'))) !== Math.max(...changes) &&
          text(channel, rssName('lastBuildDate')),
      ]
    },
    (document) => document.replace(/(<lastBuildDate>.*)2024/, '$11970'),
  ],
  [
    'WebSub §4: a feed with a hub names it, and no other does',
    ({ feed, channel }) => {
      const found = hrefs(links(channel, 'hub'))
      return [found !== (feed.hub ?? '') && found]
    },
    (document) => document.replace('rel="hub"', 'rel="related"'),
  ],
]

testRules('RSS', renderRss, sheetOf, rules)

test('XML 1.0 §2.1: what is not well-formed is not read', () => {
  for (const [behaviour, feed] of Object.entries(behaviours))
    expect(() => readXml(renderRss(feed).replace('</rss>', '')), behaviour).toThrow()
})
