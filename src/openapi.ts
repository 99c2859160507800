import { type OverrideActionContext, toJsonSchema } from '@valibot/to-json-schema'
import type { Problem } from './domain/problem.ts'
import type { Site } from './domain/site.ts'
import { detailsOf } from './http/problem.ts'
import { articleSchema } from './ingest/json.ts'

/** The version of the API; it changes when a call does. */
const apiVersion = '1.0.0'

/** The part of JSON Schema that this document is made of. */
export interface Schema {
  type?: string
  description?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  allOf?: Schema[]
  $ref?: string
  [keyword: string]: unknown
}

/** What a field of an article is for, in plain words; its limits come from the schema that validates it. */
interface Field {
  what: string
  /** What happens when it is left out. */
  otherwise?: string
  example?: unknown
  format?: string
}

const instant = { format: 'date-time', example: '2024-06-19T08:00:00-04:00' }
const webAddress = { format: 'uri' }
const fileAddress = { format: 'uri-reference' }

/** Every field of an article, by its path; the names inside a list stand after the name of the list. */
export const fields: Record<string, Field> = {
  slug: {
    what: 'The name of the article in addresses; no two articles have the same.',
    otherwise: 'made of the title, or the one in the address',
    example: 'le-marche-ouvre-samedi',
  },
  id: {
    what: 'The permanent identifier that feed readers know the article by. It never changes.',
    otherwise: 'the one it has, else made once as `tag:{host},{year}:{slug}`',
    example: 'tag:kiosque.example,2024:le-marche-ouvre-samedi',
  },
  url: {
    ...webAddress,
    what: 'Where readers read the article, when that is a page of your own site.',
    otherwise: '`/articles/{slug}` of this Worker',
    example: 'https://journal.example/le-marche-ouvre-samedi',
  },
  title: { what: 'The headline, as plain text on one line.', example: 'Le marché ouvre samedi' },
  summary: {
    what: 'The summary, as plain text on one line.',
    otherwise: 'an excerpt of the body; none when only a summary may be passed on',
    example: 'Quarante maraîchers y seront.',
  },
  html: {
    what: 'The body as HTML. Scripts, forms, handlers and the like are taken out.',
    example: '<p>Le marché ouvre samedi.</p>',
  },
  markdown: { what: 'The body as Markdown; it is stored as HTML.', example: 'Le marché ouvre **samedi**.' },
  text: {
    what: 'The body as plain text, in which a blank line parts paragraphs; it is stored as HTML.',
    example: 'Le marché ouvre samedi.',
  },
  language: {
    what: 'The language of the article (BCP 47).',
    otherwise: 'the setting `SITE_LANGUAGE`',
    example: 'fr-CA',
  },
  published: {
    ...instant,
    what: 'When the article was or will be published; nobody sees it before.',
    otherwise: 'the date it has, else now',
  },
  updated: {
    ...instant,
    what: 'When it was last changed in a way that readers should know of; not before `published`.',
    otherwise: 'now when anything changed, else as it was',
  },
  section: { what: 'The section that the article is in.', example: 'Ville' },
  tags: { what: 'Its tags.', otherwise: 'none', example: ['Marché', 'Été'] },
  authors: {
    what: 'Who wrote it: names, or objects with a name. They are stored as objects.',
    otherwise: 'none',
    example: ['Kim Tremblay'],
  },
  'authors.name': { what: 'The name, as it is printed.', example: 'Kim Tremblay' },
  'authors.url': { ...webAddress, what: 'A page about the author.' },
  'authors.email': { what: 'The address that the author may be written to; it is public.' },
  source: { what: 'Where the article came from, such as a news agency.' },
  'source.name': { what: 'The name of the source.', example: 'La Presse canadienne' },
  'source.url': { ...webAddress, what: 'The page of the source.' },
  image: { what: 'The lead picture.' },
  'image.url': { ...fileAddress, what: 'Where the picture is.', example: '/photos/marche.jpg' },
  'image.type': { what: 'Its media type.', example: 'image/jpeg' },
  'image.bytes': { what: 'The size of its file.', example: 84211 },
  'image.width': { what: 'Its width in pixels.', example: 1200 },
  'image.height': { what: 'Its height in pixels.', example: 800 },
  'image.alt': { what: 'What it shows, for those who cannot see it.' },
  'image.credit': { what: 'Whose picture it is.', example: 'Photo : Ana Roy' },
  attachments: { what: 'Files that go with the article, such as a recording.', otherwise: 'none' },
  'attachments.url': { ...fileAddress, what: 'Where the file is.' },
  'attachments.type': { what: 'Its media type.', example: 'audio/mpeg' },
  'attachments.bytes': { what: 'Its true size; podcast players want it.', example: 5242880 },
  'attachments.seconds': { what: 'How long it plays.', example: 312 },
  'attachments.title': { what: 'What it is called.' },
  rights: { what: 'What others may pass on.' },
  'rights.syndicate': {
    what: '`full`: the whole body. `summary`: only the summary, everywhere. `none`: the article is in no feed.',
    otherwise: '`full`',
  },
  'rights.copyright': { what: 'The copyright line of the article.' },
  'rights.license': { ...webAddress, what: 'The address of its licence.' },
  note: { what: 'What a correction changed, for readers; shown with the body.' },
  embargo: { ...instant, what: 'Nobody sees the article before this instant.' },
  expires: { ...instant, what: 'Nobody sees the article from this instant on; it is after `published`.' },
  status: {
    what: '`draft`: only tokens see it. `withdrawn`: its page says that it is gone.',
    otherwise: '`published`',
  },
}

