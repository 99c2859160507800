import type { Image } from './domain/article.ts'
import type { Problem, Result } from './domain/problem.ts'
import { failure, success } from './domain/problem.ts'
import type { Site } from './domain/site.ts'
import { slugOf } from './domain/slug.ts'
import { isLoopback } from './hub/loopback.ts'
import { defaultNetworks, networks } from './share/networks.ts'
import { refusedOf } from './share/refused.ts'

interface Setting<T> {
  name: string
  /** Throws a RangeError that says what would be right. */
  parse: (value: string) => T
  default: string
  help: string
}

const setting = <T>(row: Setting<T>): Setting<T> => row

/** Every setting: one row is its name, parser, default and documentation. */
export const settings = {
  url: setting({
    name: 'SITE_URL',
    parse: parseOrigin,
    default: '',
    help: 'The address of this Worker, such as `https://flux.example.com`. All absolute links and ids are built from it. Required: without it every answer is 503.',
  }),
  title: setting({
    name: 'SITE_TITLE',
    parse: parseText,
    default: 'Kiosque',
    help: 'The name of the house, in feeds and pages.',
  }),
  description: setting({
    name: 'SITE_DESCRIPTION',
    parse: parseText,
    default: 'Les articles de la rédaction',
    help: 'One line about the house: the description of its feeds.',
  }),
  language: setting({
    name: 'SITE_LANGUAGE',
    parse: parseLanguage,
    default: 'fr-CA',
    help: 'The language of the house and of articles that name none (BCP 47). French and English pages are built in.',
  }),
  copyright: setting({
    name: 'SITE_COPYRIGHT',
    parse: (value) => value.trim(),
    default: '',
    help: 'The copyright line of the feeds, for readers; an article may carry its own.',
  }),
  timeZone: setting({
    name: 'TIME_ZONE',
    parse: parseTimeZone,
    default: 'America/Toronto',
    help: 'The zone in which pages show dates (IANA name). Feeds always say UTC.',
  }),
  image: setting({
    name: 'SITE_IMAGE',
    parse: parseImage,
    default: '/card.png 1200x630',
    help: 'The picture of previews where an article has none: its address or a path of this Worker, its size, and what it shows, such as `https://example.com/carte.jpg 1200x630 La une du jour`. Under 300 kB is safe everywhere.',
  }),
  creators: setting({
    name: 'FEDIVERSE_CREATORS',
    parse: parseCreators,
    default: '',
    help: 'Who authors are in the fediverse, for the previews that show it: `Name=@handle@server` parted by commas. An author whose `url` is a profile (`https://server/@handle`) needs no entry.',
  }),
  feedLength: setting({
    name: 'FEED_LENGTH',
    parse: (value) => parseWhole(value, 1, 100),
    default: '30',
    help: 'How many articles a feed holds, 1 to 100.',
  }),
  shareNetworks: setting({
    name: 'SHARE_NETWORKS',
    parse: parseNetworks,
    default: defaultNetworks.join(','),
    help: 'The networks that are offered, in their order: ids of docs/networks.md parted by commas; `A`, `B` and `C` stand for all of a tier.',
  }),
  facebookApp: setting({
    name: 'FACEBOOK_APP_ID',
    parse: parseDigits,
    default: '',
    help: 'The number of the house’s app at Facebook, which the networks `facebookdialog` and `messenger` need; without it they are not offered.',
  }),
  shareHosts: setting({
    name: 'SHARE_HOSTS',
    parse: parseHosts,
    default: '',
    help: 'The hosts of the newsroom’s own pages, for which `POST /api/share` makes links, parted by commas; one with a dot before it stands for its subdomains too, such as `.journal.example`. The host of `SITE_URL` needs no mention.',
  }),
  feedShareData: setting({
    name: 'FEED_SHARE_DATA',
    parse: parseSwitch,
    default: 'false',
    help: '`true`: JSON Feed carries the share links of each article, as `_share`.',
  }),
  feedShareRow: setting({
    name: 'FEED_SHARE_ROW',
    parse: parseSwitch,
    default: 'false',
    help: '`true`: the content of each article in every feed ends with a row of share links, as plain HTML.',
  }),
  publicHubs: setting({
    name: 'PUBLIC_HUBS',
    parse: parseHubs,
    default: '',
    help: 'Public WebSub hubs that are told of each change as well: https addresses parted by commas, such as `https://pubsubhubbub.appspot.com/`. The own hub needs no setting.',
  }),
  hubLoopback: setting({
    name: 'HUB_LOOPBACK',
    parse: parseSwitch,
    default: 'false',
    help: 'For development: `true` lets the hub call this machine (http, any port, `localhost`). Refused where `SITE_URL` is not on this machine; `npm start` sets it.',
  }),
  apiTokens: setting({
    name: 'API_TOKENS',
    parse: parseTokens,
    default: '',
    help: 'Who may use the API: `name:scope:hash` parted by commas; the scope is `read` (drafts too), `publish` (and read) or `admin` (everything), the hash the SHA-256 of the token in hexadecimal; `npx kiosque token new` makes one. A secret: keep it out of wrangler.toml. Without it every write is refused.',
  }),
} as const

