import { expect, test } from 'vitest'
import type { Article } from '../../src/domain/article.ts'
import type { Feed } from '../../src/domain/feed.ts'
import { absolute } from '../../src/domain/site.ts'
import { legalText } from '../../src/domain/text.ts'
import { renderAtom } from '../../src/render/atom.ts'
import { all, atomName, discouraged, type Node, readXml, texts } from './read-xml.ts'
import { type Answers, type Rule, testRules } from './rules.ts'
import { behaviours, ownAddress } from './samples.ts'

/** A rendered Atom document, and the feed from which the document was rendered. */
interface Sheet {
  document: string
  feed: Feed
  root: Node
  entries: Node[]
}

const deletedName = '{http://purl.org/atompub/tombstones/1.0}deleted-entry'
const own = (local: string) => atomName(local)
const kids = (node: Node, local: string) => all(node, own(local))
const text = (node: Node, local: string) => texts(node, own(local))[0] ?? ''
const links = (node: Node, rel: string) =>
  kids(node, 'link').filter(({ attributes }) => (attributes.rel ?? 'alternate') === rel)
const everyNode = (node: Node): Node[] => [node, ...node.children.flatMap(everyNode)]
const named = (root: Node, ...locals: string[]) =>
  everyNode(root).filter(({ name }) => locals.some((local) => name === own(local)))
const local = ({ name }: Node) => name.replace(/^.*\}/, '')

/** Reports each of the named child elements of a node that occurs more than once, or fewer than `least` times. */
const once = (node: Node, locals: string[], least = 1): Answers =>
  locals.map((name) => {
    const count = kids(node, name).length
    return (count > 1 || count < least) && `${count} ${name} in ${local(node)}`
  })

const isAbsolute = (url: string | undefined) =>
  /^https?:\/\/[^/\s]+\//.test(url ?? '') && URL.canParse(url ?? '')
const isDate = (value: string) =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value) && !Number.isNaN(Date.parse(value))
const sameInstant = (one: string, other = '') => Date.parse(one) === Date.parse(other)

/** Plain text in Atom: the content of an element, or the value of an attribute. */
const plainText = /<(title|subtitle|summary|rights|name)>([^<]*)<|\b(?:label|term|title)="([^"]*)"/g

