import { expect, test } from 'vitest'
import type { Article } from '../../src/domain/article.ts'
import type { LanguageName } from '../../src/domain/language.ts'
import { legalText, shortened } from '../../src/domain/text.ts'
import { dayWriter, timeWriter } from '../../src/domain/written-date.ts'
import { opensWith, renderArticlePage } from '../../src/pages/article/page.tsx'
import { styles } from '../../src/pages/bundle.ts'
import { renderEmbed } from '../../src/pages/embed/page.tsx'
import { renderListPage } from '../../src/pages/list/page.tsx'
import { type FeedLink, feedLinksOf } from '../../src/pages/parts/feed-links.ts'
import { maxInHead } from '../../src/pages/parts/metadata.ts'
import { policyOf } from '../../src/pages/parts/policy.ts'
import { renderProblemPage } from '../../src/pages/problem/page.tsx'
import { shareLinks } from '../../src/share/links.ts'
import { discouraged } from '../render/read-xml.ts'
import { sampleArticle, site } from '../render/samples.ts'
import { repeated } from '../repeated.ts'

const feeds: FeedLink[] = [
  { type: 'application/rss+xml', title: 'RSS', url: 'https://kiosque.example/feed.rss' },
  { type: 'application/atom+xml', title: 'Atom', url: 'https://kiosque.example/feed.atom' },
  { type: 'application/feed+json', title: 'JSON Feed', url: 'https://kiosque.example/feed.json' },
]

const hostile = `"><script>alert(1)</script><img src=x onerror=alert(1)>' style='x \u2028\u0001\u0085</title></style>`
const escaped = '&lt;script&gt;alert(1)&lt;/script&gt;'

const articlePage = (differs: Partial<Article> = {}): string => {
  const article = sampleArticle(differs)
  const share = shareLinks({ title: article.title, url: 'https://kiosque.example/a' }, article.language)
  return renderArticlePage({
    site,
    article,
    share,
    feeds: feedLinksOf(site, { path: `articles/${article.slug}` }),
  })
}

const listPage = (articles: Article[], path = '', title = ''): string =>
  renderListPage({ site, selection: { path, title }, articles, feeds })

const image = {
  url: '/media/a.jpg',
  type: 'image/jpeg',
  width: 1600,
  height: 900,
  alt: 'Le canal',
  credit: 'Ève',
}

const everyText: Partial<Article> = {
  title: hostile,
  kicker: hostile,
  place: hostile,
  summary: hostile,
  section: `${hostile} a`,
  tags: [`${hostile} b`],
  authors: [{ name: `${hostile} c` }],
  source: { name: hostile, url: 'https://agence.example/?a="b"' },
  image: { ...image, alt: hostile, caption: hostile, credit: hostile },
  attachments: [{ url: '/media/a.pdf', type: 'application/pdf', title: hostile }],
  rights: { syndicate: 'full', copyright: hostile },
}

const pages: Record<string, () => string> = {
  article: () => articlePage(everyText),
  'summary only': () => articlePage({ ...everyText, rights: { syndicate: 'summary' } }),
  front: () => listPage([sampleArticle(everyText), sampleArticle({ image })]),
  section: () => listPage([sampleArticle(everyText)], 'sections/local', hostile),
  problem: () => renderProblemPage({ site, status: 503, title: hostile, detail: hostile }),
  'problem without settings': () => renderProblemPage({ status: 500, title: hostile, detail: hostile }),
}

const headOf = (page: string): string => page.slice(0, page.indexOf('</head>'))
/** The part of a page that link previews read: from the start of the page to the end of its structured data. */
const cardOf = (page: string): string => page.slice(0, page.indexOf('</script>', page.indexOf('ld+json')))
const bytesOf = (text: string): number => new TextEncoder().encode(text).length
const structuredIn = (page: string) =>
  JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(page)?.[1] ?? '')

/** The scripts that a page may contain: structured data, which no browser runs, and the share element. */
const siteScripts = ['<script type="application/ld+json">', '<script type="module" src="/e/v1.js">']

