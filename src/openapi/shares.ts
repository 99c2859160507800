import { networkId, shareLimits } from '../domain/share.ts'
import { maxTopArticles } from '../domain/short-link.ts'
import { inPath, json, ofSlug, operation, query } from './operation.ts'
import { slug } from './problems.ts'
import { integer, object, ref, type Schema, text } from './schema.ts'

const list = (description: string, items: Schema, more: Schema = {}): Schema => ({
  ...{ type: 'array', description, items },
  ...more,
})

const count = integer('How often a short link was followed.')

/** What the share calls take and give. */
export const shareSchemas: Record<string, Schema> = {
  Pages: {
    ...object('Pages of the newsroom’s own, for which share links are wanted.', ['pages'], {
      language: text('The language of the labels (BCP 47). Left out: the setting `SITE_LANGUAGE`.'),
      networks: list(
        'Ids of networks (docs/networks.md). Left out: the setting `SHARE_NETWORKS`.',
        text('The id of a network.', { pattern: networkId.source }),
        { maxItems: shareLimits.networks },
      ),
      pages: list('The pages.', ref('Page'), { maxItems: shareLimits.pages }),
    }),
    additionalProperties: false,
  },
  Page: {
    ...object('A page.', ['title', 'url'], {
      title: text('Its title.', { maxLength: shareLimits.title }),
      url: text('Its address, on the host of `SITE_URL` or one that `SHARE_HOSTS` names.', {
        ...{ format: 'uri', maxLength: 2000 },
      }),
      text: text('What is said of it instead of the title.', { maxLength: shareLimits.text }),
      quote: text('A passage of it: it stands in the text, and the address leads to it.', {
        maxLength: shareLimits.quote,
      }),
    }),
    additionalProperties: false,
  },
  SharedPages: object('Share links.', ['pages'], {
    pages: list('In the same order as they were sent.', ref('ShareData')),
  }),
  ShareData: object('The share links of one page.', ['url', 'title', 'text', 'networks', 'refused'], {
    url: text('What is shared; it leads to the passage where one is quoted.', { format: 'uri' }),
    title: text('The title on one line.'),
    text: text('What is said of it, before it is fitted to a network.'),
    networks: list('A link for each network.', ref('ShareLink')),
    refused: list('The networks that were asked for in vain.', ref('Refusal')),
  }),
  ShareLink: object('A share link.', ['id', 'label', 'href', 'kind', 'truncated'], {
    id: text('The network.'),
    label: text('What the link says.'),
    href: text('Where it leads; `{host}` stands for the reader’s own server.'),
    kind: text('How it is used.', { enum: ['link', 'popup', 'app', 'js', 'server'] }),
    popup: object('The size of the small window, in pixels.', ['width', 'height'], {
      width: integer('Its width.'),
      height: integer('Its height.'),
    }),
    length: integer('What the text measures by the network’s own count.'),
    limit: integer('How much that may be.'),
    truncated: { type: 'boolean', description: 'Whether the text was cut.' },
  }),
  Refusal: object('Why a network is not among the links.', ['id', 'reason', 'use'], {
    id: text('The network.'),
    reason: text('Why.'),
    use: list('What to use instead, best first.', text('The id of a network.')),
  }),
  Tally: object('How often short links were followed.', ['since', 'until', 'total', 'networks', 'days'], {
    slug: text('The article; absent where all are counted.'),
    since: text('The first day.'),
    until: text('The last day.'),
    total: count,
    networks: list(
      'By network, the most followed first.',
      object('A network.', ['id', 'count'], { id: text('The network.'), count }),
    ),
    days: list(
      'By day, without those of none.',
      object('A day.', ['day', 'count'], { day: text('The day where the house is.'), count }),
    ),
    articles: list(
      `The ${maxTopArticles} most followed articles; absent where one is counted.`,
      object('An article.', ['slug', 'count'], { slug: text('Its slug.'), count }),
    ),
  }),
}

