import type { Image } from '../domain/article.ts'
import { isEmailAddress } from '../domain/email-address.ts'
import { foldName, isVisible } from '../domain/name.ts'
import type { SiteIcon } from '../domain/site.ts'
import { networks } from '../share/networks.ts'
import { refusedOf } from '../share/refused.ts'

/** The rights of an API token: to read articles that are not public, to decide about comments, to publish, or to do everything. */
export type Scope = 'read' | 'moderate' | 'publish' | 'admin'

/** An API token. The configuration contains only the token's SHA-256 in lower-case hexadecimal. */
interface Token {
  name: string
  scopes: readonly Scope[]
  hash: string
}

export function parseOrigin(value: string): string {
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

/** Parses a list of addresses without a path; the result has each address once. */
export const parseOrigins = (value: string): string[] => [...new Set(list(value).map(parseOrigin))]

export function parseText(value: string): string {
  const text = value.trim()
  if (text === '') throw new RangeError('must not be blank')
  return text
}

export function parseLanguage(value: string): string {
  try {
    return Intl.getCanonicalLocales(value.trim())[0] ?? ''
  } catch {
    throw new RangeError('must be a language tag such as fr-CA')
  }
}

export function parseTimeZone(value: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone
  } catch {
    throw new RangeError('must be a time zone such as America/Toronto')
  }
}

const imageTypes: Record<string, string> = {
  avif: 'image/avif',
  gif: 'image/gif',
  ico: 'image/x-icon',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  png: 'image/png',
  svg: 'image/svg+xml',
  webp: 'image/webp',
}

export function parseImage(value: string): Image {
  const [, url = '', width, height, alt] = /^(\S+)\s+(\d{1,5})x(\d{1,5})(?:\s+(.*\S))?\s*$/.exec(value) ?? []
  if (!/^(?:https?:\/\/|\/(?![/\\]))/.test(url) || !URL.canParse(url, 'https://kiosque.invalid')) {
    throw new RangeError('must be an address and a size, such as https://example.com/carte.jpg 1200x630')
  }
  return { url, ...typeOf(url), width: Number(width), height: Number(height), ...(alt && { alt }) }
}

/** The media type of a picture, by the ending of its address in any letter case. */
function typeOf(url: string): { type?: string } {
  const [, ending = ''] = /\.(\w+)$/.exec(new URL(url, 'https://kiosque.invalid').pathname) ?? []
  const type = imageTypes[ending.toLowerCase()]
  return type === undefined ? {} : { type }
}

/** Parses the site's icon; undefined if the setting is empty. */
export function parseIcon(value: string): SiteIcon | undefined {
  if (value.trim() === '') return undefined
  const [, url = '', width, height, accent] =
    /^(\S+)\s+([1-9]\d{0,4})x([1-9]\d{0,4})(?:\s+(#[\da-f]{6}))?$/i.exec(value.trim()) ?? []
  if (!/^(?:https:\/\/|\/(?![/\\]))/.test(url) || !URL.canParse(url, 'https://kiosque.invalid')) {
    throw new RangeError(
      'must be an https address or a path, a size and perhaps a colour, such as https://example.com/icone.png 512x512 #9a2318',
    )
  }
  if (width !== height) throw new RangeError(`must be a square, not ${width}x${height}`)
  const size = { width: Number(width), height: Number(height) }
  return { url, ...typeOf(url), ...size, ...(accent && { accent: accent.toLowerCase() }) }
}

/** Parses an e-mail address or an https address; undefined if the setting is empty. */
export function parseContact(value: string): string | undefined {
  const contact = value.trim()
  if (contact === '') return undefined
  if (isEmailAddress(contact)) return contact
  const url = URL.canParse(contact) ? new URL(contact) : undefined
  if (url?.protocol === 'https:' && !url.username && !url.password) return url.href
  throw new RangeError(
    'must be an e-mail address or an https address, such as flux@example.com or https://example.com/contact',
  )
}

export function parseCreators(value: string): Record<string, string> {
  const entries = list(value).map((entry) => {
    const [, name = '', handle = ''] = /^([^=]+?)\s*=\s*(@[\w.-]+@[\w-]+(?:\.[\w-]+)+)$/.exec(entry) ?? []
    if (!isVisible(name)) {
      throw new RangeError(
        'must be Name=@handle@server, separated by commas, such as Ada Roy=@ada@example.social',
      )
    }
    return [foldName(name), handle] as const
  })
  return Object.fromEntries(entries)
}

export function parseWhole(value: string, min: number, max: number): number {
  const number = Number(value)
  if (!/^\d+$/.test(value) || number < min || number > max) {
    throw new RangeError(`must be a whole number from ${min} to ${max}`)
  }
  return number
}

const list = (value: string): string[] =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean)

export function parseDigits(value: string): string {
  if (!/^\d*$/.test(value)) throw new RangeError('must be a number such as 1234567890')
  return value
}

export function parseHosts(value: string): string[] {
  const hosts = list(value).map((host) => host.toLowerCase())
  const wrong = hosts.find((host) => !/^\.?[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(host) || /\.\d+$/.test(host))
  if (wrong !== undefined) throw new RangeError(`names "${wrong}", which is no host such as journal.example`)
  return hosts
}

/**
 * Parses a list of network ids, and returns each id once, in the order of the list; the letter of a tier
 * stands for all networks of that tier.
 */
export function parseNetworks(value: string): string[] {
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

export function parseHubs(value: string): string[] {
  const wrong = list(value).find((hub) => !URL.canParse(hub) || new URL(hub).protocol !== 'https:')
  if (wrong !== undefined) throw new RangeError(`names "${wrong}", which is no https address`)
  return list(value)
}

export function parseSwitch(value: string): boolean {
  if (value !== 'true' && value !== 'false') throw new RangeError('must be true or false')
  return value === 'true'
}

/** The rights that each scope of a token includes. */
const scopes: Record<string, readonly Scope[]> = {
  read: ['read'],
  moderate: ['moderate'],
  publish: ['read', 'publish'],
  admin: ['read', 'moderate', 'publish', 'admin'],
}

export function parseTokens(value: string): Token[] {
  return list(value).map((entry) => {
    const [, name, scope = '', hash] = /^([\w.-]+):(\w+):([0-9a-f]{64})$/i.exec(entry) ?? []
    const includes = scopes[scope]
    if (!name || !includes || !hash) {
      throw new RangeError(
        'must be name:scope:hash, with read, moderate, publish or admin and a SHA-256 in hexadecimal',
      )
    }
    return { name, scopes: includes, hash: hash.toLowerCase() }
  })
}
