import type { Article } from '../domain/article.ts'
import { directionOf, wordsIn } from '../domain/language.ts'
import type { Choice } from '../domain/notify.ts'
import { absolute, address, iconAt, readAt, type Site } from '../domain/site.ts'
import { shortened } from '../domain/text.ts'

/** The largest numbers of characters of a notification and of its link. Systems show less of the texts. */
const maxCharacters = { title: 150, body: 200, link: 1000 }

/** The largest number of titles that the notification of a digest shows. */
const maxTitles = 4

/**
 * A message of Declarative Web Push, which Safari shows by itself, and our service worker in other browsers. The members of
 * `notification` are those of the Notifications API, and `navigate` is the address that a click opens.
 */
export interface PushMessage {
  web_push: 8030
  notification: {
    title: string
    body?: string
    navigate: string
    lang: string
    dir: 'ltr' | 'rtl'
    /** A notification with the same tag replaces an earlier one. */
    tag: string
    icon?: string
    image?: string
    /** Only for news, of which our service worker shows several as one: the title of that one, with `#` for their number. */
    data?: { group: string; navigate: string }
  }
}

/** What happened to an article, or that a digest is due. */
export type Told =
  | { kind: 'published' | 'corrected'; article: Article }
  | { kind: 'withdrawn' }
  /** `isCut`: there are more articles. */
  | { kind: 'digest'; articles: readonly Article[]; isCut: boolean; choices: readonly Choice[] }

/**
 * Renders the notification about an article or a digest, for a person with this language. The message about an article that
 * was withdrawn contains nothing of it. `tag` names the article or the digest.
 */
export function renderPush(
  site: Site,
  told: Told,
  { language, tag }: { language: string; tag: string },
): PushMessage {
  if (told.kind === 'digest') return digestOf(site, told, language, tag)
  const words = wordsIn(language)
  if (told.kind === 'withdrawn') {
    const { title, detail } = words.notify.push.withdrawn
    return messageOf({ title, body: detail, navigate: address(site, ''), language, tag, icon: iconAt(site) })
  }
  const { article, kind } = told
  const { title, summary, image, note, rights } = article
  const isCorrection = kind === 'corrected'
  // Of an article that must not be syndicated, a message has only the title and the address.
  const isShown = rights.syndicate !== 'none'
  const isNoteShown = isCorrection && note !== undefined && rights.syndicate === 'full'
  return messageOf({
    title: isCorrection ? `${words.correction}${words.colon} ${title}` : title,
    body: isNoteShown ? note : isShown ? summary : '',
    navigate: linkTo(site, article),
    language: article.language,
    tag,
    icon: iconAt(site),
    ...(image && isShown && { image: absolute(site, image.url) }),
    ...(!isCorrection && { group: { group: words.notify.push.group, navigate: address(site, '') } }),
  })
}

function digestOf(
  site: Site,
  { articles, isCut, choices }: Extract<Told, { kind: 'digest' }>,
  language: string,
  tag: string,
): PushMessage {
  const { mail, push } = wordsIn(language).notify
  const [only] = articles
  const [choice] = choices
  const titles = articles.slice(0, maxTitles).map(({ title }) => shortened(title, maxCharacters.title))
  const isOne = articles.length === 1 && only !== undefined
  return messageOf({
    title: isCut ? push.more(articles.length) : mail.count(articles.length),
    body: titles.join('\n'),
    navigate: isOne
      ? linkTo(site, only)
      : address(site, choices.length === 1 && choice ? choice.selection : ''),
    language,
    tag,
    icon: iconAt(site),
  })
}

/** The address of an article; that of its page on this site if the address elsewhere is too long for a message. */
function linkTo(site: Site, article: Article): string {
  const link = readAt(site, article)
  return link.length > maxCharacters.link ? address(site, `articles/${article.slug}`) : link
}

interface Content {
  title: string
  body: string
  navigate: string
  /** The language of the texts, as a BCP 47 tag. */
  language: string
  tag: string
  icon: string
  image?: string
  group?: { group: string; navigate: string }
}

function messageOf({ title, body, navigate, language, tag, icon, image, group }: Content): PushMessage {
  const maxBody = body.includes('\n') ? maxTitles * maxCharacters.title : maxCharacters.body
  return {
    web_push: 8030,
    notification: {
      title: shortened(title, maxCharacters.title),
      ...(body !== '' && { body: shortened(body, maxBody) }),
      navigate,
      lang: language,
      dir: directionOf(language),
      tag,
      icon,
      ...(image !== undefined && { image }),
      ...(group && { data: group }),
    },
  }
}

/**
 * Writes a message as JSON of at most `maxBytes`. If it is longer, it is written without its picture, then without its icon,
 * then without its text. A title and an address always fit.
 */
export function writePush(message: PushMessage, maxBytes: number): Uint8Array {
  const { notification, web_push } = message
  const { image, ...small } = notification
  const { icon, ...smaller } = small
  const { body, ...smallest } = smaller
  const encoder = new TextEncoder()
  const written = [notification, small, smaller, smallest].map((one) =>
    encoder.encode(JSON.stringify({ web_push, notification: one })),
  )
  return written.find(({ length }) => length <= maxBytes) ?? encoder.encode('')
}
