import { describe, expect, test } from 'vitest'
import type { FolderPart } from '../../src/domain/directory.ts'
import { languages, wordsIn } from '../../src/domain/language.ts'
import type { Language, Words } from '../../src/domain/words.ts'
import { renderArticlePage } from '../../src/pages/article/page.tsx'
import { renderDirectoryPage } from '../../src/pages/directory/page.tsx'
import { renderEmbed, renderEmbedProblem } from '../../src/pages/embed/page.tsx'
import { renderFeedPage } from '../../src/pages/feed/page.tsx'
import { renderListPage } from '../../src/pages/list/page.tsx'
import { type FeedLink, feedLinksOf } from '../../src/pages/parts/feed-links.ts'
import { renderProblemPage } from '../../src/pages/problem/page.tsx'
import { renderShareMenu } from '../../src/pages/share-menu/page.tsx'
import { noteOf } from '../../src/render/content.ts'
import { renderPush } from '../../src/render/push.ts'
import { shareLinks } from '../../src/share/links.ts'
import { sample } from '../../src/share/network.ts'
import { networks } from '../../src/share/networks.ts'
import { offers } from '../../src/share/offer.ts'
import { mailsIn } from '../render/mail/letters.ts'
import { site as french, sampleArticle } from '../render/samples.ts'
import { notifyPages } from './notify/pages.ts'

/**
 * Renders every page of a site in the given language. All texts of the site and its articles are the
 * meaningless `Zz`, so that every other text on the pages comes from the language's word list.
 */
function pagesIn(language: string): string[] {
  const site = { ...french, language, title: 'Zz', description: 'Zz' }
  const picture = { url: '/a.jpg', type: 'image/jpeg', width: 900, height: 600, alt: 'Zz', credit: 'Zz' }
  const article = sampleArticle({
    ...{ language, title: 'Zz', summary: 'Zz', html: '<p>Zz</p>', section: 'Zz', tags: ['Zz'], note: 'Zz' },
    ...{ authors: [{ name: 'Zz' }, { name: 'Qq' }], source: { name: 'Zz' }, image: picture },
    attachments: [{ url: '/a.pdf', type: 'application/pdf', bytes: 12_000 }],
    rights: { syndicate: 'full', license: 'https://licence.example/' },
    updated: '2024-07-01T12:00:00Z',
  })
  const summaryOnly = {
    ...article,
    url: 'https://journal.example/',
    rights: { syndicate: 'summary' as const },
  }
  const feeds = feedLinksOf(site, { path: '' })
  const share = shareLinks(
    sample,
    language,
    networks.map(({ id }) => id),
  )
  const addresses = { short: 'https://kiosque.example/s/a', qr: 'https://kiosque.example/qr/a.svg' }
  const list = (path: string, articles = [article]) =>
    renderListPage({ site, selection: { path, title: 'Zz' }, articles, feeds })
  const feed = (differs: object) =>
    renderFeedPage({
      ...{ site, selection: { path: '', title: '' }, articles: [], feeds, feed: feeds[0] as FeedLink },
      ...{ newest: true, raw: 'https://kiosque.example/feed.rss?raw=', ...differs },
    })
  const shelf = (folder: FolderPart['folder']): FolderPart => ({
    ...{
      folder,
      selections: [{ path: `${folder}/zz`, title: 'Zz' }],
      next: `${folder}/q`,
      initials: ['q', 'z'],
    },
  })
  const parts = [shelf('sections'), shelf('tags'), shelf('authors')]
  const nothing: FolderPart[] = [{ folder: 'tags', selections: [] }]
  return [
    renderArticlePage({ site, article, share, feeds, notify: { postal: 'Zz', pushKey: 'Zz' } }),
    renderListPage({
      site,
      selection: { path: '', title: 'Zz' },
      articles: [],
      feeds,
      notify: { pushKey: 'Zz' },
    }),
    JSON.stringify(
      renderPush(
        site,
        { kind: 'digest', articles: [article], isCut: true, choices: [] },
        { language, tag: 'zz' },
      ),
    ),
    ...(['published', 'withdrawn'] as const).map((kind) =>
      JSON.stringify(renderPush(site, { kind, article }, { language, tag: 'zz' })),
    ),
    renderArticlePage({ site, article: summaryOnly, share, feeds }),
    ...['', 'sections/zz', 'tags/zz', 'authors/zz'].map((path) => list(path)),
    list('', []),
    feed({}),
    feed({ newest: false, host: 'a b' }),
    feed({ selection: { path: 'comments', title: 'Zz' } }),
    feed({ selection: { path: 'articles/zz/comments', title: 'Zz' }, newest: false }),
    feed({ host: 'zz.example' }),
    renderDirectoryPage({ site: { ...site, contact: 'zz@zz.example' }, parts, feeds }),
    renderDirectoryPage({ site, parts, from: { folder: 'tags', key: 'z' }, feeds }),
    renderDirectoryPage({ site, parts: nothing, from: { folder: 'tags', key: 'z' }, feeds }),
    renderShareMenu({ site, article, share, addresses }),
    ...[404, 410, 429, 503].map((status) => renderProblemPage({ site, status, title: 'Zz', detail: 'Zz' })),
    renderEmbed({ site, article }),
    renderEmbedProblem(site, 410, 'Zz'),
    ...Object.values(notifyPages(site, 'Zz')),
    ...mailsIn(site, article).map(({ html }) => html),
  ]
}

