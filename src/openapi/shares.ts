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

/** The schemas of the requests and answers about share links. */
export const shareSchemas: Record<string, Schema> = {
  Pages: {
    ...object('Pages of the newsroom for which share links are wanted.', ['pages'], {
      language: text('The language of the labels (BCP 47). Default: the setting `SITE_LANGUAGE`.'),
      networks: list(
        `Ids of networks (docs/networks.md). Default: the setting \`SHARE_NETWORKS\`. The number of networks times the percent-encoded texts of a page is at most ${shareLimits.encoded.toLocaleString('en-US')} characters.`,
        text('The id of a network.', { pattern: networkId.source }),
        { maxItems: shareLimits.networks },
      ),
      pages: list('The pages.', ref('Page'), { maxItems: shareLimits.pages }),
    }),
    additionalProperties: false,
  },
  Page: {
    ...object('A page.', ['title', 'url'], {
      title: text('The title of the page.', { maxLength: shareLimits.title }),
      url: text('The address of the page, on the host of `SITE_URL` or a host of `SHARE_HOSTS`.', {
        ...{ format: 'uri', maxLength: 2000 },
      }),
      text: text('A text that replaces the title.', { maxLength: shareLimits.text }),
      quote: text(
        'A passage of the page. The shared text begins with the passage, and the shared address leads to the passage.',
        {
          maxLength: shareLimits.quote,
        },
      ),
    }),
    additionalProperties: false,
  },
  SharedPages: object('Share links.', ['pages'], {
    pages: list('The share links of each page, in the order of the request.', ref('ShareData')),
  }),
  ShareData: object('The share links of one page.', ['url', 'title', 'text', 'networks', 'refused'], {
    url: text('The shared address; with a quote it leads to the quoted passage.', { format: 'uri' }),
    title: text('The title on one line.'),
    text: text('The shared text, before it is shortened for a network.'),
    networks: list('A link for each network.', ref('ShareLink')),
    refused: list('The requested networks that are not available.', ref('Refusal')),
  }),
  ShareLink: object('A share link.', ['id', 'label', 'href', 'kind', 'truncated'], {
    id: text('The id of the network.'),
    label: text('The text of the link.'),
    href: text('The address of the link; `{host}` stands for the reader’s own server.'),
    kind: text('How the link is opened.', { enum: ['link', 'popup', 'app', 'js', 'server'] }),
    popup: object('The size of the small window, in pixels.', ['width', 'height'], {
      width: integer('The width in pixels.'),
      height: integer('The height in pixels.'),
    }),
    length: integer('The length of the text, as the network counts it.'),
    limit: integer('The maximum length, as the network counts it.'),
    truncated: { type: 'boolean', description: 'Whether the text was shortened.' },
  }),
  Refusal: object('Why a network is not among the links.', ['id', 'reason', 'use'], {
    id: text('The id of the network.'),
    reason: text('Why the network is not available.'),
    use: list('Networks to use instead, the best first.', text('The id of a network.')),
  }),
  Tally: object('How often short links were followed.', ['since', 'until', 'total', 'networks', 'days'], {
    slug: text('The slug of the article; absent if all articles are counted.'),
    since: text('The first day.'),
    until: text('The last day.'),
    total: count,
    networks: list(
      'The counts by network, the most followed network first.',
      object('A network.', ['id', 'count'], { id: text('The id of the network.'), count }),
    ),
    days: list(
      'The counts by day; days without visits are omitted.',
      object('A day.', ['day', 'count'], { day: text('The day in the site’s time zone.'), count }),
    ),
    articles: list(
      `The ${maxTopArticles} most followed articles; absent if one article is counted.`,
      object('An article.', ['slug', 'count'], { slug: text('The slug of the article.'), count }),
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
  ...{ id: 'pocket', reason: 'closed on 8 July 2025 and deleted its data', use: ['instapaper', 'raindrop'] },
}

export const ofShare = {
  post: operation({
    operationId: 'make-share-links',
    summary: 'Make share links for pages of your own',
    description:
      'Returns the same links as an article’s `share.json`, for pages that are not articles of this site. The links are made only from the request, and nothing is stored, so there are no short links. Closed networks are listed in `refused`. If all requested networks are closed, the answer is 410.',
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
  query('since', 'The first day. Default: 29 days before the last day.', '2024-06-01'),
  query('until', 'The last day, at most a year after the first day. Default: today.', '2024-06-19'),
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
    schema: text('A CSV table (RFC 4180): a line of names, then a line for each day, article and network.'),
    examples: { table: { value: `day,article,network,count\r\n${rows}` } },
  },
})
const rows = `2024-06-19,${slug},bluesky,2\r\n2024-06-19,${slug},email,1\r\n`

const counting = {
  scope: 'read',
  description:
    'Returns how often people followed the short links `/s/{code}.{network}`, by day and network. Bots, previews and prefetches are not counted if they identify themselves. Kiosque stores nothing about the people. With `Accept: text/csv` the answer is a table.',
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
    operationId: 'count-site',
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
    operationId: 'count-site-table',
    summary: 'Count the shares of all articles, as a table',
    parameters: period,
    answers: { 200: { description: 'The table', content: table(rows) } },
    problems: ['period'],
  }),
}
