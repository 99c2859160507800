import type { FC } from 'hono/jsx'
import type { Words } from './words.ts'

/** One link with which a reader shares the article. */
export interface Share {
  id: string
  label: string
  href: string
}

/** The share links in one row, without any script. Blockers hide what is classed `share`, so nothing is. */
export const ShareRow: FC<{ share: readonly Share[]; words: Words }> = ({ share, words }) =>
  share.length === 0 ? null : (
    <nav aria-label={words.share}>
      <p class="label" aria-hidden="true">
        {words.share}
      </p>
      <ul class="row">
        {share.map((link) => (
          <li>
            {opensElsewhere(link) ? <NewTabLink link={link} words={words} /> : <PlainLink link={link} />}
          </li>
        ))}
      </ul>
    </nav>
  )

/** An e-mail opens no tab, and a link that is there to be copied leads to this very article. */
const opensElsewhere = ({ id, href }: Share): boolean => /^https?:/.test(href) && id !== 'copy'

const NewTabLink: FC<{ link: Share; words: Words }> = ({ link, words }) => (
  <a href={link.href} target="_blank" rel="noopener noreferrer nofollow">
    <Label label={link.label} />
    <span class="unseen"> {words.newTab}</span>
  </a>
)

const PlainLink: FC<{ link: Share }> = ({ link }) => (
  <a href={link.href}>
    <Label label={link.label} />
  </a>
)

/** What all labels begin with; in a row under one heading, eyes need only what follows. */
const verb = /^(?:Partager sur|Envoyer par|Share on|Send (?:via|by)) /

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
