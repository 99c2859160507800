import type { Article } from '../../src/domain/article.ts'
import type { Feed } from '../../src/domain/feed.ts'
import type { History } from '../../src/domain/paging.ts'
import type { Site } from '../../src/domain/site.ts'

export const site: Site = {
  url: 'https://kiosque.example',
  formerUrls: [],
  title: 'Le Kiosque',
  description: 'Les articles de la rédaction',
  language: 'fr-CA',
  copyright: '',
  timeZone: 'America/Toronto',
  image: { url: '/card.png', type: 'image/png', width: 1200, height: 630 },
  icon: undefined,
  contact: undefined,
  creators: {},
  comments: undefined,
}

/** The sample site with a text in each field whose text is empty in `site`. */
export const siteWithTexts: Site = {
  ...site,
  ...Object.fromEntries(
    Object.entries(site)
      .filter(([, value]) => value === '')
      .map(([field]) => [field, `Texte de ${field}`]),
  ),
}

const plain: Article = {
  slug: 'marche-d-ete',
  id: 'tag:kiosque.example,2024:marche-d-ete',
  title: 'Le marché d’été ouvre samedi',
  summary: 'Quarante maraîchers s’installent au bord du canal.',
  html: '<p>Quarante maraîchers s’installent au bord du canal.</p><p>Ils y restent jusqu’en octobre.</p>',
  language: 'fr-CA',
  published: '2024-06-19T12:00:00Z',
  updated: '2024-06-19T12:00:00Z',
  section: 'Local',
  tags: ['Marché'],
  authors: [{ name: 'La rédaction' }],
  attachments: [],
  rights: { syndicate: 'full' },
  status: 'published',
}

/** A sample article; `differs` replaces fields of the default article. */
export const sampleArticle = (differs: Partial<Article> = {}): Article => ({ ...plain, ...differs })

/** A sample comment, as an entry of a feed of comments. */
const sampleComment = (id: string, html: string): Article => ({
  ...{
    slug: '',
    id: `urn:kiosque:comment:${id}`,
    title: `Kim sur «\u00a0Le marché d’été\u00a0»`,
    summary: '',
    html,
  },
  url: `https://kiosque.example/articles/marche-d-ete/comments?comment=${id}#c-${id}`,
  ...{ language: 'fr-CA', published: '2024-06-20T12:00:00Z', updated: '2024-06-20T12:00:00Z' },
  ...{
    tags: [],
    authors: [{ name: 'Kim' }],
    attachments: [],
    rights: { syndicate: 'full' },
    status: 'published',
  },
})

/** A sample feed that contains the given articles; `differs` replaces fields of the default feed. */
export const sampleFeed = (articles: Article[], differs: Partial<Feed> = {}): Feed => ({
  site,
  selection: { path: '', title: '' },
  revised: Date.parse('2024-06-22T10:00:00Z'),
  articles,
  ...differs,
})

/**
 * The addresses that sample feeds must give as their own, written by hand for each kind of feed. A feed of a
 * selection's newest articles has no entry, because its address is the selection's path followed by
 * `/feed.FORMAT`.
 */
const addresses: Record<string, string> = {
  page: '/tags/marche/feed.FORMAT?before=1718798400000.12',
  archive: '/tags/marche/archive/2024/06/2/feed.FORMAT',
  intersection: '/feed.FORMAT?section=local&tag=marche',
  narrowed: '/tags/marche/archive/2024/06/2/feed.FORMAT?section=local',
}

/** The address that a sample feed must give as its own if it is rendered in the given format. */
export function ownAddress({ site, selection, history }: Feed, format: string): string {
  const path = selection.path && `/${selection.path}`
  const part = history?.part ?? 'newest'
  const kind = kindOf(part, selection.archives !== undefined)
  return site.url + (addresses[kind] ?? `${path}/feed.FORMAT`).replace('FORMAT', format)
}

function kindOf(part: History['part'], intersection: boolean): string {
  if (part === 'newest') return intersection ? 'intersection' : 'newest'
  if ('archive' in part) return intersection ? 'narrowed' : 'archive'
  return 'page'
}

const tag = { path: 'tags/marche', title: 'Marché' }

/** The links of the feed of a selection's newest articles; `archive` is the number of the selection's last archive. */
const ofNewest = (archive: number): History => ({
  part: 'newest',
  links: [
    { rel: 'first', part: 'newest' },
    { rel: 'next', part: { before: { published: 1718798400000, number: 7 } } },
    { rel: 'prev-archive', part: { archive } },
  ],
})

