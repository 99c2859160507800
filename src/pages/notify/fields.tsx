import type { FC } from 'hono/jsx'
import { wordsIn } from '../../domain/language.ts'
import { type Schedule, schedules } from '../../domain/notify.ts'
import type { Site } from '../../domain/site.ts'
import { hrefOf } from '../parts/contact.tsx'

/** A box that can be ticked: the value of the form field `selection`, and what it means. */
export interface Box {
  value: string
  label: string
  isTicked?: boolean
}

/** Renders boxes for the form field `selection`. None is ticked unless the person has ticked it before. */
export const Boxes: FC<{ boxes: readonly Box[] }> = ({ boxes }) => (
  <ul class="boxes">
    {boxes.map(({ value, label, isTicked = false }) => (
      <li>
        <label>
          <input type="checkbox" name="selection" value={value} checked={isTicked} />
          <bdi>{label}</bdi>
        </label>
      </li>
    ))}
  </ul>
)

/** Renders the choice of how often a person is told: the form field `when`. */
export const Schedules: FC<{ language: string; when?: Schedule }> = ({ language, when = 'now' }) => {
  const words = wordsIn(language).notify
  return (
    <fieldset>
      <legend>{words.when}</legend>
      <ul class="boxes in-row">
        {schedules.map((schedule) => (
          <li>
            <label>
              <input type="radio" name="when" value={schedule} checked={schedule === when} />
              {words.schedules[schedule]}
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

interface EmailField {
  language: string
  id: string
  label: string
  value?: string | undefined
  isWrong?: boolean
}

/** The maximum number of characters of an e-mail address (RFC 5321 §4.5.3.1.3, without the angle brackets). */
export const maxEmailCharacters = 254

/** Renders the form field `email`. If the address was wrong, the field says what would be right. */
export const EmailField: FC<EmailField> = ({ language, id, label, value, isWrong = false }) => {
  const words = wordsIn(language).notify
  const wrong = `${id}-wrong`
  return (
    <p class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        name="email"
        type="email"
        autocomplete="email"
        autocapitalize="none"
        spellcheck={false}
        dir="ltr"
        required
        maxlength={maxEmailCharacters}
        placeholder={words.emailExample}
        value={value}
        aria-invalid={isWrong ? 'true' : undefined}
        aria-describedby={isWrong ? wrong : undefined}
      />
      {isWrong && (
        <span id={wrong} class="wrong">
          {words.wrong.email}
        </span>
      )}
    </p>
  )
}

/** How people can be told: by mail if the postal address of the site is there, and in the browser if its public key is there. */
export interface Ways {
  postal?: string | undefined
  pushKey?: string | undefined
}

interface Fields extends Ways {
  site: Site
  language: string
}

/**
 * Returns the sentences to which a person agrees by sending the form, in the language of a tag. They are shown beside the
 * button, and kept as the proof of consent: the purpose, what is kept, where, and who is responsible.
 */
export function consentIn(language: string, site: Site, postal: string): string[] {
  const { consent, kept, abroad } = wordsIn(language).notify
  return [consent(site.title), kept, abroad, responsibleIn(language, site, postal)]
}

/** Returns the sentences to which a person agrees by the button for notifications in the browser, as `consentIn` does for mail. */
export function pushConsentIn(language: string, site: Site, postal?: string): string[] {
  const { push, abroad } = wordsIn(language).notify
  return [push.consent(site.title), push.kept, abroad, responsibleIn(language, site, postal)]
}

/** Names who is responsible for the data, with the addresses that the site has. */
function responsibleIn(language: string, site: Site, postal?: string): string {
  const names = [site.title, postal, contactOf(site)].filter((name) => name !== undefined)
  return `${wordsIn(language).notify.responsible} ${names.join(', ')}`
}

const contactOf = ({ contact }: Site): string | undefined => contact?.replace(/^https:\/\/|\/$/g, '')

/**
 * Renders what a person must know before sending an e-mail address or pressing the button: the purpose, what is kept and for how
 * long, how to withdraw, and who is responsible. The script of the button shows what is about the browser.
 */
const Consent: FC<Fields> = ({ site, language, postal, pushKey }) => {
  const byMail = postal === undefined ? [] : consentIn(language, site, postal).slice(0, -1)
  const inBrowser = pushKey === undefined ? [] : pushConsentIn(language, site, postal).slice(0, -1)
  return (
    <div class="consent">
      {byMail.map((sentence) => (
        <p>{sentence}</p>
      ))}
      {inBrowser
        .filter((sentence) => !byMail.includes(sentence))
        .map((sentence) => (
          <p hidden class="of-browser">
            {sentence}
          </p>
        ))}
      <p>
        {wordsIn(language).notify.responsible} <bdi>{site.title}</bdi>
        {postal !== undefined && (
          <>
            {', '}
            <bdi>{postal}</bdi>
          </>
        )}
        {site.contact !== undefined && (
          <>
            {', '}
            <a href={hrefOf(site.contact)}>{contactOf(site)}</a>
          </>
        )}
      </p>
    </div>
  )
}

interface Send extends Fields {
  /** The id of the field of the e-mail address. */
  id: string
  /** What the person has written as the address, if the form is shown again. */
  email?: string | undefined
  isWrong?: boolean
}

/**
 * Renders the end of a form: the field and the button of mail, beside them the button of the browser, and below both what a person
 * must know.
 */
export const Send: FC<Send> = ({ id, email, isWrong = false, ...fields }) => {
  const { language, postal, pushKey } = fields
  const words = wordsIn(language).notify
  return (
    <>
      <div class="ways">
        {postal !== undefined && (
          <fieldset>
            <legend class="unseen">{words.byEmail}</legend>
            <EmailField language={language} id={id} label={words.email} value={email} isWrong={isWrong} />
            <p>
              <button type="submit">{words.subscribe}</button>
            </p>
          </fieldset>
        )}
        {pushKey !== undefined && <InBrowser language={language} postal={postal} pushKey={pushKey} />}
      </div>
      <Consent {...fields} />
      {pushKey !== undefined && <script type="module" src={script}></script>}
    </>
  )
}

/** The address of the script that shows and serves the button. */
const script = '/push/page.js'

/**
 * Renders the button for notifications in the browser. A script shows it if the browser can do that. Without mail there is no other
 * way to be told, so browsers that cannot do it show why.
 */
const InBrowser: FC<Omit<Fields, 'site'>> = ({ language, postal, pushKey }) => {
  const { notify } = wordsIn(language)
  const { push } = notify
  const isAlone = postal === undefined
  const sentences = {
    'data-done': push.done,
    'data-already': push.already,
    'data-denied': push.denied,
    'data-failed': push.failed,
    'data-choose': notify.wrong.selection,
    'data-many': notify.wrong.tooMany,
  }
  return (
    <>
      {isAlone && <p class="quiet unavailable">{push.unavailable}</p>}
      <fieldset hidden data-push={pushKey} {...sentences}>
        <legend class={isAlone ? 'unseen' : undefined}>
          {isAlone ? push.inBrowser : push.withoutAddress}
        </legend>
        <p>
          <button type="button">{notify.browser}</button>
        </p>
        <p role="status"></p>
        <p hidden class="quiet">
          <a href="/subscribe">{push.manage}</a>
        </p>
      </fieldset>
    </>
  )
}

/** Renders what ends the subscription in the browser too, on the page that says that it has ended. */
export const EndInBrowser: FC = () => (
  <>
    <div hidden data-push="ended"></div>
    <script type="module" src={script}></script>
  </>
)
