import type { ArticleInput } from './input.ts'

/** The plans of Cloudflare Workers whose limits differ. */
export type Plan = 'paid' | 'free'

/** What the tests measure of one invocation of the Worker. `docs/limits.md` lists the limits. */
export type Measure =
  | 'statements'
  | 'services'
  | 'fetches'
  | 'parameters'
  | 'sqlBytes'
  | 'valueBytes'
  | 'rowBytes'
  | 'headerBytes'
  | 'fieldBytes'
  | 'tagCharacters'
  | 'purgedTags'
  | 'messagesPerCall'
  | 'messageBytes'
  | 'callBytes'
  | 'delaySeconds'

/** A limit of the platform, for both plans of Workers. `of` says what is limited. */
interface Limit extends Record<Plan, number> {
  of: string
}

/**
 * The limits of Cloudflare on one invocation of a Worker, as documented in November 2026. Where two versions of
 * Cloudflare's documentation differ, or leave open what counts, this table has the smaller number.
 */
export const limits = {
  statements: {
    of: 'D1 statements of an invocation, each statement of a batch counted',
    paid: 1000,
    free: 50,
  },
  services: { of: 'calls of an invocation to D1, queues, rate limits and the cache', paid: 1000, free: 1000 },
  fetches: { of: 'requests of an invocation to other hosts', paid: 1000, free: 50 },
  parameters: { of: 'bound parameters of a D1 statement', paid: 100, free: 100 },
  sqlBytes: { of: 'bytes of the SQL of a D1 statement', paid: 100_000, free: 100_000 },
  valueBytes: { of: 'bytes of a text in D1', paid: 2_000_000, free: 2_000_000 },
  rowBytes: { of: 'bytes of a row in D1', paid: 2_000_000, free: 2_000_000 },
  headerBytes: { of: 'bytes of all headers of an answer', paid: 128_000, free: 128_000 },
  fieldBytes: { of: 'bytes of one header of an answer, such as Cache-Tag', paid: 16_000, free: 16_000 },
  tagCharacters: { of: 'characters of a cache tag', paid: 1024, free: 1024 },
  purgedTags: { of: 'cache tags in a call that purges', paid: 100, free: 100 },
  messagesPerCall: { of: 'messages in a call to a queue', paid: 100, free: 100 },
  messageBytes: { of: 'bytes of a message to a queue', paid: 128_000, free: 128_000 },
  callBytes: { of: 'bytes of all messages in a call to a queue', paid: 256_000, free: 256_000 },
  delaySeconds: { of: 'seconds by which a queue delays a message', paid: 43_200, free: 43_200 },
} as const satisfies Record<Measure, Limit>

/** The maximum number of articles in one save. A bulk import keeps all articles of one save in memory at once. */
export const articlesPerSave = 50

/**
 * The number of bytes at which a bulk import saves the articles that it has read so far. The number limits the memory that
 * the import needs, because the articles of one save are parsed at the same time.
 */
export const bytesPerSave = 4_194_304

/**
 * The bytes of the names of sections, tags and authors that one save may have. Each name comes with the path that is made of
 * it, up to as long, and all of them are one text in D1.
 */
export const nameBytesPerSave = 800_000

/** The bytes of the names of an article's section, tags and authors, as they count for `nameBytesPerSave`. */
export const nameBytesOf = ({
  section,
  tags,
  authors,
}: Pick<ArticleInput, 'section' | 'tags' | 'authors'>): number =>
  new TextEncoder().encode(JSON.stringify([section, tags, authors])).length

/** At most as many D1 statements as one save needs, with the reads before it and the effects after it. */
export const statementsPerSave = 45

/** The D1 statements that remain for other work of the request, such as a scheduled change that is due. */
const reservedStatements = 100

/** The D1 statements that the saves of one request may need together. */
export const statementsPerRequest = limits.statements.paid - reservedStatements

/**
 * The largest number of lines that one request may have. They need at most half of the statements of a request. The other
 * half is for lines that cannot be saved together with others.
 */
export const maxLines = articlesPerSave * Math.floor(statementsPerRequest / statementsPerSave / 2)

/** The largest number of bytes of all lines of one request, which are in memory at once. */
export const maxLinesBytes = 2 * bytesPerSave
