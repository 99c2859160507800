import { isHostNamed } from './hosts.ts'
import { isLoopback } from './loopback.ts'

/** A key pair of the site, in base64url without padding: the point P-256 (65 bytes), and the private number (32 bytes). */
export interface VapidKeys {
  publicKey: string
  privateKey: string
}

/**
 * The push services of browsers: Chrome and most that are made of Chromium; Chromium as Linux distributions build it; Firefox;
 * Safari; Edge on Windows. A name with a dot before it includes subdomains. The site sends messages to no other host, so that
 * nobody can make it call one.
 */
const pushServices = [
  'fcm.googleapis.com',
  'jmt17.google.com',
  '.push.services.mozilla.com',
  '.push.apple.com',
  '.notify.windows.com',
]

/** The largest number of characters of an endpoint. Those of the push services have at most some hundreds. */
const maxEndpointCharacters = 2000

/**
 * Returns the endpoint of a browser in its usual form; undefined if it is none of a push service. `isLocal`: endpoints on this
 * machine are allowed too, also without TLS.
 */
export function parseEndpoint(text: string, isLocal: boolean): string | undefined {
  if (text.length > maxEndpointCharacters || !URL.canParse(text)) return undefined
  const url = new URL(text)
  if (url.username || url.password || url.hash) return undefined
  if (isLocal && isLoopback(url.hostname) && /^https?:$/.test(url.protocol)) return url.href
  const isService = url.protocol === 'https:' && url.port === '' && isHostNamed(url.hostname, pushServices)
  return isService ? url.href : undefined
}
