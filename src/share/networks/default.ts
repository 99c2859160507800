import { shortened } from '../../domain/text.ts'
import { sendBy, sendVia, shareOn } from '../labels.ts'
import {
  byGraphemesAndBytes,
  byServer,
  byThreads,
  byWeight,
  characters,
  wholeLink,
  withUrl,
} from '../limits.ts'
import type { Network } from '../network.ts'

/**
 * Makes a `mailto:` link. Line breaks in the body are %0D%0A (RFC 6068 §5). A long subject is shortened,
 * because mail programs show only its beginning.
 */
const mailTo: Network['href'] = ({ title, text, url }, render) =>
  `mailto:?${render({ subject: shortened(title, 150), body: withUrl(text, url, '\r\n\r\n') })}`

/**
 * The networks that a site offers if it chooses none (tier A of docs/networks.md), in the order in which
 * pages show them.
 */
export const defaults: readonly Network[] = [
  {
    id: 'x',
    tier: 'A',
    group: 'show',
    kind: 'popup',
    medium: 'social',
    status: 'official',
    docs: 'https://docs.x.com/x-for-websites/post-button/guides/web-intent',
    verified: '2026-11',
    evidence: ['D', 'C'],
    label: shareOn('X'),
    takes: 'text',
    limit: byWeight,
    href: ({ text, url }, render) => `https://x.com/intent/post?${render({ text, url })}`,
    example:
      'https://x.com/intent/post?text=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6&url=https%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut',
  },
  {
    id: 'facebook',
    tier: 'A',
    group: 'show',
    kind: 'popup',
    medium: 'social',
    status: 'unofficial',
    docs: 'https://developers.facebook.com/documentation/sharing/reference/share-dialog',
    verified: '2026-11',
    evidence: ['C', 'I'],
    label: shareOn('Facebook'),
    takes: 'url',
    // Facebook accepts no text; Facebook itself makes the preview from the article's Open Graph tags.
    href: ({ url }, render) => `https://www.facebook.com/sharer/sharer.php?${render({ u: url })}`,
    example:
      'https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut',
  },
  {
    id: 'linkedin',
    tier: 'A',
    group: 'show',
    kind: 'popup',
    medium: 'social',
    status: 'unofficial',
    docs: 'https://learn.microsoft.com/en-us/linkedin/consumer/integrations/self-serve/plugins/share-plugin',
    verified: '2026-11',
    evidence: ['C', 'I'],
    label: shareOn('LinkedIn'),
    takes: 'url',
    // LinkedIn reads only the URL; LinkedIn itself makes the preview from the article's Open Graph tags.
    href: ({ url }, render) => `https://www.linkedin.com/sharing/share-offsite/?${render({ url })}`,
    example:
      'https://www.linkedin.com/sharing/share-offsite/?url=https%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut',
  },
  {
    id: 'bluesky',
    tier: 'A',
    group: 'show',
    kind: 'popup',
    medium: 'social',
    status: 'official',
    docs: 'https://docs.bsky.app/docs/advanced-guides/intent-links',
    verified: '2026-11',
    evidence: ['D', 'C'],
    label: shareOn('Bluesky'),
    takes: 'text',
    limit: byGraphemesAndBytes,
    href: ({ text, url }, render) =>
      `https://bsky.app/intent/compose?${render({ text: withUrl(text, url) })}`,
    example:
      'https://bsky.app/intent/compose?text=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6%0Ahttps%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut',
  },
  {
    id: 'threads',
    tier: 'A',
    group: 'show',
    kind: 'popup',
    medium: 'social',
    status: 'official',
    docs: 'https://developers.facebook.com/documentation/threads/threads-web-intents',
    verified: '2026-11',
    evidence: ['D', 'K'],
    label: shareOn('Threads'),
    takes: 'text',
    limit: byThreads,
    href: ({ text, url }, render) => `https://www.threads.com/intent/post?${render({ text, url })}`,
    example:
      'https://www.threads.com/intent/post?text=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6&url=https%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut',
  },
  {
    id: 'mastodon',
    tier: 'A',
    group: 'show',
    kind: 'popup',
    medium: 'social',
    status: 'official',
    docs: 'https://blog.joinmastodon.org/2026/03/a-new-share-button/',
    verified: '2026-11',
    evidence: ['D', 'C', 'I'],
    label: shareOn('Mastodon', 'fediverse'),
    takes: 'text',
    limit: byServer,
    // The shared text is in the fragment of the address, because browsers send no fragment to a server. Therefore
    // no server receives the text before the reader has chosen a Mastodon server.
    href: ({ text, url }, render) =>
      `https://share.joinmastodon.org/#${render({ text: withUrl(text, url) })}`,
    example:
      'https://share.joinmastodon.org/#text=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6%0Ahttps%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut',
  },
  {
    id: 'whatsapp',
    tier: 'A',
    group: 'send',
    kind: 'popup',
    medium: 'social',
    status: 'unofficial',
    docs: 'https://faq.whatsapp.com/5913398998672934',
    verified: '2026-11',
    evidence: ['C'],
    label: sendVia('WhatsApp'),
    takes: 'text',
    href: ({ text, url }, render) => `https://api.whatsapp.com/send?${render({ text: withUrl(text, url) })}`,
    example:
      'https://api.whatsapp.com/send?text=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6%0Ahttps%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut',
  },
  {
    id: 'telegram',
    tier: 'A',
    group: 'send',
    kind: 'popup',
    medium: 'social',
    status: 'official',
    docs: 'https://core.telegram.org/widgets/share',
    verified: '2026-11',
    evidence: ['D'],
    label: sendVia('Telegram'),
    takes: 'text',
    href: ({ text, url }, render) => `https://t.me/share/url?${render({ url, text })}`,
    example:
      'https://t.me/share/url?url=https%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut&text=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6',
  },
  {
    id: 'reddit',
    tier: 'A',
    group: 'show',
    kind: 'popup',
    medium: 'social',
    status: 'unofficial',
    docs: 'https://github.com/nygardk/react-share/issues/571',
    verified: '2026-11',
    evidence: ['C', 'I', 'K'],
    label: shareOn('Reddit'),
    takes: 'title',
    limit: characters(300),
    href: ({ text, url }, render) => `https://www.reddit.com/submit?${render({ url, title: text })}`,
    example:
      'https://www.reddit.com/submit?url=https%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut&title=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6',
  },
  {
    id: 'email',
    tier: 'A',
    group: 'send',
    kind: 'app',
    medium: 'email',
    status: 'official',
    docs: 'https://www.rfc-editor.org/rfc/rfc6068',
    verified: '2026-11',
    evidence: ['C', 'F'],
    label: sendBy('email'),
    takes: 'text',
    limit: wholeLink(mailTo),
    href: mailTo,
    example:
      'mailto:?subject=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6&body=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6%0D%0A%0D%0Ahttps%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut',
  },
  {
    id: 'copy',
    tier: 'A',
    group: 'take',
    kind: 'js',
    medium: 'referral',
    status: 'official',
    docs: 'https://developer.mozilla.org/en-US/docs/Web/API/Clipboard/writeText',
    verified: '2026-11',
    evidence: ['D'],
    label: { name: { common: 'copyLink' } },
    takes: 'url',
    // The link leads to the article itself. If no script runs, the reader can copy the address of the link with
    // the browser's own menu.
    href: ({ url }) => url,
    example: 'https://kiosque.example/articles/été?a=1&b=2#haut',
  },
]
