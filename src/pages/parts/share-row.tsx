import type { FC } from 'hono/jsx'
import { wordsIn } from '../../domain/language.ts'
import type { WordedLabel } from '../../share/labels.ts'
import type { LinkKind } from '../../share/network.ts'
import { cleanTitle } from '../../share/title.ts'

/**
 * A link with which a reader shares an article. If the link's kind is `server`, `{host}` in its address stands
 * for the reader's own server.
 */
export interface Share {
  id: string
  label: WordedLabel
  href: string
  kind: LinkKind
}

interface Row {
  share: readonly Share[]
  /** The shared title, and the shared address without tracking parameters. */
  title: string
  url: string
  /** The address of the share menu with all links. */
  menu: string
  language: string
}

/** Renders a row of share links and the script that enhances them; the links also work without the script. */
export const ShareRow: FC<Row> = (row) =>
  row.share.length === 0 ? null : (
    <>
      <kiosque-share>
        <ShareList {...row} />
      </kiosque-share>
      <script type="module" src="/e/v1.js"></script>
    </>
  )

/**
 * Renders the list of share links in the form that the custom element expects (docs/sharing.md). Controls that
 * need the script are hidden until the script runs. No class is named `share`, because content blockers hide
 * elements of that class.
 */
const ShareList: FC<Row> = ({ share, title, url, menu, language }) => {
  const words = wordsIn(language).share
  return (
    <nav
      aria-label={words.group}
      lang={language}
      data-url={url}
      data-title={cleanTitle(title)}
      data-done={words.copied}
    >
      <p class="label" aria-hidden="true">
        {words.group}
      </p>
      <ul>
        <Button act="native" label={bare(words.native)} />
        {share.map((link) => (
          <Item link={link} language={language} />
        ))}
        <Button act="print" label={bare(words.print)} />
        <li>
          <a href={menu} rel="nofollow">
            <span class="name">{words.more}</span>
            <span class="unseen"> {words.allWays}</span>
          </a>
        </li>
      </ul>
      <Tools language={language} url={url} />
    </nav>
  )
}

/**
 * Renders the elements that the script needs in addition to the share links: a form for the name of the
 * reader's own server, a field with the address for copying by hand, and an element for messages.
 */
export const Tools: FC<{ language: string; url: string }> = ({ language, url }) => {
  const words = wordsIn(language).share
  return (
    <>
      <form hidden novalidate>
        <label>
          {words.server}
          <input inputmode="url" autocapitalize="off" autocomplete="off" />
        </label>
        <button type="submit">{words.go}</button>
      </form>
      <label hidden>
        {words.byHand}
        <input readonly value={url} />
      </label>
      <p role="status"></p>
    </>
  )
}

/**
 * Renders only the list of share links, for a page of the newsroom's own website. Such a page already
 * contains the custom element and the script of the element.
 */
export const renderShareList = (row: Row): string => `${<ShareList {...row} />}\n`

/**
 * Renders a share link. An action that needs the script is rendered as a button, which is hidden until the
 * script runs.
 */
export const Item: FC<{ link: Share; language: string }> = ({ link, language }) => {
  const { id, label, href, kind } = link
  if (kind === 'server') return <Button act="server" label={label} id={id} href={href} />
  if (kind === 'js' && id !== 'copy') return <Button act={id} label={label} />
  const leaves = kind === 'popup' || kind === 'link'
  return (
    <li>
      <a
        href={href}
        target={leaves ? '_blank' : undefined}
        rel={leaves ? 'noopener noreferrer nofollow' : undefined}
        data-act={kind === 'popup' ? 'popup' : kind === 'js' ? 'copy' : undefined}
      >
        <Label {...label} />
        {leaves && <span class="unseen"> {wordsIn(language).page.newTab}</span>}
      </a>
    </li>
  )
}

const Button: FC<{ act: string; label: WordedLabel; id?: string; href?: string }> = ({
  act,
  label,
  id,
  href,
}) => (
  <li hidden>
    <button type="button" data-act={act} data-id={id} data-href={href}>
      <Label {...label} />
    </button>
  </li>
)

/** Renders the label of a share link. Screen readers get the whole label; the visible part omits the verb. */
const Label: FC<WordedLabel> = ({ before, name, after }) => (
  <>
    {before && <span class="unseen">{before}</span>}
    <span class="name">{name}</span>
    {after && <span class="unseen">{after}</span>}
  </>
)

/** Makes a label that consists only of visible text, with no further text for screen readers. */
const bare = (name: string): WordedLabel => ({ before: '', name, after: '' })