test.for(Object.entries(pages))('%s: no text of an article becomes markup', ([, render]) => {
  const page = render()
  const scripts = page.match(/<script[^>]*>/g) ?? []
  expect(scripts.filter((tag) => !siteScripts.includes(tag))).toEqual([])
  const tags = page.match(/<[a-z](?:"[^"]*"|'[^']*'|[^"'>])*>/gi) ?? []
  expect(tags.length).toBeGreaterThan(10)
  const bare = tags.map((tag) => tag.replace(/"[^"]*"/g, '""'))
  expect(bare.filter((tag) => /\s(?:style|on\w+)\s*=/i.test(tag))).toEqual([])
  expect(page.match(/<\/(?:title|style)>/g)).toHaveLength(2)
  expect(page).toContain(escaped)
})

const card = () => renderEmbed({ site, article: sampleArticle(everyText) })

test.for(Object.entries({ ...pages, card }))(
  '%s: no control that HTML does not allow stands in it',
  ([, render]) => {
    expect(render()).not.toMatch(discouraged)
  },
)

test.for(Object.entries(pages))('%s: the policy lets in its style', async ([, render]) => {
  const style = /<style>(.*?)<\/style>/s.exec(render())?.[1] ?? ''
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style))
  const hash = btoa(String.fromCharCode(...new Uint8Array(digest)))
  expect(policyOf([styles])).toContain(`style-src 'sha256-${hash}';`)
})