const ofArchive: History = {
  part: { archive: 20240600002 },
  mark: 'archive',
  links: [
    { rel: 'current', part: 'newest' },
    { rel: 'prev-archive', part: { archive: 20240600001 } },
    { rel: 'next-archive', part: { archive: 20240700001 } },
  ],
}

/** An intersection of a section and a tag. Its archives are the tag's archives, filtered by the section. */
const both = {
  path: '',
  query: 'section=local&tag=marche',
  title: 'Local · Marché',
  archives: { path: 'tags/marche', query: 'section=local' },
}

const one = (differs: Partial<Article>): Feed => sampleFeed([sampleArticle(differs)])

/**
 * An article's id as RSS and JSON Feed must show it: if the source's id is not a URI, the feeds show the
 * source's id and not the URN that Kiosque made from it (decision 007).
 */
export const givenId = ({ id }: Article): string =>
  id === 'urn:kiosque:guid:post%207%20%26%20%C3%A9t%C3%A9' ? 'post 7 & été' : id

const offered = (id: string): NonNullable<Feed['offers']> =>
  new Map([
    [
      id,
      {
        data: {
          href: 'https://kiosque.example/articles/marche-d-ete',
          short: 'https://kiosque.example/s/4mTBRMsJx9k',
          networks: [{ network: 'email', label: 'Envoyer par courriel', href: 'mailto:?subject=a&body=b' }],
        },
        row: '<p>Partager\u00a0: <a href="mailto:?subject=a&amp;body=b" rel="nofollow noopener">courriel</a></p>\n',
      },
    ],
  ])

/**
 * Sample feeds; each key names the behaviour that the feed shows. The expected documents of each feed are in
 * fixtures/golden.
 */
