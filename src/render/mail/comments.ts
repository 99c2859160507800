import type { Article } from '../../domain/article.ts'
import { commentsPath } from '../../domain/comment.ts'
import { rfc3339 } from '../../domain/instant.ts'
import { wordsIn } from '../../domain/language.ts'
import { address, type Site } from '../../domain/site.ts'
import { shortened } from '../../domain/text.ts'
import { timeWriter, unbroken } from '../../domain/written-date.ts'
import { letterToSubscriber, type SentToSubscriber } from './frame.ts'
import type { Letter } from './letter.ts'
import type { Part } from './part.ts'
import { isolatedLine } from './plain-line.ts'

/** A comment that a mail shows. `published` is in epoch milliseconds. The text is plain, and empty if it must not be shown. */
interface ToldComment {
  id: string
  name: string
  text: string
  published: number
  /** Whether it answers a comment of the person who gets the mail. */
  isReply: boolean
}

interface AboutComments extends SentToSubscriber {
  article: Article
  /** The comments in the order in which the letter shows them; at least one. */
  comments: readonly ToldComment[]
  /** The number of all new comments, of which the letter may show a part. */
  total: number
}

/** The largest number of characters of a comment in a letter about several. Programs such as Gmail cut long mails. */
const maxTextCharacters = 1000

/**
 * Renders the mail about new comments on an article. Each is quoted with its author's name, the address of the comment, and that of the
 * form that answers it.
 */
export function renderComments(site: Site, { article, comments, total, ...sent }: AboutComments): Letter {
  const { language } = sent
  const { by, tell } = wordsIn(language).comments
  const path = commentsPath(article.slug)
  const [only] = comments
  const subject =
    total > 1 || !only
      ? `${tell.several(total)}${wordsIn(language).colon} ${article.title}`
      : only.isReply
        ? tell.replied(isolatedLine(only.name))
        : by(isolatedLine(only.name), article.title)
  const write = timeWriter(language, site.timeZone)
  const partsOf = ({ id, name, text, published, isReply }: ToldComment): Part[] => [
    {
      kind: 'paragraph',
      text: [isolatedLine(name), unbroken(write(rfc3339(published))), isReply ? tell.isReply : '']
        .filter(Boolean)
        .join(' · '),
      isQuiet: true,
    },
    ...(text === '' ? [] : [{ kind: 'quote' as const, paragraphs: paragraphsOf(text, comments.length) }]),
    { kind: 'link', text: tell.read, url: `${address(site, path)}?comment=${id}#c-${id}` },
    { kind: 'link', text: tell.answer, url: `${address(site, path)}/new?reply=${id}` },
  ]
  return letterToSubscriber(site, sent, {
    subject,
    parts: [
      { kind: 'heading', text: subject },
      { kind: 'link', text: article.title, url: address(site, `articles/${article.slug}`) },
      ...comments.flatMap(partsOf),
      ...(total > comments.length
        ? [
            { kind: 'paragraph' as const, text: tell.others },
            { kind: 'link' as const, text: wordsIn(language).comments.view, url: address(site, path) },
          ]
        : []),
    ],
  })
}

/** The paragraphs of a text, which is cut if the letter has several. */
const paragraphsOf = (text: string, comments: number): string[] =>
  (comments > 1 ? shortened(text, maxTextCharacters) : text).split(/\n+/)