/** What a token may do: read what is not public, publish, or everything. */
export type Scope = 'read' | 'publish' | 'admin'

/** A token; only its SHA-256 in lower-case hexadecimal is known. */
export interface Token {
  name: string
  scopes: readonly Scope[]
  hash: string
}

export interface Config {
  site: Site
  feedLength: number
  shareNetworks: readonly string[]
  /** Digits; empty where the house has no app. */
  facebookApp: string
  shareHosts: readonly string[]
  feedShareData: boolean
  feedShareRow: boolean
  apiTokens: readonly Token[]
  publicHubs: readonly string[]
  /** Whether the hub may call this machine. */
  hubLoopback: boolean
}

/** The settings out of the environment, or the first one that is wrong. */
export function parseConfig(environment: Record<string, unknown>): Result<Config> {
  const values: Record<string, unknown> = {}
  for (const [key, { name, parse, default: fallback }] of Object.entries(settings)) {
    const given = environment[name]
    try {
      values[key] = parse(typeof given === 'string' && given !== '' ? given : fallback)
    } catch (fault) {
      if (!(fault instanceof RangeError)) throw fault
      return failure({ kind: 'misconfigured', setting: name, reason: fault.message } satisfies Problem)
    }
  }
  const { feedLength, apiTokens, publicHubs, hubLoopback, ...others } = values as unknown as Site &
    Omit<Config, 'site'>
  const { shareNetworks, facebookApp, shareHosts, feedShareData, feedShareRow, ...site } = others
  if (hubLoopback && !isLoopback(new URL(site.url).hostname)) {
    const reason = 'must be false where SITE_URL is not on this machine'
    return failure({ kind: 'misconfigured', setting: settings.hubLoopback.name, reason })
  }
  const share = { shareNetworks, facebookApp, shareHosts, feedShareData, feedShareRow }
  return success({ site, feedLength, ...share, apiTokens, publicHubs, hubLoopback })
}

function parseOrigin(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (
    !url ||
    !/^https?:$/.test(url.protocol) ||
    url.pathname !== '/' ||
    url.search ||
    url.hash ||
    url.username
  ) {
    throw new RangeError(
      'must be the address of this Worker without a path, such as https://flux.example.com',
    )
  }
  return url.origin
}

function parseText(value: string): string {
  const text = value.trim()
  if (text === '') throw new RangeError('must not be blank')
  return text
}

function parseLanguage(value: string): string {
  try {
    return Intl.getCanonicalLocales(value.trim())[0] ?? ''
  } catch {
    throw new RangeError('must be a language tag such as fr-CA')
  }
}

function parseTimeZone(value: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone
  } catch {
    throw new RangeError('must be a time zone such as America/Toronto')
  }
}

