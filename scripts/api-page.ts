import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseConfig } from '../src/config/settings.ts'
import { type Description, openApiDocument } from '../src/openapi/document.ts'
import type { Answer, Operation } from '../src/openapi/operation.ts'
import type { Schema } from '../src/openapi/schema.ts'

/** A site with default settings except its address. */
const config = parseConfig({ SITE_URL: 'https://kiosque.example' })
if (!config.ok) throw new Error('The standard settings are wrong')
const { site } = config.value

/** Makes the text of docs/api.md from the OpenAPI document. */
export function apiPage(): string {
  const document = openApiDocument(site, { tellsPeople: true, hasComments: true })
  const calls = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => callOf(method.toUpperCase(), path, operation)),
  )
  return `# The publishing API

${document.info.description}

Every call except the last needs a token in the header \`Authorization: Bearer …\`. The token must have the scope that the
call names. \`npx kiosque token new\` creates a token (see [configuration](configuration.md)). A token with the scope
\`publish\` can also read, and a token with the scope \`admin\` can do everything. The examples read the token from
\`$KIOSQUE_TOKEN\`. Errors are \`application/problem+json\` (RFC 9457); their \`detail\` says what would be right.

\`npm run docs\` makes this page from the OpenAPI 3.1 document, which the Worker serves at \`/api/openapi.json\`.

| call | what it does | scope |
|---|---|---|
${Object.entries(document.paths).flatMap(rowsOf).join('\n')}

${calls.join('\n')}
## The fields of an article

Only \`title\` is required. An article may have at most one of \`html\`, \`markdown\` and \`text\`. In texts of one
line, each run of white space counts as one space. Kiosque refuses a field that is not in this table.

| field | type | meaning | limits | if omitted |
|---|---|---|---|---|
${fieldRows(document).join('\n')}
`
}

const scopeOf = ({ security }: Operation): string =>
  security[0]?.token?.[0] ? `\`${security[0].token[0]}\`` : 'none'

const rowsOf = ([path, methods]: [string, Record<string, Operation>]): string[] =>
  Object.entries(methods).map(
    ([method, operation]) =>
      `| [\`${method.toUpperCase()} ${path}\`](#${anchorOf(operation.summary)}) | ${operation.summary} | ${scopeOf(operation)} |`,
  )

/** The anchor that code hosts such as GitHub give to a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replaceAll(' ', '-')

function callOf(method: string, path: string, operation: Operation): string {
  const parts = [
    `## ${operation.summary}`,
    `\`${method} ${path}\` · scope: ${scopeOf(operation)}`,
    operation.description,
    parametersOf(operation),
    ...requestsOf(method, path, operation),
    ...answersOf(operation),
    `| status | when |\n|---|---|\n${Object.entries(operation.responses).map(statusRow).join('\n')}`,
  ]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

function parametersOf({ parameters = [] }: Operation): string {
  if (parameters.length === 0) return ''
  const rows = parameters.map(
    ({ name, in: place, description, example }) =>
      `| \`${name}\` | ${place} | ${description} | \`${example}\` |`,
  )
  return `| parameter | in | what | example |\n|---|---|---|---|\n${rows.join('\n')}`
}

/** For each media type of the request's body: a curl command, followed by the examples of the body. */
function requestsOf(method: string, path: string, operation: Operation): string[] {
  const content = Object.entries(operation.requestBody?.content ?? {})
  if (content.length === 0) return [curlOf(method, path, operation)]
  return content.flatMap(([type, { examples = {} }]) => [
    curlOf(method, path, operation, type),
    ...Object.entries(examples).map(
      ([name, { value }]) => `Request, example “${name}”:\n\n${blockOf(value)}`,
    ),
  ])
}