test("the policy allows no script but the site's own, none inline, and frames only players", async () => {
  const policy = policyOf([styles])
  expect(policy).toContain("default-src 'none'; script-src 'self'; ")
  expect(policy).toMatch(/frame-src (?:https:\/\/[\w.-]+ ?)+;/)
  expect(policy).not.toMatch(/unsafe|nonce|strict-dynamic|'self' 'sha/)
})

test('the stylesheet stays small and loads nothing', () => {
  expect(bytesOf(styles.text)).toBeLessThanOrEqual(9000)
  expect(styles.text).not.toMatch(/url\(|@import|</)
})

const tags: [title: string, differs: Partial<Article>, tag: string][] = [
  ['canonical', {}, '<link rel="canonical" href="https://kiosque.example/articles/marche-d-ete">'],
  [
    "canonical is the newsroom's own page",
    { url: 'https://journal.example/a?b=1&c=2' },
    '<link rel="canonical" href="https://journal.example/a?b=1&amp;c=2">',
  ],
  ['type', {}, '<meta property="og:type" content="article"/>'],
  ['title', {}, '<meta property="og:title" content="Le marché d’été ouvre samedi"/>'],
  ['url', {}, '<meta property="og:url" content="https://kiosque.example/articles/marche-d-ete"/>'],
  ['site', {}, '<meta property="og:site_name" content="Le Kiosque"/>'],
  ['locale', {}, '<meta property="og:locale" content="fr_CA"/>'],
  ['locale without a territory', { language: 'en' }, '<meta property="og:locale" content="en_US"/>'],
  ['card', {}, '<meta name="twitter:card" content="summary_large_image"/>'],
  [
    'card of a small image',
    { image: { ...image, width: 200 } },
    '<meta name="twitter:card" content="summary"/>',
  ],
  ['card with an image', { image }, '<meta name="twitter:card" content="summary_large_image"/>'],
  ['image', { image }, '<meta property="og:image" content="https://kiosque.example/media/a.jpg"/>'],
  ['image type', { image }, '<meta property="og:image:type" content="image/jpeg"/>'],
  ['image width', { image }, '<meta property="og:image:width" content="1600"/>'],
  ['image alternative', { image }, '<meta property="og:image:alt" content="Le canal"/>'],
  [
    "the site's image where there is none",
    {},
    '<meta property="og:image" content="https://kiosque.example/card.png"/><meta property="og:image:type" content="image/png"/><meta property="og:image:width" content="1200"/><meta property="og:image:height" content="630"/><meta property="og:image:alt" content="Le Kiosque"/>',
  ],
  [
    'fediverse handle',
    { authors: [{ name: 'Ève', url: 'https://mastodon.example/@eve' }] },
    '<meta name="fediverse:creator" content="@eve@mastodon.example"/>',
  ],
  ['published', {}, '<meta property="article:published_time" content="2024-06-19T12:00:00Z"/>'],
  ['updated', {}, '<meta property="article:modified_time" content="2024-06-19T12:00:00Z"/>'],
  ['section', {}, '<meta property="article:section" content="Local"/>'],
  ['tag', {}, '<meta property="article:tag" content="Marché"/>'],
  ['author', {}, '<meta property="article:author" content="https://kiosque.example/authors/la-redaction"/>'],
  [
    'feed',
    {},
    '<link rel="alternate" type="application/atom+xml" title="Le marché d’été ouvre samedi — Le Kiosque (Atom)" href="https://kiosque.example/articles/marche-d-ete/feed.atom">',
  ],
  ['language', { language: 'en' }, '<html lang="en">'],
]

test.for(tags)('head: %s', ([, differs, tag]) => {
  const page = articlePage(differs)
  expect(page.startsWith('<!DOCTYPE html>\n<html lang=')).toBe(true)
  expect(differs.language ? page.slice(0, page.indexOf('<body>')) : headOf(page)).toContain(tag)
})

test('head: preview bots find it in order', () => {
  const head = headOf(articlePage({ image }))
  const marks = [
    'charset',
    'viewport',
    '<title>',
    'name="description"',
    'og:type',
    'og:image"',
    'article:tag',
  ]
  const later = ['twitter:card', 'rel="canonical"', 'ld+json', 'feed+json', '<style>']
  const places = [...marks, ...later].map((mark) => head.indexOf(mark))
  expect(places).not.toContain(-1)
  expect(places).toEqual(places.toSorted((one, other) => one - other))
})

test.for([maxInHead.address, 2000])(
  'head: all of it that previews read is within 16 kB, however long the texts are, with addresses of %i',
  (length) => {
    const long = (most: number) => 'é '.repeat(most / 2)
    const url = `https://journal.example/${'a'.repeat(length - 24)}`
    const page = articlePage({
      slug: 'a'.repeat(200),
      url,
      title: long(1000),
      summary: long(5000),
      section: long(200),
      tags: Array.from({ length: 50 }, (_, at) => `${at} ${long(190)}`),
      authors: Array.from({ length: 50 }, (_, at) => ({ name: `${at} ${long(190)}`, url })),
      source: { name: long(200), url },
      image: { ...image, url, alt: long(2000), credit: long(200) },
      rights: { syndicate: 'full', copyright: long(1000), license: url },
    })
    expect(bytesOf(cardOf(page))).toBeLessThan(16_384)
  },
)

test('structured data says what was corrected and when, and the text only with the body', () => {
  const corrected = { note: 'Le nom de l’île.', updated: '2024-06-20T08:00:00Z' }
  const correction = { '@type': 'CorrectionComment', datePublished: '2024-06-20T08:00:00Z' }
  expect(structuredIn(articlePage(corrected)).correction).toEqual({ ...correction, text: 'Le nom de l’île.' })
  const closed = articlePage({ ...corrected, rights: { syndicate: 'summary' } })
  expect(structuredIn(closed).correction).toEqual(correction)
  expect(closed).not.toContain('Le nom de l’île.')
  expect(structuredIn(articlePage())).not.toHaveProperty('correction')
})

test('structured data comes back as it was', () => {
  const shown = legalText(hostile)
  const data = structuredIn(articlePage({ ...everyText, image, updated: '2024-06-20T08:00:00Z' }))
  expect(data).toMatchObject({
    '@type': 'NewsArticle',
    headline: shown,
    description: shown,
    image: [{ url: 'https://kiosque.example/media/a.jpg', width: 1600 }],
    datePublished: '2024-06-19T12:00:00Z',
    dateModified: '2024-06-20T08:00:00Z',
    author: [{ '@type': 'Person', name: `${shown} c` }],
    publisher: { name: 'Le Kiosque' },
    sourceOrganization: { name: shown },
    copyrightHolder: { name: shown },
    inLanguage: 'fr-CA',
    mainEntityOfPage: 'https://kiosque.example/articles/marche-d-ete',
    isAccessibleForFree: true,
  })
})

test('the body stands on the page as it is stored', () => {
  const html = '<p>Un <em>corps</em> &amp; <a href="https://a.example/">un lien</a></p>'
  expect(articlePage({ html })).toContain(`<div class="body">${html}</div>`)
})

test('a summary is all that is shown where the rights say so', () => {
  const page = articlePage({
    html: '<p>Le corps du texte</p>',
    url: 'https://www.journal.example/a',
    attachments: [{ url: '/media/secret.pdf', type: 'application/pdf' }],
    rights: { syndicate: 'summary' },
  })
  expect(page).not.toContain('Le corps du texte')
  expect(page).not.toContain('secret.pdf')
  expect(page).toContain('<p class="standfirst">Quarante maraîchers')
  expect(page).toContain('<a class="action" href="https://www.journal.example/a">')
  expect(structuredIn(page)).not.toHaveProperty('isAccessibleForFree')
})

const bylines: [what: string, differs: Partial<Article>, byline: string][] = [
  ['an author', { authors: [{ name: 'Kim' }] }, '<span>Par <span>Kim</span></span> <time '],
  ['an agency alone', { authors: [], source: { name: 'AP' } }, '<span><span>AP</span></span> <time '],
  ['nobody', { authors: [] }, ' <time '],
]
test.for(bylines)('a list says of %s, and when', ([, differs, byline]) => {
  expect(listPage([sampleArticle(differs)])).toContain(`<p class="credits">${byline}`)
})

test('an article that may not be syndicated is shown whole, without a feed of its own, and leads to no selection', () => {
  const page = articlePage({ rights: { syndicate: 'none' } })
  expect(page).toContain('jusqu’en octobre')
  expect(page).not.toContain('/articles/marche-d-ete/feed.rss')
  expect(page).not.toContain('<nav id="feeds"')
  expect(page).not.toMatch(/href="[^"]*\/(?:sections|tags|authors)\//)
})

test('a summary that opens the body is not shown twice', () => {
  expect(articlePage()).not.toContain('class="standfirst"')
  expect(articlePage({ summary: 'Tout autre chose.' })).toContain(
    '<p class="standfirst">Tout autre chose.</p>',
  )
})

test('a lead picture that the body shows too is not shown twice', () => {
  expect(articlePage({ image })).toContain('<figure class="lead">')
  const html = '<figure><img src="https://kiosque.example/media/a.jpg" alt=""></figure><p>Un corps</p>'
  expect(articlePage({ image, html })).not.toContain('<figure class="lead">')
})

const labels: [title: string, link: RegExp][] = [
  [
    'a network opens a new tab and says so',
    /<a href="https:\/\/bsky[^>]* target="_blank" rel="noopener noreferrer nofollow" data-act="popup"><span class="unseen">Partager sur <\/span><span class="name">Bluesky<\/span><span class="unseen"> \(s’ouvre dans un nouvel onglet\)<\/span><\/a>/,
  ],
  [
    'an e-mail opens no tab',
    /<a href="mailto:[^">]*"><span class="unseen">Envoyer par <\/span><span class="name">courriel<\/span><\/a>/,
  ],
  [
    'a link to copy opens no tab',
    /<a href="https:\/\/kiosque.example\/a" data-act="copy"><span class="name">Copier le lien</,
  ],
  [
    'the last item leads to the whole menu, in the same tab',
    /<li><a href="https:\/\/kiosque.example\/articles\/[^"]+\/share" rel="nofollow"><span class="name">Plus…<\/span><span class="unseen"> \(toutes les façons de partager\)<\/span><\/a><\/li><\/ul>/,
  ],
]