const imageTypes: Record<string, string> = {
  avif: 'image/avif',
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
}

function parseImage(value: string): Image {
  const [, url = '', width, height, alt] = /^(\S+)\s+(\d{1,5})x(\d{1,5})(?:\s+(.*\S))?\s*$/.exec(value) ?? []
  if (!/^(?:https?:\/\/|\/(?![/\\]))/.test(url) || !URL.canParse(url, 'https://kiosque.invalid')) {
    throw new RangeError('must be an address and a size, such as https://example.com/carte.jpg 1200x630')
  }
  const type = imageTypes[/\.(\w+)$/.exec(new URL(url, 'https://kiosque.invalid').pathname)?.[1] ?? '']
  return { url, ...(type && { type }), width: Number(width), height: Number(height), ...(alt && { alt }) }
}

function parseCreators(value: string): Record<string, string> {
  const entries = list(value).map((entry) => {
    const [, name = '', handle = ''] = /^([^=]+?)\s*=\s*(@[\w.-]+@[\w-]+(?:\.[\w-]+)+)$/.exec(entry) ?? []
    if (slugOf(name) === '') {
      throw new RangeError(
        'must be Name=@handle@server, parted by commas, such as Ada Roy=@ada@example.social',
      )
    }
    return [slugOf(name), handle] as const
  })
  return Object.fromEntries(entries)
}

function parseWhole(value: string, least: number, most: number): number {
  const number = Number(value)
  if (!/^\d+$/.test(value) || number < least || number > most) {
    throw new RangeError(`must be a whole number from ${least} to ${most}`)
  }
  return number
}

const list = (value: string): string[] =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean)

function parseDigits(value: string): string {
  if (!/^\d*$/.test(value)) throw new RangeError('must be a number such as 1234567890')
  return value
}

function parseHosts(value: string): string[] {
  const hosts = list(value).map((host) => host.toLowerCase())
  const wrong = hosts.find((host) => !/^\.?[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(host) || /\.\d+$/.test(host))
  if (wrong !== undefined) throw new RangeError(`names "${wrong}", which is no host such as journal.example`)
  return hosts
}

/** Ids in their order, each once; a tier stands for all of its networks. */
function parseNetworks(value: string): string[] {
  return [...new Set(list(value).flatMap(networksNamed))]
}

function networksNamed(name: string): string[] {
  const found = networks.filter(({ id, tier }) => id === name || tier === name)
  if (found.length > 0) return found.map(({ id }) => id)
  const { reason, use } = refusedOf(name) ?? {}
  if (reason && use) throw new RangeError(`names "${name}", which ${reason}; use ${use.join(' or ')}`)
  throw new RangeError(
    `names "${name}", which is no network; known: ${networks.map(({ id }) => id).join(', ')}`,
  )
}

function parseHubs(value: string): string[] {
  const wrong = list(value).find((hub) => !URL.canParse(hub) || new URL(hub).protocol !== 'https:')
  if (wrong !== undefined) throw new RangeError(`names "${wrong}", which is no https address`)
  return list(value)
}

function parseSwitch(value: string): boolean {
  if (value !== 'true' && value !== 'false') throw new RangeError('must be true or false')
  return value === 'true'
}

/** What each scope includes. */
const scopes: Record<string, readonly Scope[]> = {
  read: ['read'],
  publish: ['read', 'publish'],
  admin: ['read', 'publish', 'admin'],
}

function parseTokens(value: string): Token[] {
  return list(value).map((entry) => {
    const [, name, scope = '', hash] = /^([\w.-]+):(\w+):([0-9a-f]{64})$/i.exec(entry) ?? []
    const includes = scopes[scope]
    if (!name || !includes || !hash) {
      throw new RangeError(
        'must be name:scope:hash, with read, publish or admin and a SHA-256 in hexadecimal',
      )
    }
    return { name, scopes: includes, hash: hash.toLowerCase() }
  })
}