/** The words of checks and patterns, as a refusal says them; a pattern's flag `i`, which JSON Schema lacks. */
function overrideAction({ valibotAction, jsonSchema }: OverrideActionContext) {
  const action = valibotAction as { type: string; message?: unknown; requirement?: unknown }
  if (action.type !== 'check' && action.type !== 'regex') return undefined
  const description = `${String(action.message).replace(/^must/, 'It must')}.`
  if (action.type === 'check') return { ...jsonSchema, description }
  const { source, flags } = action.requirement as RegExp
  const pattern = flags.includes('i') ? source.replaceAll('a-z', 'A-Za-z') : source
  return { ...jsonSchema, description, pattern }
}

/** The schema with the words of the table at every field; of what is stored, not how it may be given. */
function described(schema: Schema, isInput: boolean, path = ''): Schema {
  const { properties, items, anyOf } = schema
  const entries = Object.entries(properties ?? {}).map(([name, member]) => {
    const at = path === '' ? name : `${path}.${name}`
    return [name, { ...described(member, isInput, at), ...wordsOf(at, member, isInput) }]
  })
  return {
    ...schema,
    ...(properties && { properties: Object.fromEntries(entries) }),
    ...(items && { items: described(items, isInput, path) }),
    ...(anyOf && { anyOf: anyOf.map((option) => described(option, isInput, path)) }),
  }
}

function wordsOf(path: string, { description: rule }: Schema, isInput: boolean): Schema {
  const { what, otherwise, example, format } = fields[path] ?? { what: '' }
  const words = isInput ? [what, rule, otherwise && `Left out: ${otherwise}.`] : [what]
  return {
    description: words.filter(Boolean).join(' '),
    ...(format !== undefined && { format }),
    ...(isInput && example !== undefined && { examples: [example] }),
  }
}

/** What `articleSchema` takes, as JSON Schema. Its transformations lose nothing: they only tidy. */
function convertedArticle(): Schema {
  const { $schema: _, ...schema } = toJsonSchema(articleSchema, {
    target: 'draft-2020-12',
    errorMode: 'ignore',
    overrideAction,
  }) as Schema
  return schema
}

/** An article as it is stored: the body cleaned and in `html`, everything that is minted there. */
function storedArticle(input: Schema): Schema {
  const { additionalProperties: _, ...schema } = described(input, false)
  const { markdown: _markdown, text: _text, summary, authors, rights, ...kept } = schema.properties ?? {}
  const { minLength: _least, ...mayBeEmpty } = summary as Schema
  return {
    ...schema,
    description: 'An article as it is stored.',
    properties: {
      ...kept,
      summary: mayBeEmpty,
      authors: { ...authors, items: authors?.items?.anyOf?.[1] as Schema },
      rights: { ...rights, required: ['syndicate'] },
    },
    required: [
      ...['slug', 'id', 'title', 'summary', 'html', 'language', 'published', 'updated'],
      ...['tags', 'authors', 'attachments', 'rights', 'status'],
    ],
  }
}

const text = (description: string, more: Schema = {}): Schema => ({ type: 'string', description, ...more })
const integer = (description: string): Schema => ({ type: 'integer', description })
const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })

const object = (description: string, required: string[], properties: Record<string, Schema>): Schema => ({
  type: 'object',
  description,
  required,
  properties,
})