test.for(labels)('share row: %s', ([, link]) => {
  const page = articlePage()
  expect(page).toContain('<kiosque-share><nav aria-label="Partager cet article" lang="fr-CA" ')
  expect(page).toMatch(link)
  expect(page).not.toMatch(/class="[^"]*(?:share|social)/)
})

test('attachments say what is downloaded', () => {
  const page = articlePage({
    attachments: [
      { url: '/media/a.pdf', type: 'application/pdf', bytes: 1_240_000, title: 'Le plan' },
      { url: 'https://cdn.example/b%20c.mp3', type: 'audio/mpeg', seconds: 605 },
    ],
  })
  expect(page).toMatch(/href="https:\/\/kiosque.example\/media\/a.pdf"[^>]* download=""[^>]*>Le plan</)
  expect(page).toMatch(/PDF, 1,2\sMo/)
  expect(page).toMatch(/>b c.mp3<.*MP3, 10:05</)
})

const dates: [written: string, expected: RegExp][] = [
  [timeWriter('fr-CA', 'America/Toronto')('2024-06-19T12:05:00Z'), /^19 juin 2024 à 8\sh\s05$/],
  [dayWriter('fr', 'America/Toronto')('2024-07-01T12:00:00Z'), /^1er juillet 2024$/],
  [dayWriter('fr-CA', 'America/Toronto')('2024-07-02T02:00:00Z'), /^1er juillet 2024$/],
  [dayWriter('fr-CA', 'America/Toronto')('2024-07-11T12:00:00Z'), /^11 juillet 2024$/],
  [dayWriter('en-CA', 'UTC')('2024-07-01T00:00:00Z'), /^July 1, 2024$/],
  [dayWriter('de-AT', 'UTC')('2024-01-01T00:00:00Z'), /^1\. Jänner 2024$/],
  [dayWriter('frr', 'UTC')('2024-07-01T00:00:00Z'), /^July 1, 2024$/],
  [dayWriter('tlh', 'UTC')('2024-07-01T00:00:00Z'), /^July 1, 2024$/],
  [timeWriter('fr-CA', 'America/Toronto')('2024-07-01'), /^1er juillet 2024$/],
  [dayWriter('en-CA', 'Pacific/Auckland')('2024-07-01'), /^July 1, 2024$/],
]