function curlOf(
  method: string,
  path: string,
  { security, parameters = [] }: Operation,
  type?: string,
): string {
  const filled = path.replace(
    /\{(\w+)\}/,
    (_, name) => parameters.find((one) => one.name === name)?.example ?? '',
  )
  const words = [
    'curl',
    ...(method === 'GET' ? [] : [`-X ${method}`]),
    `${site.url}${filled}`,
    ...(security.length > 0 ? ['-H "Authorization: Bearer $KIOSQUE_TOKEN"'] : []),
    ...(type
      ? [
          `-H 'Content-Type: ${type}'`,
          `--data-binary @${type.includes('ndjson') ? 'articles.ndjson' : 'body.json'}`,
        ]
      : []),
  ]
  return `\`\`\`sh\n${words.join(' ')}\n\`\`\``
}

/** The first example of each successful answer. */
function answersOf({ responses }: Operation): string[] {
  return Object.entries(responses).flatMap(([status, answer]) => {
    const examples = Object.values(answer.content ?? {}).flatMap((one) => Object.entries(one.examples ?? {}))
    if (Number(status) >= 300 || !examples[0]) return []
    const [name, { value }] = examples[0]
    return [`Answer ${status}, example “${name}”:\n\n${blockOf(value)}`]
  })
}

function blockOf(value: unknown): string {
  const text = typeof value === 'string' ? value.trimEnd() : JSON.stringify(value, null, 2)
  return `\`\`\`json\n${text}\n\`\`\``
}

function statusRow([status, { description, headers, content }]: [string, Answer]): string {
  const names = Object.keys(headers ?? {}).map((name) => `\`${name}\``)
  const details = Object.entries(content?.['application/problem+json']?.examples ?? {}).flatMap(
    ([, { value }]) => (value as { detail?: string }).detail ?? [],
  )
  const words = details.length > 0 ? `: ${details.map((detail) => `“${detail}”`).join(' · ')}` : ''
  return `| ${status} | ${description}${words}${names.length > 0 ? ` (headers: ${names.join(', ')})` : ''} |`
}

/** A table row for each field; the fields of an object follow the object's own row. */
function fieldRows({ components }: Description): string[] {
  return rowsIn(components.schemas.Article ?? {}, '')
}

function rowsIn(schema: Schema, path: string): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
    const at = path === '' ? name : `${path}.${name}`
    return [fieldRow(at, member), ...insideOf(member).flatMap((inner) => rowsIn(inner, at))]
  })
}

const insideOf = (schema: Schema): Schema[] => [
  schema,
  ...(schema.items ? [schema.items, ...(schema.items.anyOf ?? [])] : []),
]

function fieldRow(path: string, schema: Schema): string {
  const [words = '', fallback = ''] = (schema.description ?? '').split(' Left out: ')
  const [what = '', rule = ''] = words.split(' It must ')
  const limits = [...(rule ? [`must ${withoutDot(rule)}`] : []), ...limitsOf(schema)].join('; ')
  const cells = [`\`${path}\``, typeOf(schema), what, limits || '–', withoutDot(fallback) || '–']
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

const withoutDot = (sentence: string): string => sentence.replace(/\.$/, '')

function typeOf({ type, items, format, anyOf }: Schema): string {
  if (anyOf) return anyOf.map(typeOf).join(' or ')
  if (items) return `list of ${typeOf(items)}`
  return format ? `${type}, ${format}` : `${type}`
}

/** The text for each JSON Schema keyword that limits a value. */
const limitWords: Record<string, (value: unknown) => string | never[]> = {
  enum: (values) => (values as string[]).map((value) => `\`${value}\``).join(', '),
  maxLength: (most) => `at most ${Number(most).toLocaleString('en')} characters`,
  maxItems: (most) => `at most ${most} entries`,
  minimum: (least) => `${least} or more`,
  maximum: (most) => (most === Number.MAX_SAFE_INTEGER ? [] : `at most ${most}`),
}

function limitsOf(schema: Schema): string[] {
  const own = Object.entries(limitWords).flatMap(([keyword, words]) =>
    schema[keyword] === undefined ? [] : words(schema[keyword]),
  )
  const most = schema.items?.maxLength ?? schema.items?.anyOf?.[0]?.maxLength
  return [...own, ...(most === undefined ? [] : [`each at most ${most} characters`])]
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(join(import.meta.dirname, '../docs/api.md'), apiPage())
}
