import { wordsIn } from '../../domain/language.ts'
import type { Schedule } from '../../domain/notify.ts'
import { choiceName, isToldAtOnce, type NamedChoice } from '../../domain/notify-choice.ts'
import { type Site, subscribePath } from '../../domain/site.ts'
import { EndInBrowser } from './fields.tsx'
import { renderNotifyPage } from './shell.tsx'

interface Page {
  site: Site
  language: string
}

/** Renders the answer to every form that was complete. It is the same whether the address is known or not. */
export function renderAskedPage({ site, language }: Page): string {
  const { asked, askedInVain } = wordsIn(language).notify
  return renderNotifyPage({
    site,
    language,
    title: asked.title,
    content: (
      <>
        <h1>{asked.title}</h1>
        <p class="standfirst">{asked.detail}</p>
        <p class="quiet">{askedInVain}</p>
      </>
    ),
  })
}

interface ConfirmPage extends Page {
  /** What the person asked for; absent if the person asked to change the address. */
  choices?: readonly (NamedChoice & { schedule: Schedule })[]
  /** The sentences to which the person agrees, one in each line. A form of somebody else may not have shown them. */
  consent?: string
  /** Whether the new address has a subscription already. */
  isJoined?: boolean
  /** The address of the page of the subscription, if the subscription would have too many choices with these. */
  manage?: string
}

/** Renders the page at the link of a confirmation. Its one button sends a POST to the same address: opening the link changes nothing. */
export function renderConfirmPage(page: ConfirmPage): string {
  const { site, language, choices, consent = '', isJoined, manage } = page
  const { confirm, confirmAddress, schedules, ...notify } = wordsIn(language).notify
  const words = choices === undefined ? confirmAddress : confirm
  return renderNotifyPage({
    site,
    language,
    title: words.title,
    content: (
      <>
        <h1>{words.title}</h1>
        <p class="standfirst">{words.detail}</p>
        {isJoined && <p>{confirmAddress.joined}</p>}
        {choices !== undefined && (
          <ul>
            {choices.map((choice) => (
              <li>
                <bdi>{choiceName(language, choice)}</bdi>
                {!isToldAtOnce(choice) && <span class="quiet"> · {schedules[choice.schedule]}</span>}
              </li>
            ))}
          </ul>
        )}
        {manage === undefined ? (
          <form method="post">
            <button type="submit">{words.action}</button>
            {consent !== '' && (
              <div class="consent">
                {consent.split('\n').map((sentence) => (
                  <p>{sentence}</p>
                ))}
              </div>
            )}
          </form>
        ) : (
          <>
            <p class="wrong" role="alert">
              {confirm.full}
            </p>
            <p>
              <a class="action" href={manage}>
                {notify.manage}
              </a>
            </p>
          </>
        )}
      </>
    ),
  })
}

/**
 * Renders the page at the link to unsubscribe. Its one button sends a POST to the same address: opening the link changes nothing.
 * The page has no link on which choices can be changed, because the link to unsubscribe allows only that.
 */
export function renderUnsubscribePage({ site, language }: Page): string {
  const { end } = wordsIn(language).notify
  return renderNotifyPage({
    site,
    language,
    title: end.title,
    content: (
      <>
        <h1>{end.title}</h1>
        <p class="standfirst">{end.detail}</p>
        <form method="post">
          <button type="submit">{end.action}</button>
        </form>
      </>
    ),
  })
}

/** The pages without a form that follow an opened link, by their name in the words. */
type Outcome = 'alreadyConfirmed' | 'ended' | 'erased' | 'erasedRequest' | 'expired' | 'invalid'

interface OutcomePage extends Page {
  outcome: Outcome
  /** Whether the subscriber was a browser. */
  isBrowser?: boolean
  /** Whether browsers can be told, so that a subscription that has ended ends in the browser too. */
  isPushOn?: boolean
  /** The address of the page of the subscription, to which the page then leads. */
  manage?: string
}

/**
 * Renders the page that says that a subscription has ended (`ended`), also with its data (`erased`), that the link of a
 * confirmation is too old (`expired`), was used (`alreadyConfirmed`), or concerns what was erased (`erasedRequest`), or that the link
 * to a subscription is wrong (`invalid`).
 */
export function renderOutcomePage(page: OutcomePage): string {
  const { site, language, outcome, isBrowser = false, isPushOn = false, manage } = page
  const words = wordsIn(language).notify
  const { title, detail } = isBrowser && outcome === 'ended' ? words.push.ended : words[outcome]
  const isOver = outcome === 'ended' || outcome === 'erased'
  return renderNotifyPage({
    site,
    language,
    title,
    content: (
      <>
        <h1>{title}</h1>
        <p class="standfirst">{detail}</p>
        <p>
          <a class="action" href={manage ?? `/${subscribePath(site, language)}`}>
            {manage === undefined ? words.subscribe : words.manage}
          </a>
        </p>
        {isPushOn && isOver && <EndInBrowser />}
      </>
    ),
  })
}
