import type { FC } from 'hono/jsx'
import type { Article } from '../../domain/article.ts'
import { wordsIn } from '../../domain/language.ts'
import type { Group } from '../../domain/share.ts'
import { address, readAt, type Site } from '../../domain/site.ts'
import type { ShortAddresses } from '../../share/addresses.ts'
import { networkOf } from '../../share/networks.ts'
import { cleanTitle } from '../../share/title.ts'
import { shareMenuStyles } from '../bundle.ts'
import { HeadLink } from '../parts/head.tsx'
import { renderShell } from '../parts/layout.tsx'
import { Item, type Share, Tools } from '../parts/share-row.tsx'

interface ShareMenu {
  site: Site
  article: Article
  share: readonly Share[]
  addresses: ShortAddresses
}

/** Renders the share menu of an article as a page; everything on the page works without a script. */
export function renderShareMenu(menu: ShareMenu): string {
  const { site, article, share, addresses } = menu
  const { language } = article
  const { menu: heading, counted } = wordsIn(language).share
  return renderShell({
    site,
    language,
    title: `${heading} — ${article.title} — ${site.title}`,
    feeds: [],
    styles: shareMenuStyles,
    head: (
      <>
        <meta name="robots" content="noindex, nofollow" />
        <HeadLink rel="canonical" href={readAt(site, article)} />
      </>
    ),
    content: (
      <article class="menu">
        <header>
          <p class="kicker">{heading}</p>
          <h1>
            <a href={address(site, `articles/${article.slug}`)}>{article.title}</a>
          </h1>
        </header>
        <Groups site={site} article={article} share={share} />
        <ShortLink language={language} addresses={addresses} />
        <p class="quiet">{counted}</p>
      </article>
    ),
  })
}

const order: readonly Group[] = ['show', 'send', 'keep', 'take']

/**
 * Renders the share links in groups by purpose, such as showing the article to many people or keeping it for
 * later. Links to a reader's own server are hidden until the script runs.
 */
const Groups: FC<Pick<ShareMenu, 'site' | 'article' | 'share'>> = ({ site, article, share }) => {
  const { language, title } = article
  const words = wordsIn(language).share
  const url = readAt(site, article)
  return (
    <>
      <kiosque-share>
        <nav aria-label={words.group} data-url={url} data-title={cleanTitle(title)} data-done={words.copied}>
          {order.map((group) => {
            const links = share.filter(({ id }) => networkOf(id)?.group === group)
            return links.length === 0 ? null : (
              <section>
                <h2>{words.groups[group]}</h2>
                <ul>
                  {links.map((link) => (
                    <Item link={link} language={language} />
                  ))}
                </ul>
              </section>
            )
          })}
          <Tools language={language} url={url} />
        </nav>
      </kiosque-share>
      <script type="module" src="/e/v1.js"></script>
    </>
  )
}

const ShortLink: FC<{ language: string; addresses: ShortAddresses }> = ({ language, addresses }) => {
  const words = wordsIn(language).share
  return (
    <section class="card">
      <figure>
        <img src={addresses.qr} alt={words.qr} width="176" height="176" />
      </figure>
      <div>
        <label>
          {words.shortLink}
          <input readonly value={addresses.short} />
        </label>
        <p class="quiet">{words.scan}</p>
      </div>
    </section>
  )
}
