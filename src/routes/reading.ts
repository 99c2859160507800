import type { Config } from '../config/settings.ts'
import { formatPattern, isFormat } from '../domain/format.ts'
import { type FeedLink, feedLinksOf } from '../pages/parts/feed-links.ts'
import type { ReadPorts } from '../read/ports.ts'
import { type FeedFormat, formatNamed } from '../render/formats.ts'
import { offers } from '../share/offer.ts'
import type { Exchange } from './answer.ts'

/** The pattern of a feed's file name in an address. */
export const feedFile = `:file{feed\\.(?:${formatPattern})}`

/**
 * Returns the ports (the objects for all input and output) that the functions of `src/read` need. They are a
 * part of the ports that the routes get.
 */
export const reading = ({ env }: Exchange): ReadPorts => ({
  site: env.config.site,
  store: env.store,
  clock: env.clock,
  digest: env.digest,
  feedLength: env.config.feedLength,
  ...(env.hub && { hub: env.hub.hub }),
  ...(env.memory && { memory: env.memory }),
  ...offering(env.config),
})

/**
 * The function that makes the share links in feeds. The hub must use the same function, because a feed that the
 * hub delivers must have the same bytes as a feed that a reader fetches.
 */
export function offering(config: Config): Pick<ReadPorts, 'offer'> {
  const offer = offers(config.site, config)
  return offer ? { offer } : {}
}

/**
 * The part of the requested address that the route's pattern names; empty if the pattern has no part with this
 * name.
 */
export const param = (exchange: Exchange, name: string): string => exchange.req.param(name) ?? ''

/**
 * The feed format that the requested address names. The pattern of the route must end with the constant
 * `feedFile`.
 */
export function formatOf(exchange: Exchange): FeedFormat {
  const name = param(exchange, 'file').slice('feed.'.length)
  if (!isFormat(name)) throw new Error(`The route of ${exchange.req.path} does not end in feedFile`)
  return formatNamed(name)
}

/** The links to the feeds of a selection, for an HTML page. */
export const feedLinks = ({ env }: Exchange, path: string): FeedLink[] =>
  feedLinksOf(env.config.site, { path })
