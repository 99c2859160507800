import { detailsOf } from '../http/problem.ts'
import { headersOf, type ProblemName, problems, slug } from './problems.ts'
import { ref, type Schema, text } from './schema.ts'

interface Content {
  schema: Schema
  examples?: Record<string, { value: unknown }>
}

export interface Answer {
  description: string
  headers?: Record<string, unknown>
  content?: Record<string, Content>
}

interface Parameter {
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

export const json = (schema: Schema, examples: Record<string, unknown>): Record<string, Content> => ({
  'application/json': { schema, examples: valuesOf(examples) },
})

/**
 * Describes an answer whose body is JSON lines. JSON Schema cannot describe this media type, so the schema of
 * a single line is given instead.
 */
export const lines = (line: Schema, examples: Record<string, unknown>): Record<string, Content> => ({
  'application/x-ndjson': {
    schema: text('One JSON value on each line.', { 'x-each-line': line }),
    examples: valuesOf(examples),
  },
})

const valuesOf = (examples: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }]))

/**
 * Describes the answers of an operation that report the problems in `names`: one answer for each HTTP status,
 * with one example for each problem.
 */
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

/** Describes an answer with the status 500; `known` is the description of the operation's own problems with this status. */
const faultBeside = (known: Answer | undefined): Answer => ({
  description: `${known ? `${known.description}, or an` : 'An'} error in Kiosque and not in the request; try again later`,
  content: {
    'application/problem+json': {
      schema: ref('Problem'),
      examples: {
        ...known?.content?.['application/problem+json']?.examples,
        fault: { value: { type: 'about:blank', title: 'Internal error', status: 500 } },
      },
    },
  },
})

type Draft = Omit<Operation, 'security' | 'responses'> & {
  scope?: 'read' | 'moderate' | 'publish' | 'admin'
  answers: Record<string, Answer>
  problems: ProblemName[]
  /** True for an API operation that does not use the store, or whose answer begins before it does: it never answers with 500. */
  stateless?: boolean
}

export function operation({ scope, answers, problems: own, stateless, ...words }: Draft): Operation {
  const common: ProblemName[] = scope ? ['unauthorized', 'guessing', 'noToken', 'setting'] : ['setting']
  const refused = refusals([...own, ...common])
  return {
    ...words,
    security: scope ? [{ token: [scope] }] : [],
    responses: { ...answers, ...refused, ...(scope && !stateless && { 500: faultBeside(refused[500]) }) },
  }
}

export const query = (
  name: string,
  description: string,
  example: string,
  schema: Schema = {},
): Parameter => ({
  name,
  in: 'query',
  description,
  schema: { type: 'string', ...schema },
  example,
})

export const inPath = (name: string, description: string, example: string): Parameter => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'string', minLength: 1 },
  example,
})

export const ofSlug = inPath('slug', 'The slug of the article.', slug)

export const ifMatch: Parameter = {
  name: 'If-Match',
  in: 'header',
  description:
    'The call is executed only if the stored article has this ETag (`*`: only if the article exists); otherwise the answer is 412.',
  schema: { type: 'string' },
  example: '"lxm0rgr4"',
}

/** The request header `If-None-Match` as an OpenAPI parameter; the server may answer such a request with 304. */
export const ifChanged: Parameter = {
  name: 'If-None-Match',
  in: 'header',
  description:
    'The ETag of your copy. If the stored article still has this ETag, the answer is 304 without a body.',
  schema: { type: 'string' },
  example: '"lxm0rgr4"',
}

export const ifNoneMatch: Parameter = {
  name: 'If-None-Match',
  in: 'header',
  description:
    'The call is executed only if the stored article has another ETag (`*`: only if the article does not exist); otherwise the answer is 412.',
  schema: { type: 'string' },
  example: '*',
}