/** The fixed parts of all texts of a language, without the values that pages insert. */
function phrasesOf(words: unknown): string[] {
  if (typeof words === 'string') return words.split('{}').map((part) => part.trim())
  if (typeof words === 'function') return phrasesOf(words('{}', '{}'))
  return Object.values(words ?? {}).flatMap(phrasesOf)
}

const spoken = ({ page, feed, share, notify }: Words): string[] =>
  [...new Set(phrasesOf({ page, feed, share, notify }))].filter((phrase) => phrase.length > 4)

const tags = Object.values(languages).flatMap(({ words, otherRegions }: Language) =>
  [words.tag, otherRegions?.tag ?? []].flat(),
)

describe('each word of a language', () => {
  test.for(tags)('%s: is shown on a page, by its own words alone', (tag) => {
    const text = pagesIn(tag).join('\n')
    const words = spoken(wordsIn(tag))
    expect(words.length).toBeGreaterThan(150)
    expect(words.filter((phrase) => !text.includes(phrase))).toEqual([])
    const others = tags.filter((other) => other.split('-')[0] !== tag.split('-')[0])
    const foreign = others.flatMap((other) => spoken(wordsIn(other))).filter((one) => !words.includes(one))
    const brands = networks.flatMap(({ label: { name } }) => (typeof name === 'string' ? `>${name}` : []))
    // The names of social networks are removed before the check, because these names are the same in every
    // language and may contain a word of another language, such as "Share".
    const bare = brands.reduce(
      (rest, brand) => rest.replaceAll(brand, '>'),
      text.replace(/<style>.*?<\/style>|(?:href|type|name|id|for|autocomplete)="[^"]*"/gs, ''),
    )
    const isIn = (phrase: string) =>
      new RegExp(`(?<![\\p{L}-])${RegExp.escape(phrase)}(?![\\p{L}-])`, 'u').test(bare)
    expect(foreign.filter(isIn)).toEqual([])
  })
})

test.for([
  ['fr', 'Correction\u00a0:', 'Partager cet article\u00a0:'],
  ['fr-CH', 'Correction\u00a0:', 'Partager cet article\u00a0:'],
  ['en', 'Correction:', 'Share this article:'],
  ['frr', 'Correction:', 'Share this article:'],
  ['de', 'Korrektur:', 'Diesen Artikel teilen:'],
])(
  'feeds in %s: what stands before a correction, and before links',
  async ([language, correction, heading]) => {
    const article = sampleArticle({ language: language as string, note: 'Zz' })
    expect(noteOf(article)).toBe(`<p><strong>${correction}</strong> Zz</p>\n`)
    const settings = { shareNetworks: ['mastodon', 'email'], feedShareData: true, feedShareRow: true }
    const offer = await offers(french, { ...settings, facebookApp: '', shareShort: false })?.(article)
    const names = { fr: ['Mastodon (fédivers)', 'courriel'], de: ['Mastodon (Fediverse)', 'E-Mail'] }[
      language as string
    ]
    const [first, second] = names ?? ['Mastodon (', 'mail']
    expect(offer?.row).toMatch(new RegExp(`^<p>${heading} <a [^>]*>${RegExp.escape(first as string)}`))
    expect(offer?.row).toContain(`${second}</a></p>`)
  },
)

test('in a row of links eyes see the name, and ears the verb on both sides of it', () => {
  const [page = ''] = pagesIn('de')
  expect(page).toContain(
    '<span class="unseen">Auf </span><span class="name">Bluesky</span><span class="unseen"> teilen</span><span class="unseen"> (öffnet sich in einem neuen Tab)</span>',
  )
  expect(page).toContain(
    '<button type="button" data-act="native"><span class="name">Teilen\u00a0…</span></button>',
  )
})
