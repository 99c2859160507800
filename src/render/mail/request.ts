import { wordsIn } from '../../domain/language.ts'
import type { Schedule } from '../../domain/notify.ts'
import { choiceName, isToldAtOnce, type NamedChoice } from '../../domain/notify-choice.ts'
import type { Site } from '../../domain/site.ts'
import { itemOf, letterOf, linksOf, type Sent, type SentToSubscriber } from './frame.ts'
import type { Letter } from './letter.ts'

/** A request for mails that a person has to confirm. */
interface Confirmation extends Sent {
  choices: readonly (NamedChoice & { schedule: Schedule })[]
  /** The complete address of the page with the button that confirms. */
  link: string
}

/** Renders the mail that asks a person to confirm a request for mails. It ends without a link to unsubscribe: nothing is subscribed. */
export function renderConfirmation(site: Site, { choices, link, ...sent }: Confirmation): Letter {
  const { mail, schedules } = wordsIn(sent.language).notify
  const items = choices.map((choice) => ({
    name: choiceName(sent.language, choice),
    detail: isToldAtOnce(choice) ? '' : schedules[choice.schedule],
  }))
  return letterOf(site, sent, {
    subject: mail.confirm.subject,
    parts: [
      { kind: 'heading', text: mail.confirm.subject },
      { kind: 'paragraph', text: mail.confirm.intro(site.title) },
      { kind: 'list', items },
      { kind: 'action', text: mail.confirm.action, url: link },
      { kind: 'paragraph', text: mail.notAsked, isQuiet: true },
    ],
  })
}

/**
 * Renders the mail to the new address of a subscriber that asks to confirm this address. It shows nothing of the
 * subscription, and has no link to it, because the address may be that of another person.
 */
export function renderAddressChange(
  site: Site,
  { link, ...sent }: Sent & Pick<Confirmation, 'link'>,
): Letter {
  const { confirmAddress, mail } = wordsIn(sent.language).notify
  return letterOf(site, sent, {
    subject: mail.confirmAddress.subject,
    parts: [
      { kind: 'heading', text: mail.confirmAddress.subject },
      { kind: 'paragraph', text: mail.confirmAddress.intro(site.title) },
      { kind: 'action', text: confirmAddress.action, url: link },
      { kind: 'paragraph', text: mail.notAsked, isQuiet: true },
    ],
  })
}

/** Renders the mail to a subscriber who has asked again for what the subscriber has. `choices` are those of the request. */
export function renderAlready(site: Site, sent: SentToSubscriber): Letter {
  const { already } = wordsIn(sent.language).notify.mail
  const content = {
    subject: already.subject,
    parts: [
      { kind: 'heading' as const, text: already.subject },
      { kind: 'paragraph' as const, text: already.intro(site.title) },
      { kind: 'list' as const, items: sent.choices.map((choice) => itemOf(site, sent.language, choice)) },
      { kind: 'paragraph' as const, text: already.detail },
    ],
  }
  return letterOf(site, sent, content, linksOf(sent))
}
