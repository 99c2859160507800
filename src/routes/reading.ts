import type { Config } from '../config/settings.ts'
import { type FeedLink, feedLinksOf } from '../pages/parts/feed-links.ts'
import type { ReadPorts } from '../read/ports.ts'
import { type FeedFormat, formats } from '../render/formats.ts'
import { offers } from '../share/offer.ts'
import type { Exchange } from './answer.ts'

/** The pattern of a feed's file name in an address. */
export const feedFile = ':file{feed\\.(?:rss|atom|json)}'

/** What a reading flow needs of the ports. */
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

/** What feeds offer to share with; whoever pushes a feed must push the same bytes. */
export function offering(config: Config): Pick<ReadPorts, 'offer'> {
  const offer = offers(config.site, config)
  return offer ? { offer } : {}
}

/** A part of the address by its name in the route; empty where the route has none. */
export const param = (exchange: Exchange, name: string): string => exchange.req.param(name) ?? ''

/** The format that the address names; the route's pattern lets no other pass. */
export const formatOf = (exchange: Exchange): FeedFormat =>
  formats.find(({ format }) => param(exchange, 'file') === `feed.${format}`) as FeedFormat

/** The feeds of a selection, for a page that offers them. */
export const feedLinks = ({ env }: Exchange, path: string): FeedLink[] =>
  feedLinksOf(env.config.site, { path })
