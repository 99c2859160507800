import { isEmailAddress } from '../domain/email-address.ts'
import { isLoopback } from '../domain/loopback.ts'
import { type Mailbox, type MailServer, type Weekday, weekdays } from '../domain/mail.ts'

/** The ports for TLS from the first byte, for STARTTLS, and for mail between servers. */
const tlsPort = '465'
const starttlsPort = '587'
const relayPort = '25'

/** The smallest number of characters of a secret. */
const minSecretCharacters = 32

/**
 * Parses the address of a mail server; undefined if the setting is empty. No message contains a part of the address, because it
 * has a password and the message is public.
 */
export function parseMailServer(value: string): MailServer | undefined {
  if (value.trim() === '') return undefined
  const url = URL.canParse(value.trim()) ? new URL(value.trim()) : undefined
  const host = url?.hostname.toLowerCase() ?? ''
  const isAddress = /^smtps?:$/.test(url?.protocol ?? '') && /^(?:[a-z\d.-]+|\[::1\])$/.test(host)
  if (!url || !isAddress || !/^\/?$/.test(url.pathname) || url.search || url.hash)
    throw new RangeError(
      'must be smtps://user:password@smtp.example:465 or smtp://user:password@smtp.example:587, with the signs of user and password percent-encoded (%40 is @)',
    )
  const isTls = url.protocol === 'smtps:'
  const port = url.port || (isTls ? tlsPort : starttlsPort)
  if (port === relayPort)
    throw new RangeError(
      'names port 25, which Workers cannot reach; use port 465 with smtps: or 587 with smtp:',
    )
  if (port === (isTls ? starttlsPort : tlsPort))
    throw new RangeError(
      'must have smtps: with port 465 (TLS from the first byte), and smtp: with port 587 (STARTTLS)',
    )
  const login = loginOf(url)
  if (!login && !isLoopback(host)) throw new RangeError('must contain a user and a password')
  const tls = isTls ? 'on' : isLoopback(host) ? 'optional' : 'starttls'
  return { host, port: Number(port), tls, ...(login && { login }) }
}

function loginOf({ username, password }: URL): MailServer['login'] {
  if (username === '' || password === '') return undefined
  try {
    const login = { user: decodeURIComponent(username), password: decodeURIComponent(password) }
    if (!/\p{Cc}/u.test(login.user + login.password)) return login
  } catch {
    // An invalid sequence of percent signs is refused like a control.
  }
  throw new RangeError('must have a user and a password that are percent-encoded UTF-8 without controls')
}

/** Parses a name and an e-mail address; undefined if the setting is empty. */
export function parseMailbox(value: string): Mailbox | undefined {
  const text = value.trim()
  if (text === '') return undefined
  const at = text.lastIndexOf('<')
  const name = text
    .slice(0, Math.max(at, 0))
    .trim()
    .replace(/^"(.*)"$/s, '$1')
  const address = at === -1 ? text : text.slice(at + 1).replace(/>$/, '')
  const isClosed = at === -1 || text.endsWith('>')
  if (!isClosed || !isEmailAddress(address) || /[\p{Cc}<>"]/u.test(name))
    throw new RangeError(
      'must be a name and an e-mail address, such as Le Journal <infolettre@journal.example>',
    )
  return { ...(name && { name }), address }
}

/** Parses secrets that are separated by commas. The first is the present one; the others are former ones. */
export function parseSecrets(value: string): string[] {
  const secrets = value
    .split(',')
    .map((secret) => secret.trim())
    .filter(Boolean)
  if (secrets.some(({ length }) => length < minSecretCharacters))
    throw new RangeError(`must be secrets of at least ${minSecretCharacters} characters, separated by commas`)
  return secrets
}

export function parseWeekday(value: string): Weekday {
  const day = weekdays.find((name) => name === value.trim().toLowerCase())
  if (!day) throw new RangeError(`must be one of ${weekdays.join(', ')}`)
  return day
}

/** Parses the address at which a local run keeps its mails; undefined if the setting is empty. */
export function parseMailLoopback(value: string): string | undefined {
  if (value === '') return undefined
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url?.protocol !== 'http:' || !isLoopback(url.hostname))
    throw new RangeError('must be an http address on this machine')
  return url.href
}
