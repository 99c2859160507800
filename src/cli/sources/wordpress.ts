import type { Image } from '../../domain/article.ts'
import { rfc3339 } from '../../domain/instant.ts'
import { type Result, success } from '../../domain/problem.ts'
import { slugOf } from '../../domain/slug.ts'
import type { Beside } from '../../ingest/capture.ts'
import { datesOf, instantOf } from './dates.ts'
import { compact, type DocumentEntry, titleGuessed, unreadable } from './entries.ts'
import {
  authorsOf,
  languageTagOf,
  permanentId,
  plainOf,
  summaryOf,
  tagsOf,
  titleFrom,
  titleOf,
  webAddress,
} from './values.ts'
import { htmlOfWordPress } from './wordpress-body.ts'
import { childrenOf, childText, parseXml, type Xml } from './xml.ts'

/** Types of items that are parts of a site and never articles; they are skipped without a message. */
const parts =
  /^(?:attachment|revision|nav_menu_item|custom_css|customize_changeset|oembed_cache|user_request|wp_.*|acf-.*)$/

/** The article status for each `wp:status`; items with another status are not imported. */
const statuses: Record<string, 'published' | 'draft'> = {
  publish: 'published',
  future: 'published',
  draft: 'draft',
  'auto-draft': 'draft',
  pending: 'draft',
}

/** The slugs of WordPress's default category, which posts have if their author chose none. */
const uncategorized = new Set([
  'uncategorized',
  'uncategorised',
  'non-classe',
  'sin-categoria',
  'unkategorisiert',
])

/** The data that all items of one export share. */
interface Export {
  language: string | undefined
  authors: ReadonlyMap<string, string>
  images: ReadonlyMap<string, Image>
  /** Minutes by which the site's clock is ahead of UTC. */
  ahead: number
}

/**
 * Reads the posts of a WordPress export (WXR), in the export's order; none is validated yet. Drafts, posts
 * awaiting review and posts with a password become drafts; private and deleted posts, and pages, are not
 * imported.
 */
export function readWordpress(xml: string, beside: Beside = {}): Result<DocumentEntry[]> {
  const root = parseXml(xml)
  if (!root.ok) return root
  const channel = root.value.children.find(({ name }) => name === 'channel')
  if (root.value.name !== 'rss' || !channel || !('xmlns:wp' in root.value.attributes))
    return unreadable('Cannot read the WordPress export: it must be WXR, as Tools → Export saves it')
  const items = childrenOf(channel, 'item')
  const whole: Export = {
    language: languageTagOf(childText(channel, 'language')),
    authors: namesIn(channel),
    images: imagesAmong(items),
    ahead: minutesAhead(items),
  }
  return success(idsOnce(items.flatMap((item) => foundIn(item, whole, beside))))
}

/**
 * Removes the id from each post if an earlier post of the export has the same id. Sites that were moved or
 * copied may repeat an id, and without the removal, the second post would replace the first.
 */
function idsOnce(found: readonly DocumentEntry[]): DocumentEntry[] {
  const taken = new Set<unknown>()
  return found.map((one) => {
    if (one.kind !== 'article') return one
    const { id, ...others } = one.value as Record<string, unknown>
    if (id === undefined || !taken.has(id)) {
      taken.add(id)
      return one
    }
    const warning = 'id: it is left out, because an earlier post has the same'
    return { ...one, value: others, warnings: [...(one.warnings ?? []), warning] }
  })
}

function foundIn(item: Xml, whole: Export, beside: Beside): DocumentEntry[] {
  const type = childText(item, 'wp:post_type') ?? 'post'
  const status = childText(item, 'wp:status') ?? 'no status'
  const name = childText(item, 'title') ?? `item ${childText(item, 'wp:post_id') ?? ''}`.trim()
  if (parts.test(type)) return []
  if (type !== 'post') return [{ kind: 'left-out', name, reason: `skipped: a ${type}, not a post` }]
  const becomes = Object.hasOwn(statuses, status) ? statuses[status] : undefined
  if (becomes === undefined) return [{ kind: 'left-out', name, reason: `skipped: ${status}` }]
  const warnings = titleIn(item) ? [] : [titleGuessed]
  return [{ kind: 'article', name, value: articleIn(item, becomes, status, whole, beside), warnings }]
}

