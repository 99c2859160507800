import { isLoopback } from '../../domain/loopback.ts'
import { isInternal } from './internal-names.ts'

/** What checking a callback must know about the site. */
interface Guard {
  /** The origin of the site. */
  own: string
  /**
   * Whether callbacks on the loopback interface are exempt from the rules about https, port, IP literals and
   * local names. No other rule has an exemption.
   */
  loopback: boolean
}

/** The largest number of characters that a callback may have. */
export const maxCallbackCharacters = 2000

/**
 * Matches a host name that contains an IP address, because public wildcard DNS services resolve such a name to
 * that address (`127-0-0-1.sslip.io`).
 */
const spelledAddress = /(^|\.)\d{1,3}([.-])\d{1,3}\2\d{1,3}\2\d{1,3}\./

/**
 * Checks a callback. Returns its URL, or the reason why the hub must not call it. The rules are applied to the
 * parsed URL, which is also the one that is fetched, so that an unusual spelling (`0x7f.1`, `１２７.0.0.1`) cannot
 * hide an IP address.
 */
export function parseCallback(
  value: string,
  guard: Guard,
): { ok: true; url: URL } | { ok: false; reason: string } {
  const no = (reason: string) => ({ ok: false, reason }) as const
  if (value.length > maxCallbackCharacters) return no(`must have at most ${maxCallbackCharacters} characters`)
  if (!URL.canParse(value)) return no('must be an absolute URL')
  const url = new URL(value)
  if (!/^https?:$/.test(url.protocol)) return no('must be an https address')
  if (hasCredentials(value, url)) return no('must not hold a user name or password')
  if (value.includes('#')) return no('must not have a fragment')
  if (guard.loopback && isLoopback(url.hostname)) {
    return isOwnPort(url, guard.own) ? no('must not be an address of this hub') : { ok: true, url }
  }
  if (url.protocol !== 'https:') return no('must be an https address')
  if (url.port !== '') return no('must use the standard port')
  const reason = faultOfHost(url.hostname, guard.own)
  return reason === undefined ? { ok: true, url } : no(reason)
}

/**
 * Whether a URL has a user name or password. The unparsed text is checked too, because parsing removes an empty
 * user name.
 */
const hasCredentials = (value: string, url: URL): boolean =>
  url.username !== '' || url.password !== '' || /^\s*[a-z]+:[/\\]*[^/\\?#]*@/i.test(value)

function faultOfHost(hostname: string, own: string): string | undefined {
  if (hostname.startsWith('[') || /^[\d.]+$/.test(hostname)) return 'must name a host, not an IP address'
  if (hostname.endsWith('.')) return 'must name its host without a final dot'
  if (isInternal(hostname)) return 'must be on a public host'
  if (spelledAddress.test(hostname)) return 'must name a host, not an IP address'
  return isSameHost(hostname, new URL(own).hostname) ? 'must not be an address of this hub' : undefined
}

const isSameHost = (one: string, other: string): boolean =>
  one === other || one === `www.${other}` || `www.${one}` === other

const isOwnPort = (url: URL, own: string): boolean => portOf(url) === portOf(new URL(own))

const portOf = ({ port, protocol }: URL): string => port || (protocol === 'https:' ? '443' : '80')
