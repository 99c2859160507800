import { shareOn } from '../labels.ts'
import { characters, charactersWithUrl, withUrl } from '../limits.ts'
import type { Network } from '../network.ts'

/**
 * The networks on which a reader shows an article to many people. A site offers them only if its settings name
 * them.
 */
export const showing: readonly Network[] = [
  {
    id: 'hackernews',
    tier: 'B',
    group: 'show',
    kind: 'popup',
    medium: 'social',
    status: 'unofficial',
    docs: 'https://github.com/kytta/shareon',
    verified: '2026-11',
    evidence: ['C', 'K'],
    label: shareOn('Hacker News'),
    takes: 'title',
    limit: characters(80),
    href: ({ text, url }, render) => `https://news.ycombinator.com/submitlink?${render({ u: url, t: text })}`,
    example:
      'https://news.ycombinator.com/submitlink?u=https%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut&t=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6',
  },
  {
    id: 'pinterest',
    tier: 'B',
    group: 'show',
    kind: 'popup',
    medium: 'social',
    status: 'unofficial',
    docs: 'https://github.com/nygardk/react-share',
    verified: '2026-11',
    evidence: ['C', 'K'],
    label: shareOn('Pinterest'),
    takes: 'text',
    limit: characters(500),
    needs: 'image',
    href: ({ image, text, url }, render) =>
      `https://www.pinterest.com/pin/create/button/?${render({ url, media: image ?? '', description: text })}`,
    example:
      'https://www.pinterest.com/pin/create/button/?url=https%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut&media=https%3A%2F%2Fkiosque.example%2Fmedia%2F%C3%A9t%C3%A9.jpg&description=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6',
  },
  {
    id: 'nextdoor',
    tier: 'B',
    group: 'show',
    kind: 'popup',
    medium: 'social',
    status: 'unofficial',
    docs: 'https://github.com/Automattic/jetpack',
    verified: '2026-11',
    evidence: ['C'],
    label: shareOn('Nextdoor'),
    takes: 'text',
    href: ({ text, url }, render) =>
      `https://nextdoor.com/sharekit/?${render({ source: 'kiosque', body: withUrl(text, url) })}`,
    example:
      'https://nextdoor.com/sharekit/?source=kiosque&body=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6%0Ahttps%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut',
  },
  {
    id: 'lobsters',
    tier: 'C',
    group: 'show',
    kind: 'popup',
    medium: 'social',
    status: 'unofficial',
    docs: 'https://github.com/kytta/shareon',
    verified: '2026-11',
    evidence: ['C'],
    label: shareOn('Lobsters'),
    takes: 'title',
    href: ({ text, url }, render) => `https://lobste.rs/stories/new?${render({ url, title: text })}`,
    example:
      'https://lobste.rs/stories/new?url=https%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut&title=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6',
  },
  {
    id: 'journalduhacker',
    tier: 'C',
    group: 'show',
    kind: 'popup',
    medium: 'social',
    status: 'unofficial',
    docs: 'https://github.com/FreshRSS/FreshRSS',
    verified: '2026-11',
    evidence: ['C'],
    label: shareOn('Journal du hacker'),
    takes: 'title',
    href: ({ text, url }, render) =>
      `https://www.journalduhacker.net/stories/new?${render({ url, title: text })}`,
    example:
      'https://www.journalduhacker.net/stories/new?url=https%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut&title=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6',
  },
  {
    id: 'linkedintext',
    tier: 'C',
    group: 'show',
    kind: 'popup',
    medium: 'social',
    status: 'unofficial',
    docs: 'https://learn.microsoft.com/en-us/training/',
    verified: '2026-11',
    evidence: ['F', 'K'],
    label: shareOn('LinkedIn', 'withText'),
    takes: 'text',
    limit: charactersWithUrl(3000),
    // LinkedIn does not document this address, but a training website of Microsoft uses it. The address works
    // only on desktop computers.
    href: ({ text, url }, render) =>
      `https://www.linkedin.com/feed/?shareActive=true&${render({ text: withUrl(text, url) })}`,
    example:
      'https://www.linkedin.com/feed/?shareActive=true&text=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6%0Ahttps%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut',
  },
  {
    id: 'facebookdialog',
    tier: 'C',
    group: 'show',
    kind: 'popup',
    medium: 'social',
    status: 'official',
    docs: 'https://developers.facebook.com/documentation/sharing/reference/share-dialog',
    verified: '2026-11',
    evidence: ['D'],
    label: shareOn('Facebook'),
    takes: 'url',
    needs: 'facebookApp',
    href: ({ facebookApp, url }, render) =>
      `https://www.facebook.com/dialog/share?${render({ app_id: facebookApp ?? '', display: 'popup', href: url })}`,
    example:
      'https://www.facebook.com/dialog/share?app_id=1234567890&display=popup&href=https%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut',
  },
  {
    id: 'tumblr',
    tier: 'C',
    group: 'show',
    kind: 'popup',
    medium: 'social',
    status: 'unofficial',
    docs: 'https://github.com/nygardk/react-share',
    verified: '2026-11',
    evidence: ['C'],
    label: shareOn('Tumblr'),
    takes: 'title',
    href: ({ text, url }, render) =>
      `https://www.tumblr.com/widgets/share/tool?${render({ canonicalUrl: url, title: text, posttype: 'link' })}`,
    example:
      'https://www.tumblr.com/widgets/share/tool?canonicalUrl=https%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut&title=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6&posttype=link',
  },
  {
    id: 'vk',
    tier: 'C',
    group: 'show',
    kind: 'popup',
    medium: 'social',
    status: 'unofficial',
    docs: 'https://github.com/nygardk/react-share',
    verified: '2026-11',
    evidence: ['C'],
    label: shareOn('VK'),
    takes: 'title',
    href: ({ image, text, url }, render) =>
      `https://vk.com/share.php?${render({ url, title: text, image: image ?? '' })}`,
    example:
      'https://vk.com/share.php?url=https%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut&title=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6&image=https%3A%2F%2Fkiosque.example%2Fmedia%2F%C3%A9t%C3%A9.jpg',
  },
  {
    id: 'ok',
    tier: 'C',
    group: 'show',
    kind: 'popup',
    medium: 'social',
    status: 'unofficial',
    docs: 'https://github.com/nygardk/react-share',
    verified: '2026-11',
    evidence: ['C'],
    label: shareOn('OK'),
    takes: 'title',
    href: ({ image, text, url }, render) =>
      `https://connect.ok.ru/offer?${render({ url, title: text, imageUrl: image ?? '' })}`,
    example:
      'https://connect.ok.ru/offer?url=https%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut&title=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6&imageUrl=https%3A%2F%2Fkiosque.example%2Fmedia%2F%C3%A9t%C3%A9.jpg',
  },
  {
    id: 'weibo',
    tier: 'C',
    group: 'show',
    kind: 'popup',
    medium: 'social',
    status: 'unofficial',
    docs: 'https://github.com/heiseonline/shariff',
    verified: '2026-11',
    evidence: ['C'],
    label: shareOn('Weibo'),
    takes: 'title',
    href: ({ image, text, url }, render) =>
      `https://service.weibo.com/share/share.php?${render({ url, title: text, pic: image ?? '' })}`,
    example:
      'https://service.weibo.com/share/share.php?url=https%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut&title=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6&pic=https%3A%2F%2Fkiosque.example%2Fmedia%2F%C3%A9t%C3%A9.jpg',
  },
  {
    id: 'hatena',
    tier: 'C',
    group: 'show',
    kind: 'popup',
    medium: 'social',
    status: 'unofficial',
    docs: 'https://github.com/nygardk/react-share',
    verified: '2026-11',
    evidence: ['C'],
    label: shareOn('Hatena'),
    takes: 'title',
    href: ({ text, url }, render) =>
      `https://b.hatena.ne.jp/add?mode=confirm&${render({ url, title: text })}`,
    example:
      'https://b.hatena.ne.jp/add?mode=confirm&url=https%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut&title=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6',
  },
  {
    id: 'flipboard',
    tier: 'C',
    group: 'show',
    kind: 'popup',
    medium: 'social',
    status: 'unofficial',
    docs: 'https://github.com/kytta/shareon',
    verified: '2026-11',
    evidence: ['C'],
    label: shareOn('Flipboard'),
    takes: 'title',
    href: ({ text, url }, render) =>
      `https://share.flipboard.com/bookmarklet/popout?v=2&${render({ title: text, url })}`,
    example:
      'https://share.flipboard.com/bookmarklet/popout?v=2&title=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6&url=https%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut',
  },
  {
    id: 'diaspora',
    tier: 'C',
    group: 'show',
    kind: 'popup',
    medium: 'social',
    status: 'unofficial',
    docs: 'https://github.com/heiseonline/shariff',
    verified: '2026-11',
    evidence: ['C'],
    label: shareOn('diaspora*'),
    takes: 'title',
    href: ({ text, url }, render) => `https://share.diasporafoundation.org/?${render({ title: text, url })}`,
    example:
      'https://share.diasporafoundation.org/?title=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6&url=https%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut',
  },
  {
    id: 'buffer',
    tier: 'C',
    group: 'show',
    kind: 'popup',
    medium: 'social',
    status: 'unofficial',
    docs: 'https://github.com/kytta/shareon',
    verified: '2026-11',
    evidence: ['C'],
    label: shareOn('Buffer'),
    takes: 'text',
    href: ({ text, url }, render) => `https://publish.buffer.com/compose?${render({ url, text })}`,
    example:
      'https://publish.buffer.com/compose?url=https%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut&text=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6',
  },
]
