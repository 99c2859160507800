import { type Article, knownDate } from '../../domain/article.ts'
import { rfc3339 } from '../../domain/instant.ts'
import { localeOf, wordsIn } from '../../domain/language.ts'
import type { DigestSchedule } from '../../domain/notify.ts'
import { readAt, type Site } from '../../domain/site.ts'
import { shortened } from '../../domain/text.ts'
import { dayWriter, unbroken } from '../../domain/written-date.ts'
import { letterToSubscriber, type SentToSubscriber } from './frame.ts'
import type { Letter } from './letter.ts'
import type { Story } from './part.ts'
import { isolatedLine } from './plain-line.ts'

/**
 * The maximum length of a summary, in a letter about one article and in a letter about several. Gmail shows only the first
 * 102 kB of a mail, and the links to unsubscribe are at its end.
 */
const maxSummaryCharacters = { only: 1000, digest: 300 }

/** A letter about one article. */
interface About extends SentToSubscriber {
  article: Article
}

/** A letter about the articles that became public since the last such letter. */
interface Digest extends SentToSubscriber {
  schedule: DigestSchedule
  /** The instant until which articles count, in epoch milliseconds. */
  until: number
  /** The articles in the order in which the letter shows them; at least one. */
  articles: readonly Article[]
  /** Whether there are more articles than the letter shows. */
  isCut?: boolean
}

/**
 * Renders the mail about an article that has just become public. Like every mail about articles, it shows the headline, the
 * summary, the authors and the date, and never the body.
 */
export function renderNews(site: Site, { article, ...sent }: About): Letter {
  const story = storyOf(site, sent.language, article, true)
  return letterToSubscriber(site, sent, {
    subject: article.title,
    parts: [
      { kind: 'story', story },
      { kind: 'action', text: wordsIn(sent.language).notify.mail.read, url: story.url },
    ],
  })
}

/** Renders the mail about a correction. The note is shown only if the article's rights allow more than the summary. */
export function renderCorrection(site: Site, { article, ...sent }: About): Letter {
  const words = wordsIn(sent.language)
  const own = wordsIn(article.language)
  const { title, note, rights } = article
  const isShown = note !== undefined && rights.syndicate === 'full'
  const made = storyOf(site, sent.language, article, true)
  // Of an article that must not be syndicated, a mail has only the title and the address, where people read the correction.
  const story = rights.syndicate === 'none' ? { ...made, summary: '' } : made
  return letterToSubscriber(site, sent, {
    subject: `${words.correction}${words.colon} ${title}`,
    parts: [
      { kind: 'paragraph', text: words.notify.mail.corrected },
      {
        kind: 'story',
        story: { ...story, note: isShown ? `${own.correction}${own.colon} ${note}` : '' },
      },
      { kind: 'action', text: words.notify.mail.read, url: story.url },
    ],
  })
}

/** Renders the mail with the articles of a day or of a week. */
export function renderDigest(site: Site, digest: Digest): Letter {
  const { schedule, until, articles, isCut = false, ...sent } = digest
  const { mail } = wordsIn(sent.language).notify
  const day = dayWriter(sent.language, site.timeZone)(rfc3339(until))
  return letterToSubscriber(site, sent, {
    subject: mail.digests[schedule](day),
    parts: [
      { kind: 'heading', text: mail.digests[schedule](unbroken(day)) },
      { kind: 'paragraph', text: mail.count(articles.length), isQuiet: true },
      ...articles.map((article) => ({
        kind: 'story' as const,
        story: storyOf(site, sent.language, article, false),
      })),
      ...(isCut
        ? [
            { kind: 'paragraph' as const, text: mail.others },
            { kind: 'link' as const, text: site.title, url: site.url },
          ]
        : []),
    ],
  })
}

function storyOf(site: Site, language: string, article: Article, isOnly: boolean): Story {
  const { title, summary, section, kicker } = article
  const date = unbroken(dayWriter(language, site.timeZone)(knownDate(article, 'published')))
  return {
    language: article.language,
    kicker: [section, kicker].filter(Boolean).join(' · '),
    title,
    url: readAt(site, article),
    note: '',
    summary: shortened(summary, maxSummaryCharacters[isOnly ? 'only' : 'digest']),
    credits: [bylineOf(language, article), date].filter(Boolean).join(' · '),
    isOnly,
  }
}

/** Names the authors and the agency in one line. */
function bylineOf(language: string, { authors, source }: Article): string {
  const list = new Intl.ListFormat(localeOf(language), { type: 'conjunction' })
  const names = list.format(authors.map(({ name }) => isolatedLine(name)))
  return [names && `${wordsIn(language).page.by} ${names}`, source && isolatedLine(source.name)]
    .filter(Boolean)
    .join(', ')
}
