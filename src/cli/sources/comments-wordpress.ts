import { slugOf } from '../../domain/slug.ts'
import { epochOf, isMissingDate } from './dates.ts'
import type { FoundComment, FoundComments, FoundThread } from './found-comments.ts'
import { permanentId, titleOf } from './values.ts'
import { childText, type Xml } from './xml.ts'
import type { XmlPart } from './xml-stream.ts'

/** The elements of an export (WXR) that comments need, each with the element in which it is. */
const wanted: Readonly<Record<string, ReadonlySet<string>>> = {
  channel: new Set(['link', 'wp:base_blog_url', 'wp:base_site_url']),
  item: new Set([
    ...['title', 'link', 'guid', 'dsq:thread_identifier', 'wp:post_id', 'wp:post_name', 'wp:post_type'],
    ...['wp:status', 'wp:post_date', 'wp:post_date_gmt', 'wp:comment'],
  ]),
}

/** Tells whether an element of a WordPress export is needed for its comments. */
export const isOfWordpressComments = (name: string, parent: string): boolean =>
  wanted[parent]?.has(name) ?? false

/** The state for each `wp:comment_approved`. Comments with others wait, so that nothing is lost and nothing is shown. */
const states: Readonly<Record<string, FoundComment['state']>> = {
  '1': 'approved',
  approve: 'approved',
  approved: 'approved',
  spam: 'spam',
}

/** The kinds of comments that people have written. */
const written: ReadonlySet<string> = new Set(['', 'comment'])

/** Reads the comments of a WordPress export (WXR), also of the form that Disqus imports. */
export async function readWordpressComments(parts: AsyncIterable<XmlPart>): Promise<FoundComments> {
  const threads = new Map<string, FoundThread>()
  const comments: FoundComment[] = []
  const channel = emptyXml('channel')
  let item = emptyXml('item')
  let ofItem: FoundComment[] = []
  let ahead: number | undefined
  let count = 0
  for await (const part of parts) {
    if (part.kind === 'element' && part.parent === 'channel') channel.children.push(part.element)
    else if (part.kind === 'element' && part.element.name === 'wp:comment') {
      const comment = commentIn(part.element)
      ahead ??= minutesAhead(comment.dates)
      ofItem.push(comment)
    } else if (part.kind === 'element') item.children.push(part.element)
    else if (part.kind === 'end' && part.name === 'item') {
      // An export of several sites in one file may repeat the numbers of posts.
      const key = `${count++}`
      if (ofItem.length > 0) threads.set(key, threadIn(item, key))
      for (const comment of ofItem) comments.push({ ...comment, thread: key })
      item = emptyXml('item')
      ofItem = []
    }
  }
  const site =
    childText(channel, 'wp:base_blog_url') ??
    childText(channel, 'wp:base_site_url') ??
    childText(channel, 'link') ??
    ''
  return { source: `wordpress ${siteName(site)}`, keepsLines: true, ahead, threads, comments }
}

const emptyXml = (name: string): Xml => ({ name, attributes: {}, text: '', children: [] })

/** The address of a site without what may change when it is moved to another server. */
const siteName = (site: string): string =>
  site
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/\/+$/, '')

function threadIn(item: Xml, key: string): FoundThread {
  const [link, guid] = [childText(item, 'link'), childText(item, 'guid')]
  const identifier = childText(item, 'dsq:thread_identifier')
  const date = childText(item, 'wp:post_date_gmt') ?? ''
  const published = isMissingDate(date) ? Number.NaN : epochOf(date)
  const status = childText(item, 'wp:status')
  return {
    key,
    title: titleOf(childText(item, 'title') ?? '') || `post ${childText(item, 'wp:post_id') ?? '?'}`,
    addresses: link === undefined ? [] : [link],
    ids: [guid, identifier].map(permanentId).filter((id) => id !== undefined),
    slug: slugOf(decoded(childText(item, 'wp:post_name') ?? ''), 200) || undefined,
    ...(Number.isNaN(published) ? {} : { published }),
    ...(status === 'trash' && { leftOut: 'on deleted posts' }),
  }
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

function commentIn(comment: Xml): FoundComment {
  const text = (name: string) => childText(comment, `wp:comment_${name}`) ?? ''
  const approved = text('approved')
  const type = text('type')
  const parent = text('parent')
  const isDeleted = approved === 'trash' || approved === 'post-trashed'
  const leftOut = isDeleted
    ? 'in the trash'
    : written.has(type)
      ? undefined
      : `of the type ${type.slice(0, 40)}`
  return {
    key: text('id'),
    thread: '',
    parent: parent === '' || parent === '0' ? undefined : parent,
    state: states[approved] ?? 'pending',
    leftOut,
    name: text('author'),
    email: text('author_email'),
    html: leftOut === undefined ? text('content') : '',
    dates: { utc: stated(text('date_gmt')), local: stated(text('date')) },
  }
}

const stated = (date: string): string | undefined => (date === '' || isMissingDate(date) ? undefined : date)

/** The minutes by which the local time of a date is ahead of UTC; undefined if the date does not tell it. */
function minutesAhead({ utc, local }: FoundComment['dates']): number | undefined {
  if (utc === undefined || local === undefined) return undefined
  const minutes = (epochOf(local) - epochOf(utc)) / 60_000
  return Math.abs(minutes) <= 14 * 60 ? minutes : undefined
}