const page = { title: 'Le marché ouvre samedi', url: 'https://kiosque.example/marche' }
const reddit = {
  ...{ id: 'reddit', label: 'Partager sur Reddit' },
  href: 'https://www.reddit.com/submit?url=https%3A%2F%2Fkiosque.example%2Fmarche&title=Le%20march%C3%A9%20ouvre%20samedi',
  ...{ kind: 'popup', popup: { width: 640, height: 640 }, length: 22, limit: 300, truncated: false },
}
const refused = {
  ...{ id: 'pocket', reason: 'closed on 8 July 2025, its data is gone', use: ['instapaper', 'raindrop'] },
}

export const ofShare = {
  post: operation({
    operationId: 'make-share-links',
    summary: 'Make share links for pages of your own',
    description:
      'The links that an article’s `share.json` has, for pages that are no articles here. They are made of what is sent alone, and nothing is kept; so there is no short link. A network that closed stands in `refused`; where all are, the answer is 410.',
    scope: 'read',
    stateless: true,
    requestBody: {
      required: true,
      content: json(ref('Pages'), {
        links: { language: 'fr-CA', networks: ['reddit', 'pocket'], pages: [page] },
      }),
    },
    answers: {
      200: {
        description: 'The links of each page',
        content: json(ref('SharedPages'), {
          links: { pages: [{ ...page, text: page.title, networks: [reddit], refused: [refused] }] },
        }),
      },
    },
    problems: ['unreadable', 'networksGone', 'tooLarge', 'type', 'invalidPages'],
  }),
}

const period = [
  query('since', 'The first day. Left out: the 30th day before the end.', '2024-06-01'),
  query('until', 'The last day, at most a year after the first. Left out: today.', '2024-06-19'),
]
const none = { since: '2024-05-21', until: '2024-06-19', total: 0, networks: [], days: [] }
const some = {
  ...{ since: '2024-05-21', until: '2024-06-19', total: 3 },
  networks: [
    { id: 'bluesky', count: 2 },
    { id: 'email', count: 1 },
  ],
  days: [{ day: '2024-06-19', count: 3 }],
}
const table = (rows: string) => ({
  'text/csv': {
    schema: text('A line for each day, article and network, below a line of names (RFC 4180).'),
    examples: { table: { value: `day,article,network,count\r\n${rows}` } },
  },
})
const rows = `2024-06-19,${slug},bluesky,2\r\n2024-06-19,${slug},email,1\r\n`

const counting = {
  scope: 'read',
  description:
    'How often its short links `/s/{code}.{network}` were followed, by day and network. Bots, previews and prefetches are left out as far as they say what they are; nothing is known of who followed one. `Accept: text/csv` gives the table.',
} as const

export const ofArticleShares = {
  get: operation({
    ...counting,
    operationId: 'count-article',
    summary: 'Count the shares of an article',
    parameters: [ofSlug, ...period],
    answers: {
      200: {
        description: 'The counts',
        content: {
          ...json(ref('Tally'), { none: { slug, ...none }, some: { slug, ...some } }),
          ...table(rows),
        },
      },
    },
    problems: ['period', 'notFound'],
  }),
}

export const ofShares = {
  get: operation({
    ...counting,
    operationId: 'count-house',
    summary: 'Count the shares of all articles',
    parameters: period,
    answers: {
      200: {
        description: 'The counts',
        content: {
          ...json(ref('Tally'), {
            none: { ...none, articles: [] },
            some: { ...some, articles: [{ slug, count: 3 }] },
          }),
          ...table(rows),
        },
      },
    },
    problems: ['period'],
  }),
}

export const ofArticleSharesTable = {
  get: operation({
    ...counting,
    operationId: 'count-article-table',
    summary: 'Count the shares of an article, as a table',
    parameters: [inPath('slug', 'The slug of the article.', slug), ...period],
    answers: { 200: { description: 'The table', content: table(rows) } },
    problems: ['period', 'notFound'],
  }),
}

export const ofSharesTable = {
  get: operation({
    ...counting,
    operationId: 'count-house-table',
    summary: 'Count the shares of all articles, as a table',
    parameters: period,
    answers: { 200: { description: 'The table', content: table(rows) } },
    problems: ['period'],
  }),
}
