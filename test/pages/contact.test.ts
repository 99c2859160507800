import { describe, expect, test } from 'vitest'
import { languages } from '../../src/domain/language.ts'
import { renderDirectoryPage } from '../../src/pages/directory/page.tsx'
import { renderFeedPage } from '../../src/pages/feed/page.tsx'
import { feedLinksOf } from '../../src/pages/parts/feed-links.ts'
import { formats } from '../../src/render/formats.ts'
import { renderOpml } from '../../src/render/opml.ts'
import { behaviours, sampleArticle, site } from '../render/samples.ts'

const selection = { path: '', title: '' }

/** The pages that name the contact: the directory, a later part of it, and the page of a feed. */
const pages: [page: string, render: (of: typeof site) => string][] = [
  ['/feeds', (of) => renderDirectoryPage({ site: of, parts: [], feeds: [] })],
  [
    '/feeds?from=tags/a',
    (of) => renderDirectoryPage({ site: of, parts: [], from: { folder: 'tags', key: 'a' }, feeds: [] }),
  ],
  [
    'a feed',
    (of) => {
      const feeds = feedLinksOf(of, selection)
      const [feed] = feeds
      if (!feed) throw new Error('no feed')
      const raw = `${of.url}/feed.rss?raw=`
      return renderFeedPage({
        site: of,
        selection,
        articles: [sampleArticle()],
        newest: true,
        feed,
        feeds,
        raw,
      })
    },
  ],
]

const contacts: [contact: string, link: string][] = [
  ['flux@journal.example', '<a href="mailto:flux@journal.example">flux@journal.example</a>'],
  ['a+b@journal.example', '<a href="mailto:a%2Bb@journal.example">a+b@journal.example</a>'],
  [
    "q?subject=x&b=%0A'@journal.example",
    '<a href="mailto:q%3Fsubject%3Dx%26b%3D%250A&#39;@journal.example">q?subject=x&amp;b=%0A&#39;@journal.example</a>',
  ],
  ['https://journal.example/', '<a href="https://journal.example/">journal.example</a>'],
  [
    'https://journal.example/a?b=1&c',
    '<a href="https://journal.example/a?b=1&amp;c">journal.example/a?b=1&amp;c</a>',
  ],
]

describe.for(pages)('%s', ([, render]) => {
  test.for(contacts)('says that the authors of feed readers can write to %s', ([contact, link]) => {
    for (const { words } of Object.values(languages)) {
      const page = render({ ...site, language: words.tag, contact })
      expect(page, words.tag).toContain(`<p class="quiet">${words.feed.contact} ${link}</p>`)
    }
  })

  test('says nothing without the setting', () => {
    for (const { words } of Object.values(languages)) {
      expect(render({ ...site, language: words.tag }), words.tag).not.toContain(words.feed.contact)
    }
  })
})

test('no feed changes by the contact', () => {
  for (const [behaviour, feed] of Object.entries(behaviours)) {
    for (const { format, render } of formats) {
      const withContact = { ...feed, site: { ...feed.site, contact: 'flux@journal.example' } }
      expect(render(withContact) === render(feed), `${behaviour}.${format}`).toBe(true)
    }
  }
})

test('OPML 2.0: the owner has an e-mail address or a page, and is otherwise not named', () => {
  const headOf = (contact: string | undefined) =>
    /<head>.*<\/head>/.exec(renderOpml({ ...site, contact }, [], true))?.[0]
  expect(headOf('a&b@journal.example')).toContain('<ownerEmail>a&amp;b@journal.example</ownerEmail>')
  expect(headOf('https://journal.example/a?b&c')).toContain(
    '<ownerId>https://journal.example/a?b&amp;c</ownerId>',
  )
  expect(headOf(undefined)).not.toContain('owner')
})
