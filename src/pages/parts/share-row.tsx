import type { FC } from 'hono/jsx'
import { verb } from '../../share/labels.ts'
import type { LinkKind } from '../../share/network.ts'
import { cleanTitle } from '../../share/title.ts'
import { type Words, wordsIn } from '../words/page.ts'
import { shareWords } from '../words/share.ts'

/** One link with which a reader shares the article. `{host}` in a link of the kind `server` is the server. */
export interface Share {
  id: string
  label: string
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
  words: Words
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
const ShareList: FC<Row> = ({ share, title, url, menu, language, words }) => {
  const own = shareWords(language)
  return (
    <nav
      aria-label={words.share}
      lang={language}
      data-url={url}
      data-title={cleanTitle(title)}
      data-done={own.copied}
    >
      <p class="label" aria-hidden="true">
        {words.share}
      </p>
      <ul>
        <Button act="native" label={own.native} />
        {share.map((link) => (
          <Item link={link} words={words} />
        ))}
        <Button act="print" label={own.print} />
        <li>
          <a href={menu} rel="nofollow">
            <span class="name">{own.more}</span>
            <span class="unseen"> {own.allWays}</span>
          </a>
        </li>
      </ul>
      <Tools language={language} url={url} />
    </nav>
  )
}

/** What the script needs around the links: a form for the reader's server, the address to copy by hand, its words. */
export const Tools: FC<{ language: string; url: string }> = ({ language, url }) => {
  const own = shareWords(language)
  return (
    <>
      <form hidden novalidate>
        <label>
          {own.server}
          <input inputmode="url" autocapitalize="off" autocomplete="off" />
        </label>
        <button type="submit">{own.go}</button>
      </form>
      <label hidden>
        {own.byHand}
        <input readonly value={url} />
      </label>
      <p role="status"></p>
    </>
  )
}

/** The list alone, for a page of the newsroom's own. */
export const renderShareList = (row: Omit<Row, 'words'>): string =>
  `${<ShareList {...row} words={wordsIn(row.language)} />}\n`

/** One link, or the button that a script makes of it. */
export const Item: FC<{ link: Share; words: Words }> = ({ link, words }) => {
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
        <Label label={label} />
        {leaves && <span class="unseen"> {words.newTab}</span>}
      </a>
    </li>
  )
}

const Button: FC<{ act: string; label: string; id?: string; href?: string }> = ({ act, label, id, href }) => (
  <li hidden>
    <button type="button" data-act={act} data-id={id} data-href={href}>
      <Label label={label} />
    </button>
  </li>
)

/** The label in full for ears, and for eyes without its verb. */
const Label: FC<{ label: string }> = ({ label }) => {
  const said = verb.exec(label)?.[0] ?? ''
  return (
    <>
      {said && <span class="unseen">{said}</span>}
      <span class="name">{label.slice(said.length)}</span>
    </>
  )
}
