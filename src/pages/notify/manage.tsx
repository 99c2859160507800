import type { Child, FC } from 'hono/jsx'
import type { FolderPart } from '../../domain/directory.ts'
import { rfc3339 } from '../../domain/instant.ts'
import { wordsIn } from '../../domain/language.ts'
import { schedules } from '../../domain/notify.ts'
import {
  choiceName,
  fieldOf,
  isToldAtOnce,
  type MadeChoice,
  scheduleField,
} from '../../domain/notify-choice.ts'
import type { Site } from '../../domain/site.ts'
import type { NotifyMistake } from '../../domain/words.ts'
import { dayWriter, unbroken } from '../../domain/written-date.ts'
import { EmailField, Schedules } from './fields.tsx'
import { renderNotifyPage } from './shell.tsx'
import { Choices } from './subscribe.tsx'

/** What a person can do on the page of a subscription: the values of the form field `action`. */
export const actions = ['choose', 'pause', 'resume', 'address', 'export', 'end', 'erase'] as const
type Action = (typeof actions)[number]

/** What has just been done, which the page confirms. */
export const dones = [
  'saved',
  'confirmed',
  'paused',
  'resumed',
  'addressAsked',
  'addressKept',
  'addressChanged',
] as const
export type Done = (typeof dones)[number]

interface ManagePage {
  site: Site
  language: string
  /** The e-mail address; absent if the subscriber is a browser. */
  email?: string | undefined
  isPaused: boolean
  /** The instant of the consent, in epoch milliseconds. */
  agreed: number
  choices: readonly MadeChoice[]
  /** The sections, tags and authors that can be added. */
  parts: readonly FolderPart[]
  done?: Done
  mistake?: NotifyMistake
}

/**
 * Renders the page of a subscription: why the person or browser is told, and forms to change and end it. Each form sends a POST to
 * the address of the page, with the field `action`.
 */
export function renderManagePage(page: ManagePage): string {
  const { site, language, email, agreed, done, mistake } = page
  const words = wordsIn(language).notify
  const day = unbroken(dayWriter(language, site.timeZone)(rfc3339(agreed)))
  return renderNotifyPage({
    site,
    language,
    title: words.manage,
    content: (
      <>
        <h1>{words.manage}</h1>
        {done && done !== 'paused' && (
          <p class="done" role="status">
            {words[done]}
          </p>
        )}
        {mistake && (
          <p class="wrong" role="alert">
            {mistake === 'selection' ? words.lastChoice : words.wrong[mistake]}
          </p>
        )}
        <p class="standfirst">{email === undefined ? words.push.why(day) : words.why(day, email)}</p>
        <Pause {...page} />
        <Chosen {...page} />
        {email !== undefined && <Address {...page} />}
        <Step action="export" language={language} words={words.exported} button={words.exported.title} />
        <Step action="end" language={language} words={words.end} button={words.end.action} />
        <Erase language={language} />
      </>
    ),
  })
}

/** A form that does one thing. */
const Do: FC<{ action: Action; children: Child }> = ({ action, children }) => (
  <form method="post">
    <input type="hidden" name="action" value={action} />
    {children}
  </form>
)

const Pause: FC<ManagePage> = ({ language, isPaused }) => {
  const words = wordsIn(language).notify
  return (
    <Do action={isPaused ? 'resume' : 'pause'}>
      {isPaused && (
        <p class="done" role="status">
          {words.paused}
        </p>
      )}
      <p>
        <button type="submit">{isPaused ? words.resume : words.pause}</button>
      </p>
    </Do>
  )
}

const Chosen: FC<ManagePage> = ({ site, language, choices, parts }) => {
  const words = wordsIn(language).notify
  const write = dayWriter(language, site.timeZone)
  const has = choices.map(fieldOf)
  const others = parts.map((part) => ({
    ...part,
    selections: part.selections.filter(({ path }) => !has.includes(path)),
  }))
  return (
    <section>
      <h2>{words.choices}</h2>
      <Do action="choose">
        <ul class="boxes made">
          {choices.map((choice) => (
            <Made
              language={language}
              choice={choice}
              since={words.since(unbroken(write(rfc3339(choice.since))))}
            />
          ))}
        </ul>
        <details>
          <summary>{words.addChoices}</summary>
          <Choices language={language} parts={others} ticked={[]} without={has} />
          <Schedules language={language} />
        </details>
        <p>
          <button type="submit">{words.save}</button>
        </p>
      </Do>
    </section>
  )
}

/** A choice that the person has made: a ticked box, since when, and how often. */
const Made: FC<{ language: string; choice: MadeChoice; since: string }> = ({ language, choice, since }) => {
  const words = wordsIn(language).notify
  const value = fieldOf(choice)
  const name = choiceName(language, choice)
  return (
    <li>
      <label>
        <input type="checkbox" name="selection" value={value} checked />
        <span>
          <bdi>{name}</bdi> <span class="quiet">{since}</span>
        </span>
      </label>
      {!isToldAtOnce(choice) && (
        <select name={scheduleField(value)} aria-label={`${words.when} ${name}`}>
          {schedules.map((schedule) => (
            <option value={schedule} selected={schedule === choice.schedule}>
              {words.schedules[schedule]}
            </option>
          ))}
        </select>
      )}
    </li>
  )
}

const Address: FC<ManagePage> = ({ language, mistake }) => {
  const words = wordsIn(language).notify.changeAddress
  return (
    <section>
      <h2>{words.title}</h2>
      <Do action="address">
        <EmailField language={language} id="email" label={words.label} isWrong={mistake === 'email'} />
        <p class="quiet">{words.detail}</p>
        <p>
          <button type="submit">{words.action}</button>
        </p>
      </Do>
    </section>
  )
}

interface Step {
  action: Action
  language: string
  words: { title: string; detail: string }
  button: string
}

const Step: FC<Step> = ({ action, words, button }) => (
  <section>
    <h2>{words.title}</h2>
    <Do action={action}>
      <p>{words.detail}</p>
      <p>
        <button type="submit">{button}</button>
      </p>
    </Do>
  </section>
)

/** Erases what is kept about the person. This cannot be undone, so the button shows only once it is asked for. */
const Erase: FC<{ language: string }> = ({ language }) => {
  const { title, detail, action, confirm } = wordsIn(language).notify.erase
  return (
    <section>
      <h2>{title}</h2>
      <details>
        <summary>{action}</summary>
        <Do action="erase">
          <p>{detail}</p>
          <p>
            <button type="submit">{confirm}</button>
          </p>
        </Do>
      </details>
    </section>
  )
}
