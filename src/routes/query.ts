import { getQueryParam } from 'hono/utils/url'
import type { Exchange } from './answer.ts'

/** The names of all query parameters that a public address uses. */
const names: ReadonlySet<string> = new Set([
  ...['section', 'tag', 'author', 'before', 'after', 'from', 'raw', 'host', 'feed'],
  ...[
    'lang',
    'networks',
    'text',
    'quote',
    'url',
    'format',
    'maxwidth',
    'maxheight',
    'done',
    'reply',
    'comment',
    'order',
    'question',
  ],
])

/** More characters than the longest of the names has when each of its characters is percent-encoded. */
const maxNameCharacters = 30

/**
 * Returns the value of a query parameter; undefined if the request does not have it. The first of several
 * parameters with one name counts. The query is searched once for each request, however many parameters are asked
 * for, and only parameters with a name in `names` are decoded, so that a long query of others costs little.
 */
export function queryParameter(exchange: Exchange, name: string): string | undefined {
  const known = exchange.get('query') ?? knownQuery(exchange.req.url)
  exchange.set('query', known)
  const value = known === '' ? undefined : getQueryParam(known, name)
  return typeof value === 'string' ? value : undefined
}

/** An address with only the known parameters of a query, the first of each name; empty if there is none. */
export function knownQuery(url: string): string {
  const start = url.indexOf('?')
  if (start === -1) return ''
  const found = new Map<string, string>()
  const end = url.indexOf('#', start)
  for (const pair of url.slice(start + 1, end === -1 ? undefined : end).split('&')) {
    const name = nameIn(pair)
    if (name !== undefined && names.has(name) && !found.has(name)) found.set(name, pair)
  }
  return found.size === 0 ? '' : `https://a.invalid/?${[...found.values()].join('&')}`
}

/** The decoded name of a parameter; undefined if the name is long, or has escapes of other characters than ASCII. */
function nameIn(pair: string): string | undefined {
  const equals = pair.indexOf('=')
  const name = equals === -1 ? pair : pair.slice(0, equals)
  if (name.length > maxNameCharacters || !/^(?:[^%]|%[0-7][\da-f])*$/i.test(name)) return undefined
  return decodeURIComponent(name)
}