const saved = { enum: ['created', 'replaced', 'unchanged'] }
const issues: Schema = { type: 'array', description: 'Every field that was wrong.', items: ref('Issue') }

function schemas(): Record<string, Schema> {
  const input = convertedArticle()
  return {
    Article: { ...described(input, true), description: `An article as it is sent. ${input.description}` },
    StoredArticle: storedArticle(input),
    ListedArticle: {
      allOf: [
        ref('StoredArticle'),
        object('Its place in the history.', ['revision'], {
          revision: integer('Which save it was; a later save has a higher one.'),
        }),
      ],
    },
    Listing: object('At most 100 articles, the newest published first.', ['articles'], {
      articles: { type: 'array', description: 'The articles.', items: ref('ListedArticle') },
      next: text('The address of the next page; absent on the last one.', { format: 'uri-reference' }),
    }),
    Name: {
      ...object('Another name.', ['name'], {
        name: {
          ...input.properties?.section,
          description: `The new name. ${input.properties?.section?.description}`,
        },
      }),
      additionalProperties: false,
    },
    Renamed: object('What was renamed.', ['path', 'name'], {
      path: text('Where it is now; the old address redirects there.'),
      name: text('Its name now.'),
    }),
    Line: object('What became of one line of a bulk import.', ['line', 'status'], {
      line: integer('Which line, counted from 1 without blank ones.'),
      status: integer('The status that the article alone would have had.'),
      saved: text('What was done with it.', saved),
      slug: text('The slug that it has.'),
      id: text('The id that it has.'),
      title: text('What kind of problem it was.'),
      detail: text('What was wrong, and what would be right.'),
      issues,
    }),
    Problem: object('A problem in the words of RFC 9457.', ['type', 'title', 'status'], {
      type: text('Always `about:blank`: the status says it all.'),
      title: text('What kind of problem it is.'),
      status: integer('The HTTP status.'),
      detail: text('What was wrong, and what would be right.'),
      issues,
    }),
    Issue: object('A field that was wrong.', ['field', 'reason'], {
      field: text('The field, with dots where it is inside another; `article` for the whole.'),
      reason: text('What would be right.'),
    }),
  }
}

const slug = 'le-marche-ouvre-samedi'

/** The problems that operations name, each with the example that the code itself words. */
const problems = {
  query: { kind: 'invalid-query', field: 'status', reason: 'must be draft, published or withdrawn' },
  unreadable: { kind: 'unreadable', reason: 'Cannot read the body: it must be UTF-8' },
  unauthorized: { kind: 'unauthorized' },
  mayNotPublish: { kind: 'forbidden', scope: 'publish' },
  mayNotAdminister: { kind: 'forbidden', scope: 'admin' },
  notFound: { kind: 'not-found', what: `article "${slug}"` },
  noSuchSelection: { kind: 'not-found', what: '"sections/ville"' },
  slugTaken: { kind: 'slug-taken', slug },
  withdrawn: { kind: 'withdrawn', slug },
  conflict: { kind: 'conflict', slug },
  precondition: { kind: 'precondition-failed', slug },
  tooLarge: { kind: 'too-large', bytes: 3_000_044, most: 1_048_576 },
  type: { kind: 'unsupported-type', type: 'text/plain', expected: 'application/json' },
  invalid: {
    kind: 'invalid-article',
    slug,
    issues: [{ field: 'title', reason: 'must be given' }],
  },
  guessing: { kind: 'too-many-failures', seconds: 60 },
  noToken: { kind: 'no-token-configured' },
  setting: { kind: 'misconfigured', setting: 'SITE_URL', reason: 'must be the address of this Worker' },
} satisfies Record<string, Problem>

type ProblemName = keyof typeof problems

const headerWords: Record<string, string> = {
  ETag: 'The tag of this save, for If-Match.',
  Location: 'Where the new article is, as a path.',
  'Kiosque-Saved': 'What was done: `created`, `replaced` or `unchanged`; `withdrawn` or `deleted`.',
  'WWW-Authenticate': 'The scheme to authenticate with.',
  'Retry-After': 'How many seconds to wait.',
  'Cache-Control': 'How long the document may be kept.',
}

const headersOf = (names: readonly string[]) =>
  names.length === 0
    ? {}
    : {
        headers: Object.fromEntries(
          names.map((name) => [name, { description: headerWords[name], schema: { type: 'string' } }]),
        ),
      }

interface Content {
  schema: Schema
  examples?: Record<string, { value: unknown }>
}

