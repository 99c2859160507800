import { rfc3339 } from '../../domain/instant.ts'
import { localeOf, wordsIn } from '../../domain/language.ts'
import type { MadeChoice } from '../../domain/notify-choice.ts'
import { choiceName, isToldAtOnce } from '../../domain/notify-choice.ts'
import type { Site } from '../../domain/site.ts'
import { dayWriter, unbroken } from '../../domain/written-date.ts'
import { type Letter, writeLetter } from './letter.ts'
import type { ListItem, Part } from './part.ts'

/** What every letter needs besides its own content. */
export interface Sent {
  /** The language of the person who gets the letter, as a BCP 47 tag. */
  language: string
  /** The postal address of the site, which law demands in each mail. */
  postal: string
}

/** What every letter to a subscriber needs: why the person gets it, and how to end it. */
export interface SentToSubscriber extends Sent {
  /** The choices because of which the person gets the letter. */
  choices: readonly MadeChoice[]
  /** The complete addresses of the pages on which the person changes choices, and ends the subscription. */
  links: { manage: string; unsubscribe: string }
}

interface Content {
  subject: string
  parts: readonly Part[]
}

/** Writes a letter. It ends with `foot`, and with the name and the addresses of the site. */
export const letterOf = (
  site: Site,
  { language, postal }: Sent,
  content: Content,
  foot: readonly Part[] = [],
): Letter =>
  writeLetter({ ...content, language: localeOf(language), site, foot: [...foot, ...senderOf(site, postal)] })

/** Writes a letter to a subscriber: it ends with the reason for the letter, and with the links to change or end it. */
export function letterToSubscriber(site: Site, sent: SentToSubscriber, content: Content): Letter {
  const { language, choices } = sent
  return letterOf(site, sent, content, [
    { kind: 'paragraph', text: wordsIn(language).notify.mail.because },
    { kind: 'list', items: choices.map((choice) => itemOf(site, language, choice)) },
    ...linksOf(sent),
  ])
}

/** Returns the links by which a subscriber changes choices and ends the subscription. */
export function linksOf({ language, links }: Pick<SentToSubscriber, 'language' | 'links'>): Part[] {
  const { mail } = wordsIn(language).notify
  return [
    { kind: 'link', text: mail.manage, url: links.manage },
    { kind: 'link', text: mail.unsubscribe, url: links.unsubscribe },
  ]
}

/** Who sent the letter: the name of the site, the postal address, and the address at which people can write or read. */
const senderOf = (site: Site, postal: string): Part[] => [
  { kind: 'paragraph', text: `${site.title}, ${postal}` },
  { kind: 'paragraph', text: site.contact ?? site.url },
]

/** Describes a choice that a subscriber has made: its name, how often the person is told, and since when. */
export function itemOf(site: Site, language: string, choice: MadeChoice): ListItem {
  const words = wordsIn(language).notify
  const since = words.since(unbroken(dayWriter(language, site.timeZone)(rfc3339(choice.since))))
  const detail = isToldAtOnce(choice) ? since : `${words.schedules[choice.schedule]}, ${since}`
  return { name: choiceName(language, choice), detail }
}
