import type { HubStore } from '../domain/hub-store.ts'
import type { Call, Enqueue, Log, Random } from '../domain/ports.ts'
import { failure, type Problem, type Result, success } from '../domain/problem.ts'
import type { Representation } from '../http/respond.ts'
import {
  feedOf,
  type Listing,
  type ReadPorts,
  readArticleListing,
  readIntersection,
  readListing,
} from '../read/feed.ts'
import { type FeedFormat, formats } from '../render/formats.ts'
import { formatOfTopic, isIntersection } from './protocol/topic.ts'

/** What the hub's flows work with. */
export interface HubPorts extends ReadPorts {
  /** The hub's own address. */
  hub: string
  subscriptions: HubStore
  enqueue: Enqueue
  call: Call
  random: Random
  /** So many random bytes. */
  bytes: (length: number) => Uint8Array
  /** Whether this client may ask for more just now. */
  mayAsk: (client: string) => Promise<boolean>
  /** Whether this host may be called once more on somebody's request just now. */
  mayCall: (host: string) => Promise<boolean>
  /** Whether loopback callbacks are spared some rules: for development. */
  loopback: boolean
  /** Hubs of others that are told of each change. */
  publicHubs: readonly string[]
  log: Log
}

/** A topic as it is now: its revision, and the feed as anybody else gets it. */
export interface TopicFeed {
  revision: number
  feed: Representation
}

/** Reads a topic that shows these selections; the body is rendered when it is asked for. */
export async function readTopic(
  ports: HubPorts,
  topic: string,
  paths: readonly string[],
): Promise<Result<TopicFeed>> {
  const format = formats.find((one) => one.format === formatOfTopic(topic)) as FeedFormat
  const [path = ''] = paths
  const listing = await listingAt(ports, path, isIntersection(topic) ? paths : [])
  if (!listing.ok) return listing
  return success({ revision: listing.value.head.revision, feed: feedOf(ports, listing.value, format) })
}

function listingAt(ports: HubPorts, path: string, intersection: readonly string[]): Promise<Result<Listing>> {
  if (path.startsWith('articles/')) return readArticleListing(ports, path.slice('articles/'.length))
  return intersection.length > 0 ? readIntersection(ports, intersection) : readListing(ports, path)
}

/**
 * Reads a topic that has subscribers. Where its section, tag, author or slug has another name by now, they get
 * the feed of that: it says its new address itself (WebSub §7).
 */
export async function readSubscribed(ports: HubPorts, topic: string): Promise<Result<TopicFeed>> {
  const paths = await ports.subscriptions.pathsOf(topic)
  if (!paths) return failure(noTopic(topic))
  const read = await readTopic(ports, topic, paths)
  if (read.ok) return read
  const moved: string[] = []
  for (const path of paths) {
    const target = await ports.store.moved(path)
    if (target !== undefined) await ports.subscriptions.follow(topic, path, target)
    moved.push(target ?? path)
  }
  return moved.join() === paths.join() ? read : readTopic(ports, topic, moved)
}

const noTopic = (topic: string): Problem => ({ kind: 'not-found', what: `"${topic}"` })