export interface Answer {
  description: string
  headers?: Record<string, unknown>
  content?: Record<string, Content>
}

export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required?: boolean
  description: string
  schema: Schema
  example: string
}

export interface Operation {
  operationId: string
  summary: string
  description: string
  security: Record<string, string[]>[]
  parameters?: Parameter[]
  requestBody?: { required: true; content: Record<string, Content> }
  responses: Record<string, Answer>
}

const json = (schema: Schema, examples: Record<string, unknown>): Record<string, Content> => ({
  'application/json': { schema, examples: valuesOf(examples) },
})

/** Lines of JSON: a media type that JSON Schema has no words for, so the schema of a line stands beside. */
const lines = (line: Schema, examples: Record<string, unknown>): Record<string, Content> => ({
  'application/x-ndjson': {
    schema: text('One JSON value on each line.', { 'x-each-line': line }),
    examples: valuesOf(examples),
  },
})

const valuesOf = (examples: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }]))

/** The answers to these problems, one for each status. */
function refusals(names: readonly ProblemName[]): Record<string, Answer> {
  const answers: Record<string, Answer> = {}
  for (const name of names) {
    const { status, title, detail, headers, members } = detailsOf(problems[name])
    const known = answers[status]
    const value = { type: 'about:blank', title, status, detail, ...members }
    answers[status] = {
      description: known ? `${known.description}, or ${title.toLowerCase()}` : title,
      ...headersOf(Object.keys(headers)),
      content: {
        'application/problem+json': {
          schema: ref('Problem'),
          examples: { ...known?.content?.['application/problem+json']?.examples, [name]: { value } },
        },
      },
    }
  }
  return answers
}

const fault: Answer = {
  description: 'Internal error: ours, not yours; try again later',
  content: {
    'application/problem+json': {
      schema: ref('Problem'),
      examples: { fault: { value: { type: 'about:blank', title: 'Internal error', status: 500 } } },
    },
  },
}

type Draft = Omit<Operation, 'security' | 'responses'> & {
  scope?: 'read' | 'publish' | 'admin'
  answers: Record<string, Answer>
  problems: ProblemName[]
}

function operation({ scope, answers, problems: own, ...words }: Draft): Operation {
  const common: ProblemName[] = scope ? ['unauthorized', 'guessing', 'noToken', 'setting'] : ['setting']
  return {
    ...words,
    security: scope ? [{ token: [scope] }] : [],
    responses: { ...answers, ...refusals([...own, ...common]), ...(scope && { 500: fault }) },
  }
}

const query = (name: string, description: string, example: string, schema: Schema = {}): Parameter => ({
  name,
  in: 'query',
  description,
  schema: { type: 'string', ...schema },
  example,
})

const inPath = (name: string, description: string, example: string): Parameter => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'string', minLength: 1 },
  example,
})

const ofSlug = inPath('slug', 'The slug of the article.', slug)

const ifMatch: Parameter = {
  name: 'If-Match',
  in: 'header',
  description: 'Goes on only when the stored article has this ETag (`*`: when there is one), else 412.',
  schema: { type: 'string' },
  example: '"lxm0rgr4"',
}

const ifNoneMatch: Parameter = {
  name: 'If-None-Match',
  in: 'header',
  description: 'Goes on only when the stored article has another ETag (`*`: when there is none), else 412.',
  schema: { type: 'string' },
  example: '*',
}

const small = { title: 'Le marché ouvre samedi', text: 'Quarante maraîchers y seront.' }

const smallStored = {
  slug,
  id: `tag:kiosque.example,2024:${slug}`,
  title: 'Le marché ouvre samedi',
  summary: 'Quarante maraîchers y seront.',
  html: '<p>Quarante maraîchers y seront.</p>',
  language: 'fr-CA',
  published: '2024-06-19T16:00:00Z',
  updated: '2024-06-19T16:00:00Z',
  tags: [],
  authors: [],
  attachments: [],
  rights: { syndicate: 'full' },
  status: 'published',
}