test.for(dates)('dates: %s', ([written, expected]) => {
  expect(written).toMatch(expected)
})

/** The first day of July, and five past two in the afternoon of that day, as each language writes them. */
const firstOfJuly: Record<LanguageName, [day: RegExp, time: RegExp]> = {
  en: [/^July 1, 2024$/, /^July 1, 2024 at 2:05\sPM$/],
  fr: [/^1er juillet 2024$/, /^1er juillet 2024 à 14\sh\s05$/],
  de: [/^1\. Juli 2024$/, /^1\. Juli 2024 um 14:05\u00a0Uhr$/],
}

test.for(Object.entries(firstOfJuly))('dates in %s', ([language, [day, time]]) => {
  expect(dayWriter(language, 'Europe/Berlin')('2024-07-01T12:05:00Z')).toMatch(day)
  expect(timeWriter(language, 'Europe/Berlin')('2024-07-01T12:05:00Z')).toMatch(time)
})

test('a correction is dated, an uncorrected article is not', () => {
  expect(articlePage()).not.toContain('Mis à jour le')
  expect(articlePage({ updated: '2024-06-20T08:00:00Z' })).toContain(
    'Mis à jour le <time datetime="2024-06-20T08:00:00Z">',
  )
})

test('a list links each title to where the article is read', () => {
  const page = listPage([
    sampleArticle({ image }),
    sampleArticle({ image, title: 'Ailleurs', url: 'https://journal.example/b', language: 'en' }),
  ])
  expect(page).toContain('<h2><a href="https://kiosque.example/articles/marche-d-ete">Le marché')
  expect(page).toContain('<h2 lang="en"><a href="https://journal.example/b">Ailleurs</a></h2>')
  expect(page.match(/loading="lazy"/g)).toHaveLength(1)
  expect(page).toContain('<h1 class="site">Le Kiosque</h1>')
  expect(page).toContain('<link rel="canonical" href="https://kiosque.example/">')
  for (const { url } of feeds) expect(page, url).toContain(`<a href="${url}"`)
})