export const behaviours: Record<string, Feed> = {
  plain: one({}),
  empty: sampleFeed([], { selection: { path: 'sections/monde', title: 'Monde' } }),
  'two-articles': sampleFeed([
    sampleArticle({
      slug: 'second',
      id: 'https://old.example/?p=2&x=1',
      title: 'Deuxième',
      updated: '2024-06-20T08:30:00Z',
    }),
    sampleArticle({}),
  ]),
  'id-that-is-no-uri': one({ id: 'urn:kiosque:guid:post%207%20%26%20%C3%A9t%C3%A9' }),
  'section-feed': sampleFeed([sampleArticle()], { selection: { path: 'sections/local', title: 'Local' } }),
  'article-of-its-own': sampleFeed([sampleArticle({ url: 'https://journal.example/marche?a=1&b=2' })], {
    selection: { path: 'articles/marche-d-ete', title: 'Le marché d’été ouvre samedi' },
  }),
  'hub-advertised': sampleFeed([sampleArticle()], { hub: 'https://kiosque.example/hub' }),
  'markup-in-title': one({
    title: 'Pourquoi <script> & « &amp; » "restent" du texte',
    summary: '1 < 2 & 3 > 2',
  }),
  'names-like-markup': sampleFeed(
    [
      sampleArticle({
        title: 'Du <b>gras</b>, a<b & « &lt; »',
        section: 'R&D <web>',
        tags: ['&amp;', '<i>x</i>', 'C & "C"'],
        authors: [{ name: 'A. <x', url: 'https://b.example/?x=1&y=2' }],
        source: { name: 'AT&T <b>Presse</b>', url: 'https://agence.example/?a=1&b=2' },
        rights: { syndicate: 'full', copyright: '© <b>A</b> & B' },
      }),
    ],
    {
      site: {
        ...site,
        title: 'Le <b>Kiosque</b> & cie',
        description: 'Ce que &amp; veut dire',
        copyright: '© A & <B>',
      },
    },
  ),
  'cdata-end-in-body': one({ title: 'a ]]> b', html: '<p>]]&gt;]]&gt; <![CDATA[ k:0; $&amp; $1</p>' }),
  'control-characters': one({
    title: 'a\u0000\u000bb\ufffe\u007f\u0085',
    summary: 'c\u0080\u009fd\u{1ffff}',
    html: '<p title="e\u0085f">\u0008x\ud83d\u0096</p>',
    section: 'Lo\u007fcal',
    tags: ['Mar\u0085ché'],
    authors: [{ name: 'La\u0001 rédac\u009ation' }],
    source: { name: 'L’Agen\ufdd0ce', url: 'https://agence.example/' },
    rights: { syndicate: 'full', copyright: '© L’Agen\u008ace' },
    attachments: [{ url: '/media/a.pdf', type: 'application/pdf', bytes: 1, title: 'g\u0085h' }],
  }),
  'no-summary': one({ summary: '' }),
  'no-body': one({ html: '' }),
  'only-pictures': sampleFeed([
    sampleArticle({
      slug: 'a',
      id: 'tag:kiosque.example,2024:a',
      updated: '2024-06-20T01:00:00Z',
      summary: '',
      html: '',
      image: { url: '/media/a.jpg', caption: 'Le <pont> & l’île' },
    }),
    sampleArticle({
      slug: 'b',
      id: 'tag:kiosque.example,2024:b',
      updated: '2024-06-20T02:00:00Z',
      summary: '',
      html: '',
      image: { url: '/media/a.jpg', alt: 'Un pont' },
    }),
    sampleArticle({
      slug: 'c',
      id: 'tag:kiosque.example,2024:c',
      updated: '2024-06-20T03:00:00Z',
      summary: '',
      html: '<p><img src="https://a.example/1" alt=""></p><p><img src="https://a.example/2" title="alt=" alt="1 < 2 &#x26; &#x22;3&#x22; > 2"></p>',
    }),
    sampleArticle({
      slug: 'd',
      id: 'tag:kiosque.example,2024:d',
      updated: '2024-06-20T04:00:00Z',
      summary: '',
      html: '<figure><img src="https://a.example/1" alt=""></figure>',
    }),
    sampleArticle({
      slug: 'e',
      id: 'tag:kiosque.example,2024:e',
      updated: '2024-06-20T05:00:00Z',
      summary: '',
      html: '',
      title: 'Rien & rien',
    }),
  ]),
  'headline-only': one({
    summary: '',
    rights: { syndicate: 'summary' },
    html: '<p>Ce corps ne sort pas. <img src="https://images.example/a.jpg" alt="Cette image non plus"></p>',
  }),
  'only-withdrawn': sampleFeed([], {
    withdrawn: [{ id: 'k:0;', withdrawn: Date.parse('2024-06-21T09:30:00Z') }],
  }),
  'no-section-tags-authors': one({ section: undefined as never, tags: [], authors: [] }),
  'rights-summary': one({
    rights: { syndicate: 'summary', copyright: '© 2024 L’Agence', license: 'https://agence.example/licence' },
    html: '<p>Ce corps ne sort pas.</p>',
    attachments: [{ url: 'https://agence.example/a.mp3', type: 'audio/mpeg', bytes: 12, seconds: 3 }],
  }),
  'agency-by-name': one({ authors: [{ name: 'Kim Tong-hyung' }], source: { name: 'The Associated Press' } }),
  'agency-with-address': one({ source: { name: 'L’Agence', url: 'https://agence.example/?a=1&b=2' } }),
  'image-and-credit': one({
    image: {
      url: '/media/pont.jpg',
      type: 'image/jpeg',
      bytes: 81234,
      width: 1200,
      height: 800,
      alt: 'Un pont & sa rivière',
      credit: 'Photo « maison »',
    },
  }),
  'image-already-inline': one({
    image: { url: 'https://images.example/a.jpg?w=1&h=2' },
    html: '<p><img src="https://images.example/a.jpg?w=1&#x26;h=2" alt=""></p>',
  }),
  attachments: one({
    attachments: [
      { url: '/media/sans-taille.pdf', type: 'application/pdf', title: 'Sans taille' },
      {
        url: '/media/programme.pdf',
        type: 'application/pdf',
        bytes: 642,
        title: 'Le "programme" & <la suite>',
      },
      { url: 'https://sons.example/a.mp3', type: 'audio/mpeg', bytes: 99, seconds: 61 },
    ],
  }),
  'several-authors': one({
    authors: [
      { name: 'City desk' },
      { name: 'B & C', url: 'https://b.example/?x=1&y=2', email: 'b@b.example' },
    ],
  }),
  'author-with-page': one({
    authors: [{ name: 'Kim Tong-hyung', url: 'https://kiosque.example/authors/kim' }],
  }),
  'another-language': one({ language: 'en-CA', title: 'The summer market opens' }),
  withdrawn: sampleFeed([sampleArticle()], {
    withdrawn: [{ id: 'https://old.example/?p=3&x=1', withdrawn: Date.parse('2024-06-21T09:30:00Z') }],
  }),
  'correction-note': one({
    note: 'Le nom de l’île & sa date ont été corrigés.',
    updated: '2024-06-20T09:00:00Z',
  }),
  'correction-tags': sampleFeed([
    sampleArticle({
      slug: 'a',
      id: 'tag:kiosque.example,2024:a',
      updated: '2024-06-20T01:00:00Z',
      note: 'Un nom.',
      section: 'Correction',
      tags: ['Marché', 'correction', 'Correction!'],
    }),
    sampleArticle({
      slug: 'b',
      id: 'tag:kiosque.example,2024:b',
      updated: '2024-06-20T02:00:00Z',
      tags: ['correction'],
    }),
    sampleArticle({
      slug: 'c',
      id: 'tag:kiosque.example,2024:c',
      updated: '2024-06-20T03:00:00Z',
      note: 'Secret.',
      language: 'de',
      rights: { syndicate: 'summary' },
    }),
  ]),
  'awkward-tags': one({ tags: ['R&D', '<b>', '"guillemets"', 'Œuvres d’été'] }),
  'the-whole': sampleFeed([sampleArticle()], { history: { part: 'newest', links: [], mark: 'complete' } }),
  'newest-of-many': sampleFeed([sampleArticle()], {
    history: ofNewest(20240600003),
  }),
  'page-of-a-feed': sampleFeed([sampleArticle()], {
    selection: tag,
    history: {
      part: { before: { published: 1718798400000, number: 12 } },
      links: [
        { rel: 'first', part: 'newest' },
        { rel: 'previous', part: { after: { published: 1718798400000, number: 11 } } },
        { rel: 'next', part: { before: { published: 1718798400000, number: 7 } } },
      ],
    },
  }),
  archive: sampleFeed([sampleArticle()], {
    selection: tag,
    history: ofArchive,
  }),
  'newest-of-an-intersection': sampleFeed([sampleArticle()], {
    selection: both,
    history: ofNewest(20240600002),
  }),
  'archive-of-an-intersection': sampleFeed([sampleArticle()], {
    selection: both,
    history: ofArchive,
  }),
  'moved-site': sampleFeed(
    [
      sampleArticle({
        html: '<p>Le <a href="/sections/local">marché</a>, <a href="http://localhost:8731/a?b=1&#x26;c">ici</a>. <img src="/media/a.jpg" alt="" srcset="/media/a.jpg 1x, http://localhost:8731/media/b.jpg 2x"></p>',
      }),
    ],
    { site: { ...site, formerUrls: ['http://localhost:8731'] } },
  ),
  icon: sampleFeed([sampleArticle()], {
    selection: tag,
    site: {
      ...site,
      icon: {
        url: 'https://images.example/icone.png?v=1&x=2',
        type: 'image/png',
        width: 512,
        height: 512,
        accent: '#9a2318',
      },
    },
  }),
  'small-icon': sampleFeed([sampleArticle()], {
    site: { ...site, icon: { url: '/media/icone.png', type: 'image/png', width: 144, height: 144 } },
  }),
  'svg-icon': sampleFeed([sampleArticle()], {
    site: { ...site, icon: { url: '/media/icone.svg', type: 'image/svg+xml', width: 64, height: 64 } },
  }),
  'site-copyright': sampleFeed([sampleArticle()], {
    site: { ...site, copyright: '© 2024 Le Kiosque & cie' },
  }),
  comments: sampleFeed(
    [
      sampleArticle(),
      sampleArticle({ id: 'tag:kiosque.example,2024:sans', slug: 'sans', comments: 'off' }),
      sampleArticle({
        id: 'tag:kiosque.example,2024:ailleurs',
        slug: 'ailleurs',
        url: 'https://journal.example/a',
      }),
    ],
    { site: { ...site, comments: 'open' } },
  ),
  'comments-of-one-article': sampleFeed(
    [
      sampleArticle({ comments: 'all-held' }),
      sampleArticle({ id: 'tag:kiosque.example,2024:sans', slug: 'sans' }),
    ],
    { site: { ...site, comments: 'off' } },
  ),
  'feed-of-comments': sampleFeed(
    [
      sampleComment('b', '<p>Oui &#x26; non.</p>'),
      sampleComment(
        'a',
        '<p>Le <a href="https://a.example/" rel="nofollow ugc noopener">marché</a>&nbsp;!</p>',
      ),
    ],
    {
      selection: { path: 'articles/marche-d-ete/comments', title: 'Commentaires\u00a0: Le marché d’été' },
      site: { ...site, comments: 'open' },
      replies: new Map([
        [
          'urn:kiosque:comment:b',
          {
            id: 'urn:kiosque:comment:a',
            url: 'https://kiosque.example/articles/marche-d-ete/comments?comment=a#c-a',
          },
        ],
      ]),
    },
  ),
  'share-data-and-row': sampleFeed([sampleArticle()], { offers: offered(sampleArticle().id) }),
  'share-row-without-body': sampleFeed([sampleArticle({ rights: { syndicate: 'summary' } })], {
    offers: offered(sampleArticle().id),
  }),
}
