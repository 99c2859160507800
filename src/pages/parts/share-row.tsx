import type { FC } from 'hono/jsx'
import { wordsIn } from '../../domain/language.ts'
import type { WordedLabel } from '../../share/labels.ts'
import type { LinkKind } from '../../share/network.ts'
import { cleanTitle } from '../../share/title.ts'

/** One link with which a reader shares the article. `{host}` in a link of the kind `server` is the server. */
export interface Share {
  id: string
  label: WordedLabel
  href: string
  kind: LinkKind
}

interface Row {
  share: readonly Share[]
  /** What is shared: the title, and the clean address. */
  title: string
  url: string
  /** The address of the whole menu. */
  menu: string
  language: string
}

/** The share links in one row, and the script that makes more of them; they are links without it too. */
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
 * The list itself, as the element expects it (docs/sharing.md). What needs a script is hidden until one runs.
 * Blockers hide what is classed `share`, so nothing is.
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

/** What the script needs around the links: a form for the reader's server, the address to copy by hand, its words. */
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

/** The list alone, for a page of the newsroom's own. */
export const renderShareList = (row: Row): string => `${<ShareList {...row} />}\n`

/** One link, or the button that a script makes of it. */
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

/** The label in full for ears, and for eyes without its verb. */
const Label: FC<WordedLabel> = ({ before, name, after }) => (
  <>
    {before && <span class="unseen">{before}</span>}
    <span class="name">{name}</span>
    {after && <span class="unseen">{after}</span>}
  </>
)

/** A label without a verb that only ears need. */
const bare = (name: string): WordedLabel => ({ before: '', name, after: '' })
