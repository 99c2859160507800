import type { FoundComment, FoundComments, FoundThread } from './found-comments.ts'
import { permanentId, titleOf } from './values.ts'
import { childrenOf, childText, type Xml } from './xml.ts'
import type { XmlPart } from './xml-stream.ts'

/** Tells whether an element of an export of Disqus is needed. */
export const isOfDisqus = (name: string, parent: string): boolean =>
  parent === 'disqus' && (name === 'thread' || name === 'post')

/** Reads an export of Disqus: its pages (`thread`) and their comments (`post`). */
export async function readDisqus(parts: AsyncIterable<XmlPart>): Promise<FoundComments> {
  const threads = new Map<string, FoundThread>()
  const comments: FoundComment[] = []
  for await (const part of parts) {
    if (part.kind !== 'element') continue
    const key = part.element.attributes['dsq:id'] ?? ''
    if (part.element.name === 'thread') threads.set(key, threadIn(part.element, key))
    else comments.push(commentIn(part.element, key))
  }
  return { source: 'disqus', keepsLines: false, threads, comments }
}

function threadIn(thread: Xml, key: string): FoundThread {
  const [link, id = ''] = [childText(thread, 'link'), childText(thread, 'id')]
  // The plugin for WordPress writes the number of a post and its guid.
  const guid = /^\d+ (https?:\/\/\S+)$/.exec(id)?.[1]
  const isAddress = /^https?:\/\//.test(id)
  return {
    key,
    title: titleOf(childText(thread, 'title') ?? ''),
    addresses: [...(link === undefined ? [] : [link]), ...(isAddress ? [id] : [])],
    ids: [guid, id].map(permanentId).filter((one) => one !== undefined),
    ...(childText(thread, 'isDeleted') === 'true' && { leftOut: 'on deleted pages' }),
  }
}

function commentIn(post: Xml, key: string): FoundComment {
  const author = childrenOf(post, 'author')[0]
  const idOf = (name: string) => childrenOf(post, name)[0]?.attributes['dsq:id']
  const isTrue = (name: string) => childText(post, name) === 'true'
  const isDeleted = isTrue('isDeleted')
  const isWaiting = childText(post, 'isApproved') === 'false'
  return {
    key,
    thread: idOf('thread') ?? '',
    parent: idOf('parent'),
    state: isTrue('isSpam') ? 'spam' : isWaiting ? 'pending' : 'approved',
    leftOut: isDeleted ? 'deleted' : undefined,
    name: (author && (childText(author, 'name') ?? childText(author, 'username'))) ?? '',
    email: (author && childText(author, 'email')) ?? '',
    html: isDeleted ? '' : (childText(post, 'message') ?? ''),
    dates: { utc: childText(post, 'createdAt') },
  }
}