const full = {
  slug,
  id: 'urn:uuid:1b4e28ba-2fa1-11d2-883f-0016d3cca427',
  url: 'https://journal.example/le-marche-ouvre-samedi',
  title: 'Le marché ouvre samedi',
  summary: 'Quarante maraîchers y seront.',
  markdown: 'Le marché ouvre **samedi** à huit heures.',
  language: 'fr-CA',
  published: '2024-06-19T08:00:00-04:00',
  section: 'Ville',
  tags: ['Marché', 'Été'],
  authors: ['Kim Tremblay', { name: 'Ana Roy', url: 'https://journal.example/ana-roy' }],
  source: { name: 'Agence locale', url: 'https://agence.example/' },
  image: { url: '/photos/marche.jpg', type: 'image/jpeg', width: 1200, height: 800, alt: 'Des étals.' },
  attachments: [
    { url: 'https://journal.example/marche.mp3', type: 'audio/mpeg', bytes: 5242880, seconds: 312 },
  ],
  rights: { syndicate: 'full', copyright: '© 2024 Le Journal' },
  status: 'published',
}

const { markdown: _, ...kept } = full

const fullStored = {
  ...kept,
  html: '<p>Le marché ouvre <strong>samedi</strong> à huit heures.</p>\n',
  published: '2024-06-19T12:00:00Z',
  updated: '2024-06-19T12:00:00Z',
  authors: [{ name: 'Kim Tremblay' }, { name: 'Ana Roy', url: 'https://journal.example/ana-roy' }],
}

const correction = { ...small, section: 'Ville', note: 'L’heure était fausse.' }

const correctionStored = {
  ...smallStored,
  id: full.id,
  published: fullStored.published,
  section: 'Ville',
  note: 'L’heure était fausse.',
}

const bulkLines = `${JSON.stringify({ slug: 'un', ...small })}\n{"slug":"deux","text":"Sans titre."}\n`

const bulkAnswers = [
  { line: 1, status: 201, saved: 'created', slug: 'un', id: 'tag:kiosque.example,2024:un' },
  {
    line: 2,
    status: 422,
    title: 'Invalid article',
    detail: 'Cannot save article "deux": title: must be given',
    issues: [{ field: 'title', reason: 'must be given' }],
  },
]

const articleAnswer = (
  description: string,
  headers: readonly string[],
  examples: Record<string, unknown>,
): Answer => ({
  description,
  ...headersOf(headers),
  content: json(ref('StoredArticle'), examples),
})

const ofMany = {
  get: operation({
    operationId: 'list-articles',
    summary: 'List articles',
    description:
      'Articles whatever their status, the newest published first, at most 100 at once. Follow `next` for more. Of section, tag and author, one may be asked for.',
    scope: 'read',
    parameters: [
      query('status', 'Only those with this status.', 'published', {
        enum: ['draft', 'published', 'withdrawn'],
      }),
      query('section', 'Only those of the section with this key (the slug of its name).', 'ville'),
      query('tag', 'Only those with the tag of this key.', 'marche'),
      query('author', 'Only those of the author with this key.', 'kim-tremblay'),
      query('since', 'Only those that were saved at or after this instant.', '2024-06-19T12:00:00Z', {
        format: 'date-time',
      }),
      query('before', 'Where the page before ended; taken from `next`.', '1718798400000.2', {
        pattern: '^-?\\d{1,15}\\.\\d{1,15}$',
      }),
    ],
    answers: {
      200: {
        description: 'A page of articles',
        content: json(ref('Listing'), { page: { articles: [{ ...fullStored, revision: 1718812800400 }] } }),
      },
    },
    problems: ['query'],
  }),
  post: operation({
    operationId: 'create-article',
    summary: 'Save a new article, or many at once',
    description:
      'One article as JSON is saved under a slug made of its title, or under the slug it gives where no article has that; an article that exists is never replaced. Many articles, one as JSON on each line (`application/x-ndjson`), are each created or replaced by their id or slug; the answer has one line for each, in the same order, and a wrong one does not stop the others. An article or a line has at most 1 MiB.',
    scope: 'publish',
    requestBody: {
      required: true,
      content: {
        ...json(ref('Article'), { small, full }),
        ...lines(ref('Article'), { bulk: bulkLines }),
      },
    },
    answers: {
      200: {
        description: 'What became of each line of a bulk import',
        content: lines(ref('Line'), {
          bulk: bulkAnswers.map((answer) => `${JSON.stringify(answer)}\n`).join(''),
        }),
      },
      201: articleAnswer('The article was created', ['ETag', 'Location', 'Kiosque-Saved'], {
        small: smallStored,
        full: fullStored,
      }),
    },
    problems: ['unreadable', 'mayNotPublish', 'slugTaken', 'conflict', 'tooLarge', 'type', 'invalid'],
  }),
}

