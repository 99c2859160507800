import { Feed as FeedWriter } from 'feed'
import type { Article } from '../domain/article.ts'
import { addressesOf, categoriesOf, type Feed, homeOf, titleOf } from '../domain/feed.ts'
import { sourceId } from '../domain/id.ts'
import { absolute, address, iconAt, readAt } from '../domain/site.ts'
import { legalValue } from '../domain/text.ts'
import { commentLinks } from './comment-links.ts'
import { attachmentsOf, contentOf, insteadOfBody } from './content.ts'

/**
 * Renders a feed as JSON Feed 1.1. The library `feed` writes only version 1.0. Therefore the members of version
 * 1.1 and this project's own members are passed as extensions: the library writes extensions last, and an
 * extension replaces a member of the same name.
 */
export function renderJson(feed: Feed): string {
  const { site } = feed
  const { self, links } = addressesOf(feed, 'json')
  const isArchive = feed.history?.mark === 'archive' // An archive has no next page, but may have an archive before it.
  const writer = new FeedWriter({
    id: '',
    title: titleOf(feed),
    link: homeOf(feed),
    description: site.description,
    feedLinks: { json: self },
  } as ConstructorParameters<typeof FeedWriter>[0])
  extend(writer.addExtension.bind(writer), {
    version: 'https://jsonfeed.org/version/1.1',
    next_url: links.find(({ rel }) => rel === 'next' || (isArchive && rel === 'prev-archive'))?.href,
    language: site.language,
    icon: site.icon && iconAt(site),
    favicon: iconAt(site),
    authors: [{ name: site.title, url: address(site, '') }],
    hubs: feed.hub && [{ type: 'WebSub', url: feed.hub }],
    _kiosque: { about: address(site, 'feeds'), copyright: site.copyright || undefined },
  })
  for (const article of feed.articles) {
    const extensions: { name: string; objects: unknown }[] = []
    extend((extension) => extensions.push(extension), membersOf(feed, article))
    writer.addItem({
      id: sourceId(article.id),
      title: article.title,
      link: readAt(site, article),
      date: new Date(article.updated),
      published: new Date(article.published),
      extensions: extensions as never,
    })
  }
  return `${JSON.stringify(JSON.parse(writer.json1()), legalValue, 2)}\n`
}

function membersOf(feed: Feed, article: Article): Record<string, unknown> {
  const { site } = feed
  const content = contentOf(feed, article)
  const authors = article.authors.map(({ name, url }) => ({ name, url }))
  const attachments = attachmentsOf(site, article).map(({ url, type, title, bytes, seconds }) => ({
    url,
    mime_type: type,
    title,
    size_in_bytes: bytes,
    duration_in_seconds: seconds,
  }))
  return {
    content_html: content,
    content_text: content === undefined ? insteadOfBody(article) : undefined,
    summary: article.summary || undefined,
    image: article.image && absolute(site, article.image.url),
    language: article.language,
    tags: some(categoriesOf(article).map(({ name }) => name)),
    authors: some(authors),
    author: authors[0] && { name: authors[0].name },
    attachments: some(attachments),
    _kiosque: extensionOf(feed, article),
  }
}

/**
 * What a feed says about an article beyond JSON Feed 1.1, in one object; undefined if there is nothing. No object in it
 * has a member with the name of a member of an item, such as `id` or `url`, because newsraft 0.34 takes the values of
 * such members for those of the item, however deep they stand. It does so in every object of an item except `authors`
 * and `attachments`; therefore `author`, which feed readers of version 1.0 read, has no `url` either.
 */
function extensionOf({ site, offers, replies }: Feed, article: Article): object | undefined {
  const { id, source, rights, note, updated } = article
  const comments = commentLinks(site, article, 'json')
  const { copyright, license, syndicate } = rights
  const answered = replies?.get(id)
  const members = {
    reply: answered && { ref: answered.id, href: answered.url },
    correction:
      note === undefined ? undefined : { date: updated, text: syndicate === 'full' ? note : undefined },
    comments: comments && { href: comments.page, feed: comments.feed },
    share: offers?.get(id)?.data,
    source: source && { name: source.name, href: source.url },
    rights: copyright || license ? { copyright, license } : undefined,
  }
  return Object.values(members).some((member) => member !== undefined) ? members : undefined
}

const some = <T>(list: readonly T[]): readonly T[] | undefined => (list.length > 0 ? list : undefined)

/**
 * Passes members to the library `feed` as extensions. An undefined member is passed too, because it removes the
 * member of the same name that `feed` would write.
 */
function extend(
  add: (extension: { name: string; objects: never }) => void,
  members: Record<string, unknown>,
): void {
  for (const [name, value] of Object.entries(members)) add({ name, objects: value as never })
}
