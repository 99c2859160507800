import type { Author, Image } from '../../domain/article.ts'
import { rfc3339 } from '../../domain/instant.ts'
import { type Result, success } from '../../domain/problem.ts'
import { slugOf } from '../../domain/slug.ts'
import type { Beside } from '../../ingest/capture.ts'
import type { Warned } from '../../ingest/warned.ts'
import { datesOf, instantOf, isMissingDate } from './dates.ts'
import { aboutOthers, compact, type DocumentEntry, textMissing, titleGuessed, unreadable } from './entries.ts'
import {
  authorsOf,
  languageTagOf,
  permanentId,
  plainOf,
  summaryOf,
  tagsOf,
  titleFrom,
  titleOf,
  warningsAboutNames,
  warningsAboutPeople,
  webAddress,
} from './values.ts'
import { htmlOfWordPress } from './wordpress-body.ts'
import { warningsAboutPost } from './wordpress-left-out.ts'
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
  /** The display names of authors, by their login names. */
  authors: ReadonlyMap<string, string>
  images: ReadonlyMap<string, Image>
  /** Minutes by which the site's clock is ahead of UTC; undefined if no item has its date in both. */
  ahead: number | undefined
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
  return [{ kind: 'article', name, ...articleIn(item, becomes, status, whole, beside) }]
}

function articleIn(
  item: Xml,
  becomes: 'published' | 'draft',
  status: string,
  whole: Export,
  beside: Beside,
): Warned<Record<string, unknown>> {
  const body = htmlOfWordPress(childText(item, 'content:encoded') ?? '', whole.images)
  const html = body.value
  const [published, updated] = [
    dateIn(item, 'wp:post_date', whole.ahead),
    dateIn(item, 'wp:post_modified', whole.ahead),
  ]
  const dates = datesOf(published.value, updated.value)
  const isUndated = status === 'future' && dates.value.published === undefined
  const hasPassword = childText(item, 'wp:post_password') !== undefined
  const isDraft = becomes === 'draft' || isUndated || hasPassword
  const credits = creditsIn(item, whole)
  const filed = sectionAndTags(item)
  const ofDates = [
    ...[...published.warnings, ...(published.value ? [] : updated.warnings)].map(
      (doubt) => `published: ${doubt}`,
    ),
    ...(dates.value.updated || (published.value && !updated.value)
      ? updated.warnings.map((doubt) => `updated: ${doubt}`)
      : []),
    ...dates.warnings,
  ]
  const warnings = [
    ...(titleIn(item) ? [] : [titleGuessed]),
    ...(html.trim() === '' ? [textMissing] : []),
    ...body.warnings,
    ...warningsAboutPost(item),
    ...aboutOthers([...credits.warnings, ...filed.warnings], beside),
    ...(becomes === 'draft' ? [] : status === 'future' ? ofDates : aboutOthers(ofDates, beside)),
    ...(isUndated ? ['status: draft, because a post of the future has no date'] : []),
    ...(hasPassword && becomes !== 'draft' ? ['status: draft, because the post has a password'] : []),
  ]
  const value = {
    ...compact({
      id: permanentId(childText(item, 'guid')),
      slug: slugIn(item),
      title: titleIn(item) || titleFrom(plainOf(html)),
      summary: summaryOf(childText(item, 'excerpt:encoded')),
      html,
      language: whole.language,
      ...filed.value,
      authors: credits.value,
      image: whole.images.get(metaIn(item, '_thumbnail_id') ?? ''),
    }),
    ...(becomes === 'draft' ? {} : dates.value),
    ...beside,
    ...(status === 'future' && dates.value),
    // Other posts have no status of their own, so that a stored draft stays one, and what was withdrawn is not shown again.
    ...(isDraft && { status: 'draft' }),
  }
  return { value, warnings }
}

/** The authors of a post. Without a display name, the login name takes its place. */
function creditsIn(item: Xml, { authors }: Export): Warned<Author[] | undefined> {
  const logins = childrenOf(item, 'dc:creator').map(({ text }) => text.trim())
  const names = logins.map((login) => authors.get(login) ?? login)
  const unnamed = logins.filter((login) => login !== '' && !authors.has(login))
  return {
    value: authorsOf(names.map((name) => ({ name }))),
    warnings: [
      ...unnamed.map(
        (login) =>
          `authors: "${login.slice(0, 80)}" may be a login name, as the export has no other name for it`,
      ),
      ...warningsAboutPeople(names.map((name) => ({ name }))),
    ],
  }
}

/** The title of a post as plain text; empty or undefined if it has none. */
function titleIn(item: Xml): string | undefined {
  const title = childText(item, 'title')
  return title && titleOf(title)
}

/** The display names of authors, by their login names. */
function namesIn(channel: Xml): Map<string, string> {
  return new Map(
    childrenOf(channel, 'wp:author').flatMap((author) => {
      const login = childText(author, 'wp:author_login') ?? ''
      const name = childText(author, 'wp:author_display_name')
      return name ? [[login, name] as const] : []
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
function sectionAndTags(item: Xml): Warned<{ section?: string | undefined; tags?: string[] | undefined }> {
  const named = (domain: string) =>
    childrenOf(item, 'category')
      .filter(
        ({ attributes }) => attributes.domain === domain && !uncategorized.has(attributes.nicename ?? ''),
      )
      .map(({ text }) => text)
  // Exports before version 1.1 name tags `tag`.
  const tags = [...named('post_tag'), ...named('tag')]
  const [section, ...others] = tagsOf(named('category')) ?? []
  return {
    value: { section, tags: tagsOf([...others, ...tags]) },
    warnings: [
      ...(others.length > 0 ? [`section: "${section}" is the first of ${others.length + 1} categories`] : []),
      ...warningsAboutNames(
        'tags',
        [...named('category'), ...tags].filter((name) => titleOf(name) !== section),
      ),
    ],
  }
}

/**
 * Returns a date of a post: from the field in UTC, or from the field in local time if the date in UTC is
 * missing. For a missing date, WordPress writes zeros. The warnings do not name the field.
 */
function dateIn(item: Xml, name: string, ahead: number | undefined): Warned<string | undefined> {
  const inUtc = childText(item, `${name}_gmt`)
  if (isDate(inUtc)) return { value: instantOf(inUtc), warnings: [] }
  const local = childText(item, name)
  if (!isDate(local)) return { value: undefined, warnings: [] }
  const instant = Date.parse(instantOf(local))
  if (Number.isNaN(instant))
    return { value: undefined, warnings: [`"${local.slice(0, 40)}" cannot be read, and is left out`] }
  const zone = ahead === undefined ? 'UTC' : 'the zone of another post'
  return {
    value: rfc3339(instant - (ahead ?? 0) * 60_000),
    warnings: [`${local} has no zone, and ${zone} is taken`],
  }
}

const isDate = (date: string | undefined): date is string => date !== undefined && !isMissingDate(date)

/**
 * Returns the minutes by which the site's clock is ahead of UTC. They are computed from the first item that has
 * its date both in UTC and in local time; undefined if there is none.
 */
function minutesAhead(items: readonly Xml[]): number | undefined {
  for (const item of items) {
    const [local, inUtc] = [childText(item, 'wp:post_date'), childText(item, 'wp:post_date_gmt')]
    if (!isDate(local) || !isDate(inUtc)) continue
    const minutes = (Date.parse(instantOf(local)) - Date.parse(instantOf(inUtc))) / 60_000
    if (Math.abs(minutes) <= 14 * 60) return minutes
  }
  return undefined
}