const ofOne = {
  get: operation({
    operationId: 'read-article',
    summary: 'Read an article',
    description: 'An article as it is stored, whatever its status.',
    scope: 'read',
    parameters: [ofSlug],
    answers: { 200: articleAnswer('The article', ['ETag'], { stored: fullStored }) },
    problems: ['notFound'],
  }),
  put: operation({
    operationId: 'save-article',
    summary: 'Save an article',
    description:
      'Creates the article, or replaces all of it: what is left out is removed, but for its id and dates. The same again changes nothing, so it can be repeated safely. A withdrawn article comes back only with `"status": "published"`.',
    scope: 'publish',
    parameters: [ofSlug, ifMatch, ifNoneMatch],
    requestBody: { required: true, content: json(ref('Article'), { small, full, correction }) },
    answers: {
      200: articleAnswer('The article was replaced, or was the same already', ['ETag', 'Kiosque-Saved'], {
        correction: correctionStored,
      }),
      201: articleAnswer('The article was created', ['ETag', 'Kiosque-Saved'], {
        small: smallStored,
        full: fullStored,
      }),
    },
    problems: [
      'unreadable',
      'mayNotPublish',
      'slugTaken',
      'withdrawn',
      'conflict',
      'precondition',
      'tooLarge',
      'type',
      'invalid',
    ],
  }),
  delete: operation({
    operationId: 'withdraw-article',
    summary: 'Withdraw an article',
    description:
      'Readers are told that it is gone, and its address answers 410. One that nobody could ever see is deleted without a trace.',
    scope: 'publish',
    parameters: [ofSlug, ifMatch, ifNoneMatch],
    answers: { 204: { description: 'It is withdrawn or deleted', ...headersOf(['Kiosque-Saved']) } },
    problems: ['mayNotPublish', 'notFound', 'conflict', 'precondition'],
  }),
}

/** What can be renamed: its folder, what one of it is, the key of an example and the name that it gets. */
const renamable = [
  ['sections', 'a section', 'ville', 'Quartiers', 'quartiers'],
  ['tags', 'a tag', 'marche', 'Marchés publics', 'marches-publics'],
  ['authors', 'an author', 'kim-tremblay', 'Kim T. Roy', 'kim-t-roy'],
] as const

const renaming = Object.fromEntries(
  renamable.map(([folder, one, key, name, newKey]) => [
    `/api/${folder}/{key}`,
    {
      put: operation({
        operationId: `rename-${folder}`,
        summary: `Rename ${one}`,
        description: `Gives it another name in every article that carries it; their dates stay, and the old address redirects. Where another one has the new name already, the two become one.`,
        scope: 'admin',
        parameters: [inPath('key', 'The slug of its present name.', key)],
        requestBody: { required: true, content: json(ref('Name'), { renamed: { name } }) },
        answers: {
          200: {
            description: 'It was renamed',
            content: json(ref('Renamed'), { renamed: { path: `${folder}/${newKey}`, name } }),
          },
        },
        problems: [
          'unreadable',
          'mayNotAdminister',
          'noSuchSelection',
          'conflict',
          'tooLarge',
          'type',
          'invalid',
        ],
      }),
    },
  ]),
)

const ofDocument = {
  get: operation({
    operationId: 'read-description',
    summary: 'Read this description',
    description: 'The OpenAPI 3.1 document that this page is made from; it needs no token.',
    answers: {
      200: {
        description: 'The document',
        ...headersOf(['Cache-Control']),
        content: json(object('An OpenAPI document.', ['openapi', 'info', 'paths'], {}), {}),
      },
    },
    problems: [],
  }),
}

/** The OpenAPI document of the API. */
export interface Description {
  openapi: string
  info: { title: string; version: string; description: string }
  servers: { url: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, unknown> }
}

/** Describes the API in OpenAPI 3.1, out of the schema that validates and the words that refuse. */
export function openApiDocument(site: Site): Description {
  return {
    openapi: '3.1.1',
    info: {
      title: `${site.title}: publishing`,
      version: apiVersion,
      description:
        'Save, read, list and withdraw the articles that Kiosque serves as feeds. HEAD is answered wherever GET is, OPTIONS everywhere, and any other method is a 405 that says what is allowed.',
    },
    servers: [{ url: site.url }],
    paths: {
      '/api/articles': ofMany,
      '/api/articles/{slug}': ofOne,
      ...renaming,
      '/api/openapi.json': ofDocument,
    },
    components: {
      schemas: schemas(),
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description:
            'A token of the setting `API_TOKENS`. `read` reads drafts too, `publish` also writes, `admin` does everything.',
        },
      },
    },
  }
}
