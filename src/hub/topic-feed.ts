// I/O: reads the store; writes the new paths of a topic whose selections were renamed.
import { articleOfComments, isOfComments } from '../domain/comment.ts'
import { storeFault } from '../domain/fault.ts'
import { failure, type Problem, type Result, success } from '../domain/problem.ts'
import type { Representation } from '../http/representation.ts'
import { readArticleListing } from '../read/article.ts'
import { feedOf } from '../read/feed.ts'
import { readIntersection, readListing } from '../read/listing.ts'
import type { Listing } from '../read/ports.ts'
import { type FeedFormat, formatNamed } from '../render/formats.ts'
import type { HubPorts } from './ports.ts'
import { findTopic, formatOfTopic, isIntersection } from './protocol/topic.ts'

/**
 * The current content of a topic: its revision, and the representation of the feed. The hub delivers the same
 * representation that a feed reader gets when it requests the feed. If a save comes between the read of the revision
 * and the read of the feed, the feed is newer than the revision, and is delivered again for that save.
 */
export interface TopicFeed {
  revision: number
  feed: Representation
}

/**
 * Reads the feed of a topic from the topic's selections. The body of the feed is rendered only when it is needed. Throws
 * if the store cannot give the feed at present, so that the queue retries the job, and no subscriber is told that the
 * feed has ended.
 */
export async function readTopic(
  ports: HubPorts,
  topic: string,
  paths: readonly string[],
): Promise<Result<TopicFeed>> {
  const format = formatOfTopic(topic)
  // If the format is unknown, another version of the Worker accepted the subscription. The thrown error makes
  // the queue retry the job, and the subscription is kept.
  if (!format) throw new Error(`The topic ${topic} has a format that this version does not serve`)
  const [path = ''] = paths
  const ofComments = isOfComments(path)
  const read = ofComments ? await readCommentFeed(ports, path) : await readArticleFeed(ports, topic, paths)
  if (!read.ok && read.problem.kind === 'bad-row')
    throw storeFault('find', `the row of the article of ${topic} is bad`)
  if (!read.ok) return read
  const { listing, represent } = read.value
  const { revision, overdue } = listing.head
  // No revision stands for the content of a feed with overdue changes, so the hub could not record which revision the
  // subscriber received.
  if (overdue !== undefined)
    throw storeFault('release', `the scheduled changes of ${topic} could not be saved`)
  return success({ revision, feed: represent(formatNamed(format)) })
}

/** The listing of a topic's feed, and the function that represents the feed in a format. */
interface FoundFeed {
  listing: Listing
  represent: (format: FeedFormat) => Representation
}

async function readArticleFeed(
  ports: HubPorts,
  topic: string,
  paths: readonly string[],
): Promise<Result<FoundFeed>> {
  const [path = ''] = paths
  const listing = await listingAt(ports, path, isIntersection(topic) ? paths : [])
  if (!listing.ok) return listing
  return success({ listing: listing.value, represent: (format) => feedOf(ports, listing.value, format) })
}

/** Reads the feed of comments. Its module is loaded at the first call, because most sites have no comments. */
async function readCommentFeed(ports: HubPorts, path: string): Promise<Result<FoundFeed>> {
  const { commentFeedOf, readAllComments, readDiscussion } = await import('../read/comments.ts')
  const [, slug] = path.split('/')
  const found = await (slug === undefined ? readAllComments(ports) : readDiscussion(ports, slug))
  if (!found.ok) return found
  if (!found.value.hasFeeds) return failure(noTopic(path))
  return success(commentFeedOf(ports, found.value))
}

function listingAt(ports: HubPorts, path: string, intersection: readonly string[]): Promise<Result<Listing>> {
  if (path.startsWith('articles/')) return readArticleListing(ports, path.slice('articles/'.length))
  return intersection.length > 0 ? readIntersection(ports, intersection) : readListing(ports, path)
}

/**
 * Reads the feed of a topic that has subscribers. If a section, tag, author or slug in the topic was renamed,
 * subscribers get the feed of the new path. That feed contains its new address in `rel=self` (WebSub §7).
 */
export async function readSubscribed(ports: HubPorts, topic: string): Promise<Result<TopicFeed>> {
  const paths = await ports.subscriptions.pathsOf(topic)
  if (!paths) return failure(noTopic(topic))
  const read = await readTopic(ports, topic, paths)
  if (read.ok) return read
  const moved: string[] = []
  for (const path of paths) {
    const target = await movedTo(ports, path)
    if (target !== undefined) await ports.subscriptions.follow(topic, path, target)
    moved.push(target ?? path)
  }
  if (moved.join() !== paths.join()) return readTopic(ports, topic, moved)
  // The row of the topic may be bad. The address of the topic names its selections, too.
  const named = findTopic(topic, ports.site)?.topic.paths ?? paths
  return named.join() === paths.join() ? read : readTopic(ports, topic, named)
}

/** The present path of a path whose section, tag, author or article was renamed; comments move with their article. */
async function movedTo({ store }: HubPorts, path: string): Promise<string | undefined> {
  const article = articleOfComments(path)
  if (article === undefined) return store.moved(path)
  const target = await store.moved(article)
  return target === undefined ? undefined : `${target}/comments`
}

const noTopic = (topic: string): Problem => ({ kind: 'not-found', what: `"${topic}"` })