test('a selection is named, and an empty one says so', () => {
  const page = listPage([], 'tags/sommet', 'Sommet')
  expect(page).toContain('<p class="kicker">Sujet</p><h1>Sommet</h1>')
  expect(page).toContain('Aucun article pour le moment.')
  expect(page).toContain('<title>Sommet — Le Kiosque</title>')
  expect(page).toContain('<link rel="canonical" href="https://kiosque.example/tags/sommet">')
})

test.for([
  [404, 'Cette page est introuvable', false],
  [410, 'Cet article n’est plus publié', false],
  [503, 'Le service est interrompu', true],
] as const)(
  'the problem %s is told in the language of the site, and its exact words in English only to operators',
  ([status, heading, isExact]) => {
    const page = renderProblemPage({ site, status, title: 'Gone', detail: 'It is no longer published' })
    expect(page).toContain(`<h1>${heading}</h1>`)
    expect(page.includes('lang="en">Gone. It is no longer published</p>')).toBe(isExact)
    expect(page.includes('lang="en"')).toBe(isExact)
    expect(page).toContain('href="https://kiosque.example/"')
  },
)

const openings: [html: string, text: string, opens: boolean][] = [
  ['<p>L’<em>été</em> arrive. Enfin.</p>', 'L’été arrive.', true],
  ['<p>L’été arrive enfin.</p>', 'L’été arrive…', true],
  ['<p>Un</p><p>Deux</p>', 'Un Deux', true],
  ['<p>R&amp;D &lt; 1</p>', 'R&D < 1', true],
  ['<p>L’été arrive.</p>', 'L’hiver arrive.', false],
  ['', 'L’été', false],
]

test.for(openings)('opensWith(%s, %s) is %s', ([html, text, opens]) => {
  expect(opensWith(html, text)).toBe(opens)
})

const cuts: [text: string, most: number, expected: string][] = [
  ['court', 5, 'court'],
  ['un deux trois', 10, 'un deux…'],
  ['indivisible', 6, 'indiv…'],
]

test.for(cuts)('shortened(%s, %s) is %s', ([text, most, expected]) => {
  expect(shortened(text, most)).toBe(expected)
})

/** The feeds that a feed reader discovers in the `<head>` of a page, in the order of their links. */
const discovered = (page: string): string[] =>
  [
    ...headOf(page).matchAll(
      /<link rel="alternate" type="application\/(?:rss|atom|feed)\+\w+" title="([^"]*)" href="([^"]*)">/g,
    ),
  ].map(([, title, url]) => `${title} ${new URL(url ?? '').pathname}`)

const discoveries: [what: string, render: () => string, expected: string[]][] = [
  [
    'the front page names the site’s feeds once',
    () => listPage([]),
    ['Le Kiosque (RSS) /feed.rss', 'Le Kiosque (Atom) /feed.atom', 'Le Kiosque (JSON Feed) /feed.json'],
  ],
  [
    'a section names its own before the site’s',
    () =>
      renderListPage({
        site,
        selection: { path: 'sections/local', title: 'Local' },
        articles: [],
        feeds: feedLinksOf(site, { path: 'sections/local' }),
      }),
    ['Local — Le Kiosque (RSS) /sections/local/feed.rss', 'Le Kiosque (RSS) /feed.rss'],
  ],
  [
    'an article names the site’s before its own',
    () => articlePage({ title: 'Titre' }),
    ['Le Kiosque (RSS) /feed.rss', 'Titre — Le Kiosque (RSS) /articles/marche-d-ete/feed.rss'],
  ],
  [
    'an article without a feed names the site’s',
    () => articlePage({ rights: { syndicate: 'none' } }),
    ['Le Kiosque (RSS) /feed.rss'],
  ],
  [
    'a problem names the site’s',
    () => renderProblemPage({ site, status: 404, title: 'x', detail: 'y' }),
    ['Le Kiosque (RSS) /feed.rss'],
  ],
]

test.for(discoveries)('discovery: %s', ([, render, expected]) => {
  const found = discovered(render())
  expect(found.filter((one) => expected.includes(one) || one.includes('(RSS)'))).toEqual(expected)
  expect(repeated(found)).toEqual([])
  expect(found.length % 3).toBe(0)
})