const rules: Rule<Sheet>[] = [
  [
    'RFC 6721 §3: a deleted entry names the id and the instant',
    ({ feed, root }) => {
      const found = root.children.filter(({ name }) => name.endsWith('}deleted-entry'))
      return (feed.withdrawn ?? []).map(({ id, withdrawn }, at) => {
        const { ref, when = '' } = found[at]?.attributes ?? {}
        return (ref !== id || !isDate(when) || Date.parse(when) !== withdrawn) && `${ref} ${when}`
      })
    },
    (document) => document.replace(' when="2024', ' when="2023'),
  ],
  [
    'RFC 4287 §2: the document is an atom:feed',
    ({ root }) => [root.name !== own('feed') && root.name],
    (document) => document.replace('<feed ', '<rss ').replace('</feed>', '</rss>'),
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
    'readers 0.8: Atom is the default namespace, without a prefix',
    ({ document, root }) => [
      ...everyNode(root).flatMap(({ attributes }) =>
        Object.entries(attributes).map(
          ([name, value]) => name.startsWith('xmlns:') && own('').includes(`{${value}}`) && name,
        ),
      ),
      !document.includes('<feed xmlns="http://www.w3.org/2005/Atom"') && 'another default',
    ],
    (document) => document.replaceAll(/<(\/?)(?=[a-z]+[ >/])/g, '<$1a:').replace('xmlns=', 'xmlns:a='),
  ],
  [
    'RFC 4287 §2: xml:lang names the language of the feed, and of each entry',
    ({ feed, root, entries }) => {
      const whole = root.attributes['xml:lang']
      return [
        whole !== feed.site.language && `feed: ${whole}`,
        ...entries.map((entry, at) => {
          const language = entry.attributes['xml:lang'] ?? whole
          return language !== feed.articles[at]?.language && `entry: ${language}`
        }),
      ]
    },
    (document) => document.replace(/<entry xml:lang="[^"]*">/, '<entry>'),
  ],
  [
    'RFC 4287 §3.1.1: a text is of type text, html or xhtml, and escaped',
    ({ root }) =>
      named(root, 'title', 'subtitle', 'summary', 'rights', 'content').map(
        (node) =>
          (!['text', 'html', undefined].includes(node.attributes.type) || node.children.length > 0) &&
          `${local(node)} ${node.attributes.type}`,
      ),
    (document) => document.replace('<content type="html">', '<content type="html"><p/>'),
  ],
  [
    'RFC 4287 §3.1.1: what is no HTML is not called so',
    ({ root }) =>
      named(root, 'title', 'subtitle', 'summary', 'rights').map(
        (node) => node.attributes.type === 'html' && local(node),
      ),
    (document) => document.replace('<title>', '<title type="html">'),
  ],
  [
    'readers: plain text is spelled with numeric references only, in elements and attributes (decision 033)',
    ({ document }) =>
      [...document.matchAll(plainText)].map(
        ([written, , content = '', value = '']) => /&[a-z]/i.test(content + value) && written,
      ),
    (document) => document.replaceAll('&#x26;', '&amp;'),
  ],
  [
    'RFC 4287 §3.2.1: a person has exactly one name',
    ({ root }) => named(root, 'author', 'contributor').flatMap((person) => once(person, ['name'])),
    (document) => document.replace(/<name>.*?<\/name>/, ''),
  ],
  [
    'RFC 4287 §3.2.2, §3.2.3: a person has at most one uri and e-mail address',
    ({ root }) => named(root, 'author', 'contributor').flatMap((person) => once(person, ['uri', 'email'], 0)),
    (document) => document.replace(/<email>.*?<\/email>/, '$&$&'),
  ],
  [
    'RFC 4287 §3.2.3: an e-mail address is an addr-spec',
    ({ root }) =>
      named(root, 'email').map((email) => !/^[^\s@<>]+@[^\s@<>]+$/.test(email.text) && email.text),
    (document) => document.replace('b@b.example', 'B &lt;b@b.example&gt;'),
  ],
  [
    'RFC 4287 §3.3: dates are of RFC 3339, with capital T and Z',
    ({ root }) => named(root, 'updated', 'published').map((date) => !isDate(date.text) && date.text),
    (document) => document.replace(/(<published>[^T]*)T/, '$1t'),
  ],
  [
    'RFC 4287 §4.1.1: a feed has exactly one id, title, updated',
    ({ root }) => once(root, ['id', 'title', 'updated']),
    (document) => document.replace(/<updated>.*?<\/updated>/, ''),
  ],
  [
    'RFC 4287 §4.1.1: a feed has at most one generator, icon, logo, rights, subtitle',
    ({ root }) => once(root, ['generator', 'icon', 'logo', 'rights', 'subtitle'], 0),
    (document) => document.replace(/<generator>.*?<\/generator>/, '$&$&'),
  ],
  [
    'RFC 4287 §4.1.1: a feed has an author, or every entry has',
    ({ root, entries }) => [
      kids(root, 'author').length === 0 &&
        !(entries.length > 0 && entries.every((entry) => kids(entry, 'author').length > 0)) &&
        'nobody wrote it',
    ],
    (document) => document.replaceAll(/<author>[\s\S]*?<\/author>/g, ''),
  ],
  [
    'RFC 4287 §4.1.1, §4.1.2: no two alternate links of one type and language',
    ({ root, entries }) =>
      [root, ...entries].flatMap((node) => {
        const seen = links(node, 'alternate').map(
          ({ attributes: { type, hreflang } }) => `${type} ${hreflang}`,
        )
        return seen.map((one, at) => seen.indexOf(one) !== at && one)
      }),
    (document) => document.replace(/<link rel="alternate".*?\/>/, '$&$&'),
  ],
  [
    'RFC 4287 §4.1.1: exactly one self link, the address of the feed',
    ({ feed, root }) => {
      const found = links(root, 'self').map(({ attributes }) => attributes.href)
      return [`${found}` !== ownAddress(feed, 'atom') && `${found}`]
    },
    (document) => document.replace(/(<link rel="self" href="[^"]*)"/, '$1?utm=1"'),
  ],
  [
    'RFC 4287 §4.1.1: a feed has an alternate link, its page',
    ({ root }) => [links(root, 'alternate').length === 0 && 'none'],
    (document) => document.replace('rel="alternate"', 'rel="related"'),
  ],
  [
    'RFC 4287 §4.1.1: no id stands twice',
    ({ entries }) => {
      const ids = entries.map((entry) => text(entry, 'id'))
      return ids.map((id, at) => ids.indexOf(id) !== at && id)
    },
    (document) => document.replace(/<entry>[\s\S]*?<\/entry>/, '$&$&'),
  ],
  [
    'RFC 4287 §4.1.1: feed updated is not before any entry’s',
    ({ root, entries }) =>
      entries.map(
        (entry) => Date.parse(text(entry, 'updated')) > Date.parse(text(root, 'updated')) && 'feed is older',
      ),
    (document) => document.replace(/<updated>\d{4}/, '<updated>1999'),
  ],
  [
    'RFC 4287 §4.1.2: an entry has exactly one id, title, updated',
    ({ entries }) => entries.flatMap((entry) => once(entry, ['id', 'title', 'updated'])),
    (document) => document.replace(/(<entry>\s*)(<title>.*?<\/title>)/, '$1$2$2'),
  ],
  [
    'RFC 4287 §4.1.2: an entry has at most one content, published, rights, source, summary',
    ({ entries }) =>
      entries.flatMap((entry) => once(entry, ['content', 'published', 'rights', 'source', 'summary'], 0)),
    (document) => document.replace(/<summary>.*?<\/summary>/, '$&$&'),
  ],
  [
    'RFC 4287 §4.1.2: an entry has content, and an alternate link',
    ({ entries }) =>
      entries.flatMap((entry) => [
        text(entry, 'content') === '' && `no content in ${text(entry, 'id')}`,
        links(entry, 'alternate').length !== 1 && `no link in ${text(entry, 'id')}`,
      ]),
    (document) => document.replace(/<content type="text">.*?<\/content>/, ''),
  ],
  [
    'RFC 4287 §4.1.3: content that is no HTML is the summary, else the title, as text',
    ({ feed, entries }) =>
      entries.flatMap((entry, at) => {
        const { summary, title } = feed.articles[at] as Article
        return kids(entry, 'content')
          .filter(({ attributes: { type } }) => type !== 'html')
          .map((content) => content.text !== legalText(summary || title) && content.text)
      }),
    (document) => document.replace(/(<content type="text">).*?</, '$1x<'),
  ],
  [
    'RFC 4287 appendix B: elements of other namespaces stand before the first entry of a feed',
    ({ root, entries }) =>
      entries.length === 0
        ? []
        : root.children
            .slice(root.children.findIndex(({ name }) => name === own('entry')))
            .map(({ name }) => name !== own('entry') && name),
    (document) => document.replace(/(<at:deleted-entry .*?\/>)([\s\S]*)<\/feed>/, '$2$1</feed>'),
  ],
  [
    'RFC 4287 §4.1.2: a summary stands where content would need one (src, base64)',
    ({ entries }) =>
      entries.flatMap((entry) =>
        kids(entry, 'content').map(
          ({ attributes: { src, type } }) =>
            (src !== undefined || /\//.test(type ?? '')) &&
            kids(entry, 'summary').length === 0 &&
            'no summary',
        ),
      ),
    (document) =>
      document.replace(/<summary>.*?<\/summary>/, '').replace('<content type="html">', '<content src="/x">'),
  ],
  [
    'RFC 4287 §4.1.3: content stands inline, as HTML where the body may be shown, else as text',
    ({ feed, entries }) =>
      entries.flatMap((entry, at) => {
        const { html, image, note, rights } = feed.articles[at] as Article
        const isShown =
          rights.syndicate === 'full' && (html !== '' || image !== undefined || note !== undefined)
        return kids(entry, 'content').map(
          ({ attributes: { src, type } }) =>
            (src !== undefined || type !== (isShown ? 'html' : 'text')) && `${type} ${src}`,
        )
      }),
    (document) => document.replace('<content type="html">', '<content type="html" src="https://a.example/">'),
  ],
  [
    'RFC 4287 §4.2.2: a category has a term, and an IRI as scheme',
    ({ root }) =>
      named(root, 'category').map(
        ({ attributes: { term, scheme } }) =>
          (!term || (scheme !== undefined && !isAbsolute(scheme))) && `${term} ${scheme}`,
      ),
    (document) => document.replace(/(<category )term=/, '$1name='),
  ],
  [
    'RFC 4287 §4.2.2: no two categories of an entry have one term, and a correction is one of the IPTC’s signals',
    ({ feed, entries }) =>
      entries.flatMap((entry, at) => {
        const categories = kids(entry, 'category').map(({ attributes }) => attributes)
        const terms = categories.map(({ term }) => term)
        const signals = categories.filter(({ scheme }) => scheme === 'http://cv.iptc.org/newscodes/signal/')
        const isSaid = signals.length === 1 && signals[0]?.term === 'correction' && signals[0]?.label
        return [
          ...terms.map((term, place) => terms.indexOf(term) !== place && `${term}`),
          feed.articles[at]?.note === undefined
            ? signals.length > 0 && 'no correction'
            : !isSaid && 'a correction',
        ]
      }),
    (document) => document.replace('/newscodes/signal/', '/newscodes/signal'),
  ],
  [
    'RFC 4287 §4.2.5: the feed has an icon',
    ({ root }) => once(root, ['icon']),
    (document) => document.replace(/<icon>.*?<\/icon>/, ''),
  ],
  [
    'RFC 4287 §4.2.5, §4.2.8: the icon is the site’s own or the built-in one, and only its own is a logo',
    ({ feed: { site }, root }) => {
      const [own, builtIn] = [site.icon && absolute(site, site.icon.url), `${site.url}/favicon.ico`]
      return [
        text(root, 'icon') !== (own ?? builtIn) && text(root, 'icon'),
        kids(root, 'logo')
          .map((logo) => logo.text)
          .join() !== (own ?? '') && 'logo',
      ]
    },
    (document) => document.replace('</logo>', '?</logo>'),
  ],
  [
    'RFC 4287 §4.2.6: an id is an absolute IRI, the article’s own, character by character',
    ({ feed, root, entries }) => [
      !isAbsolute(text(root, 'id')) && text(root, 'id'),
      ...entries.map((entry, at) => {
        const id = text(entry, 'id')
        return (id !== feed.articles[at]?.id || !URL.canParse(id)) && id
      }),
    ],
    (document) => document.replace('<id>tag:kiosque', '<id>tag:Kiosque'),
  ],
  [
    'RFC 4287 §4.2.7, readers 0.8: every address is absolute',
    ({ root }) => [
      ...named(root, 'link').map(({ attributes: { href } }) => !isAbsolute(href) && `${href}`),
      ...named(root, 'icon', 'logo', 'uri').map((node) => !isAbsolute(node.text) && node.text),
    ],
    (document) => document.replace('<link href="https://kiosque.example', '<link href="'),
  ],
  [
    'RFC 4287 §4.2.7.2: a relation is a registered name',
    ({ root }) =>
      named(root, 'link').map(
        ({ attributes: { rel } }) =>
          rel !== undefined &&
          !/^(alternate|self|enclosure|hub|license|replies|first|next|previous|current|(prev|next)-archive)$/.test(
            rel,
          ) &&
          rel,
      ),
    (document) => document.replace('rel="enclosure"', 'rel="attachment"'),
  ],
  [
    'RFC 5005 §2, §4: the whole is marked complete, an archive as one, and nothing else is',
    ({ feed, root }) => {
      const marks = root.children.map(
        ({ name }) => /^{http:\/\/purl\.org\/syndication\/history\/1\.0}(.*)/.exec(name)?.[1],
      )
      return [`${marks.filter(Boolean)}` !== `${feed.history?.mark ?? ''}` && `${marks.filter(Boolean)}`]
    },
    (document) => document.replace('fh:archive', 'fh:complete'),
  ],
  [
    'RFC 5005 §3, §4: a page names the first one, an archive the current feed, each others that there are',
    ({ feed, root }) => (feed.history?.links ?? []).map(({ rel }) => links(root, rel).length !== 1 && rel),
    (document) => document.replace(/<(atom:)?link rel="current".*?\/>/, ''),
  ],
  [
    'RFC 4287 §4.2.7.6, readers 0.9: an enclosure has its type and true length, and no length where none is known',
    ({ feed, entries }) =>
      entries.flatMap((entry, at) =>
        links(entry, 'enclosure').map(({ attributes: { href = '', type, length } }) => {
          const file = feed.articles[at]?.attachments.find(({ url }) => href.endsWith(url))
          return (type !== file?.type || length !== file?.bytes?.toString() || length === '0') && href
        }),
      ),
    (document) => document.replace('type="application/pdf" title', 'type="application/pdf" length="0" title'),
  ],
  [
    'RFC 4287 §4.2.11: a source has its id, title and date, and its link where that is known',
    ({ feed, entries }) =>
      entries.flatMap((entry, at): Answers => {
        const { source, published } = feed.articles[at] as Article
        if (!source) return []
        const [node] = kids(entry, 'source')
        if (!node) return ['lost']
        return [
          ...once(node, ['id', 'title', 'updated']),
          text(node, 'title') !== legalText(source.name) && 'title',
          text(node, 'id') !== (source.url ?? `urn:kiosque:agency:${encodeURIComponent(source.name)}`) &&
            'id',
          !sameInstant(text(node, 'updated'), published) && 'updated',
          links(node, 'alternate')[0]?.attributes.href !== source.url && 'link',
        ]
      }),
    (document) => document.replace(/(<source>.*)<updated>.*?<\/updated>/, '$1'),
  ],
  [
    'RFC 4287 §4.2.15, readers 0.10: updated moves with an edit, published stays',
    ({ feed, entries }) =>
      entries.flatMap((entry, at) => [
        !sameInstant(text(entry, 'updated'), feed.articles[at]?.updated) && 'updated',
        !sameInstant(text(entry, 'published'), feed.articles[at]?.published) && 'published',
      ]),
    (document) => document.replace(/<published>\d{4}/, '<published>2025'),
  ],
  [
    'readers 0.3: no date comes from a clock, only from articles, their withdrawal, and the last change of an empty feed',
    ({ feed, root }) => {
      const dates = [
        ...feed.articles.flatMap(({ published, updated }) => [Date.parse(published), Date.parse(updated)]),
        ...(feed.withdrawn ?? []).map(({ withdrawn }) => withdrawn),
        ...(feed.articles.length === 0 ? [feed.revised] : []),
      ]
      return named(root, 'updated', 'published').map(
        (date) => !dates.includes(Date.parse(date.text)) && date.text,
      )
    },
    (document) => document.replace(/<updated>\d{4}/, '<updated>2026'),
  ],
  [
    'RFC 4287 §4.2.14: a title is the article’s text, escaped once',
    ({ feed, entries }) =>
      entries.map((entry, at) => {
        const title = text(entry, 'title')
        return title !== legalText(feed.articles[at]?.title ?? '') && title
      }),
    (document) => document.replaceAll('&#x3C;script', '&amp;lt;script'),
  ],
  [
    'RFC 6721 §3: what was withdrawn is a deleted-entry with its id and instant',
    ({ feed, root }) =>
      (feed.withdrawn ?? []).map(({ id, withdrawn }) => {
        const found = all(root, deletedName).filter(({ attributes }) => attributes.ref === id)
        const when = found[0]?.attributes.when ?? ''
        return (found.length !== 1 || !isDate(when) || Date.parse(when) !== withdrawn) && `${id} ${when}`
      }),
    (document) => document.replace(/(deleted-entry .*ref=")/, '$1x'),
  ],
  [
    'RFC 6721 §3: what was withdrawn is no entry too, and the feed is not older than that',
    ({ root, entries }) => {
      const present = entries.map((entry) => text(entry, 'id'))
      return all(root, deletedName).map(
        ({ attributes: { ref = '', when = '' } }) =>
          (present.includes(ref) || Date.parse(when) > Date.parse(text(root, 'updated'))) && ref,
      )
    },
    (document) => document.replace(/(deleted-entry .*when=")2024/, '$12025'),
  ],
  [
    'a feed without articles is dated by its last change, or by a later withdrawal',
    ({ feed, root }) => {
      if (feed.articles.length > 0) return []
      const changes = [feed.revised, ...(feed.withdrawn ?? []).map(({ withdrawn }) => withdrawn)]
      return [Date.parse(text(root, 'updated')) !== Math.max(...changes) && text(root, 'updated')]
    },
    (document) => document.replace(/(<updated>.*)2024/, '$11970'),
  ],
  [
    'WebSub §4: a feed with a hub names it, and no other does',
    ({ feed, root }) => {
      const found = links(root, 'hub').map(({ attributes }) => attributes.href)
      return feed.hub === undefined
        ? found.map((hub) => `${hub}`)
        : [`${found}` !== feed.hub && `hub ${found}`]
    },
    (document) => document.replace('rel="hub"', 'rel="related"'),
  ],
]

testRules(
  'Atom',
  renderAtom,
  (document, feed) => {
    const root = readXml(document)
    return { document, feed, root, entries: kids(root, 'entry') }
  },
  rules,
)

test('RFC 4287 §2: what is not well-formed is not read', () => {
  for (const [behaviour, feed] of Object.entries(behaviours))
    expect(() => readXml(renderAtom(feed).replace('</feed>', '')), behaviour).toThrow()
})