function articleIn(
  item: Xml,
  becomes: 'published' | 'draft',
  status: string,
  whole: Export,
  beside: Beside,
): Record<string, unknown> {
  const html = htmlOfWordPress(childText(item, 'content:encoded') ?? '')
  const dates = datesOf(
    dateIn(item, 'wp:post_date', whole.ahead),
    dateIn(item, 'wp:post_modified', whole.ahead),
  )
  const isUndated = status === 'future' && dates.published === undefined
  const isDraft = becomes === 'draft' || isUndated || childText(item, 'wp:post_password') !== undefined
  return {
    ...compact({
      id: permanentId(childText(item, 'guid')),
      slug: slugIn(item),
      title: titleIn(item) || titleFrom(plainOf(html)),
      summary: summaryOf(childText(item, 'excerpt:encoded')),
      html,
      language: whole.language,
      ...sectionAndTags(item),
      authors: authorsOf(childrenOf(item, 'dc:creator').map(({ text }) => nameOf(text.trim(), whole))),
      image: whole.images.get(metaIn(item, '_thumbnail_id') ?? ''),
    }),
    ...(becomes === 'draft' ? {} : dates),
    ...beside,
    ...(status === 'future' && dates),
    ...(isDraft ? { status: 'draft' } : { status: beside.status ?? 'published' }),
  }
}

/** The title of a post as plain text; empty or undefined if it has none. */
function titleIn(item: Xml): string | undefined {
  const title = childText(item, 'title')
  return title && titleOf(title)
}

const nameOf = (login: string, { authors }: Export) => ({ name: authors.get(login) ?? login })

/** The display names of authors, by their login names. */
function namesIn(channel: Xml): Map<string, string> {
  return new Map(
    childrenOf(channel, 'wp:author').map((author) => {
      const login = childText(author, 'wp:author_login') ?? ''
      return [login, childText(author, 'wp:author_display_name') ?? login]
    }),
  )
}

/** Returns the pictures among the attachments, each under its post number. */
function imagesAmong(items: readonly Xml[]): Map<string, Image> {
  const images = new Map<string, Image>()
  for (const item of items) {
    const number = childText(item, 'wp:post_id')
    const url = webAddress(childText(item, 'wp:attachment_url'))
    if (number === undefined || url === undefined || childText(item, 'wp:post_type') !== 'attachment')
      continue
    images.set(number, { url, ...compact({ alt: metaIn(item, '_wp_attachment_image_alt')?.slice(0, 2000) }) })
  }
  return images
}

function metaIn(item: Xml, key: string): string | undefined {
  const meta = childrenOf(item, 'wp:postmeta').find((one) => childText(one, 'wp:meta_key') === key)
  return meta && childText(meta, 'wp:meta_value')
}

/** The post's slug. WordPress writes letters outside ASCII percent-encoded. */
function slugIn(item: Xml): string | undefined {
  const name = childText(item, 'wp:post_name') ?? ''
  return slugOf(decodedName(name), 200) || undefined
}

function decodedName(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

/**
 * The section and tags of a post: the first category becomes the section, the other categories and the tags
 * become tags.
 */
function sectionAndTags(item: Xml): { section?: string | undefined; tags?: string[] | undefined } {
  const named = (domain: string) =>
    childrenOf(item, 'category')
      .filter(
        ({ attributes }) => attributes.domain === domain && !uncategorized.has(attributes.nicename ?? ''),
      )
      .map(({ text }) => text)
  const [section, ...others] = tagsOf(named('category')) ?? []
  return { section, tags: tagsOf([...others, ...named('post_tag')]) }
}

/**
 * Returns a date of a post: from the field in UTC, or from the field in local time if the date in UTC is
 * missing. For a missing date, WordPress writes zeros.
 */
function dateIn(item: Xml, name: string, ahead: number): string | undefined {
  const inUtc = childText(item, `${name}_gmt`)
  if (isDate(inUtc)) return instantOf(inUtc)
  const local = childText(item, name)
  if (!isDate(local)) return undefined
  const instant = Date.parse(instantOf(local))
  return Number.isNaN(instant) ? undefined : rfc3339(instant - ahead * 60_000)
}

const isDate = (date: string | undefined): date is string => date !== undefined && !date.startsWith('0000')

/**
 * Returns the minutes by which the site's clock is ahead of UTC. They are computed from the first item that has
 * its date both in UTC and in local time.
 */
function minutesAhead(items: readonly Xml[]): number {
  for (const item of items) {
    const [local, inUtc] = [childText(item, 'wp:post_date'), childText(item, 'wp:post_date_gmt')]
    if (!isDate(local) || !isDate(inUtc)) continue
    const minutes = (Date.parse(instantOf(local)) - Date.parse(instantOf(inUtc))) / 60_000
    if (Math.abs(minutes) <= 14 * 60) return minutes
  }
  return 0
}
