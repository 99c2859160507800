// Input: the store. Output: where a topic has moved.
import { failure, type Problem, type Result, success } from '../domain/problem.ts'
import type { Representation } from '../http/representation.ts'
import { readArticleListing } from '../read/article.ts'
import { feedOf } from '../read/feed.ts'
import { readIntersection, readListing } from '../read/listing.ts'
import type { Listing } from '../read/ports.ts'
import { formatNamed } from '../render/formats.ts'
import type { HubPorts } from './ports.ts'
import { formatOfTopic, isIntersection } from './protocol/topic.ts'

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
  const format = formatNamed(formatOfTopic(topic))
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
