import fc from 'fast-check'

/** The addresses that readers poll in a random test world: one address of each kind. */
export const addresses = [
  ...['/feed.json', '/feed.rss', '/feed.atom', '/tags/ete/feed.atom', '/sections/monde/feed.rss'],
  ...['/feed.json?section=monde&tag=ete', '/feed.rss?section=culture&author=kim', '/rss', '/', '/tags/ete'],
  ...[
    '/feed.json?before=1713000000000.5',
    '/archive/2024/04/1/feed.json',
    '/articles/a',
    '/articles/b/feed.atom',
  ],
  '/tags/ete/archive/2024/05/1/feed.json?section=monde',
  '/archive/2024/05/1/feed.rss?tag=ete',
  ...['/sitemap.xml', '/sitemap-2024-04-1.xml', '/sitemap-news.xml', '/sitemap-selections.xml', '/feeds'],
] as const

/** The feeds to which subscribers of a random test world subscribe. */
export const topics = ['/feed.json', '/tags/ete/feed.json', '/sections/monde/feed.json'] as const

export const conditions = ['none', 'tag', 'coded tag', 'date', 'old date', 'tag of a person'] as const

/** One step in a random test world: an action of an editor, a reader, a subscriber or cron, or a fault. */
export type Step =
  | {
      do: 'save'
      slug: string
      section: string
      tags: string[]
      author: string
      /** The article's publication date, in days after 1 March. */
      day: number
      status: 'published' | 'draft' | 'withdrawn'
      syndicate: 'full' | 'summary' | 'none'
      /** The end of the article's embargo, in seconds from now. */
      embargo?: number | undefined
      /**
       * The article's expiry, in seconds after the end of the embargo. Without an embargo, the seconds are
       * counted from now.
       */
      expires?: number | undefined
    }
  | { do: 'withdraw'; slug: string }
  | { do: 'rename'; section: string; name: string }
  | { do: 'spell'; name: string }
  | { do: 'wait'; milliseconds: number }
  | { do: 'poll'; address: number; condition: number; method: 'GET' | 'HEAD' }
  | { do: 'read deltas' }
  | { do: 'subscribe'; reader: number; topic: number }
  | { do: 'deliver' }
  | { do: 'run cron' }
  | { do: 'refuse calls of D1'; count: number }
  | { do: 'lose an answer of D1' }
  | { do: 'lose messages' }
  | { do: 'open a new isolate'; version: number }
  | { do: 'fail callbacks'; readers: number[] }

const weighted = <T>(...choices: [weight: number, value: T][]): fc.Arbitrary<T> =>
  fc.oneof(...choices.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })))

/** The slugs of the articles in a random test world. */
export const slugs = [...'abcdefghijklmn'] as const

const slug = fc.constantFrom(...slugs)

const nothing = fc.constant(undefined)
const seconds = fc.constantFrom(1, 2, 5, 60)

const of = <Fields extends object>(fields: { [Key in keyof Fields]: fc.Arbitrary<Fields[Key]> }) =>
  fc.record(fields as never, { noNullPrototype: true }) as unknown as fc.Arbitrary<Fields>

/** The type of the steps whose `do` is `Kind`. */
export type Only<Kind extends Step['do']> = Extract<Step, { do: Kind }>

const save = of<Only<'save'>>({
  do: fc.constant('save'),
  slug,
  section: fc.constantFrom('Monde', 'Culture', 'mondE', 'Sports'),
  tags: weighted([4, ['Été']], [2, ['Été', 'Hiver']], [2, ['Hiver']], [1, []]),
  author: fc.constantFrom('Kim', 'Léa'),
  day: fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 0, max: 90 }) },
    { weight: 2, arbitrary: fc.constant(110) },
  ),
  status: weighted([12, 'published'], [1, 'draft'], [2, 'withdrawn']),
  syndicate: weighted([10, 'full'], [1, 'summary'], [1, 'none']),
  embargo: fc.oneof({ weight: 1, arbitrary: seconds }, { weight: 7, arbitrary: nothing }),
  expires: fc.oneof({ weight: 1, arbitrary: seconds }, { weight: 11, arbitrary: nothing }),
})

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 45, arbitrary: save },
  { weight: 3, arbitrary: of<Only<'withdraw'>>({ do: fc.constant('withdraw'), slug }) },
  {
    weight: 3,
    arbitrary: of<Only<'rename'>>({
      do: fc.constant('rename'),
      section: fc.constantFrom('monde', 'culture', 'planete'),
      name: fc.constantFrom('Monde', 'MONDE', 'Planète', 'Culture'),
    }),
  },
  {
    weight: 1,
    arbitrary: of<Only<'spell'>>({ do: fc.constant('spell'), name: fc.constantFrom('ÉTÉ', 'Ete', 'Été') }),
  },
  {
    weight: 18,
    arbitrary: of<Only<'wait'>>({
      do: fc.constant('wait'),
      milliseconds: weighted(
        ...[1, 90, 400, 777, 1000, 1300, 2500].map((one): [number, number] => [5, one]),
        ...[20_000, 1_200_000, 3_600_000, 36 * 3_600_000].map((one): [number, number] => [2, one]),
        ...[-300, -4000].map((one): [number, number] => [1, one]), // A negative number of milliseconds sets the clock back.
      ),
    }),
  },
  {
    weight: 26,
    arbitrary: of<Only<'poll'>>({
      do: fc.constant('poll'),
      address: fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: addresses.length - 1 })),
      condition: fc.nat({ max: conditions.length - 1 }),
      method: weighted([5, 'GET'], [1, 'HEAD']),
    }),
  },
  {
    weight: 12,
    arbitrary: of<Only<'read deltas'>>({ do: fc.constant('read deltas') }),
  },
  {
    weight: 5,
    arbitrary: of<Only<'subscribe'>>({
      do: fc.constant('subscribe'),
      reader: fc.nat({ max: 2 }),
      topic: fc.nat({ max: topics.length - 1 }),
    }),
  },
  { weight: 5, arbitrary: of<Only<'deliver'>>({ do: fc.constant('deliver') }) },
  { weight: 3, arbitrary: of<Only<'run cron'>>({ do: fc.constant('run cron') }) },
  {
    weight: 3,
    arbitrary: of<Only<'refuse calls of D1'>>({
      do: fc.constant('refuse calls of D1'),
      count: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: of<Only<'lose an answer of D1'>>({ do: fc.constant('lose an answer of D1') }) },
  { weight: 2, arbitrary: of<Only<'lose messages'>>({ do: fc.constant('lose messages') }) },
  {
    weight: 4,
    arbitrary: of<Only<'open a new isolate'>>({
      do: fc.constant('open a new isolate'),
      version: fc.nat({ max: 1 }),
    }),
  },
  {
    weight: 2,
    arbitrary: of<Only<'fail callbacks'>>({
      do: fc.constant('fail callbacks'),
      readers: fc.subarray([0, 1, 2]),
    }),
  },
)

/** Generates random lists of 70 steps, each for a new test world. */
export const anySteps: fc.Arbitrary<Step[]> = fc.array(step, { minLength: 70, maxLength: 70, size: 'max' })
