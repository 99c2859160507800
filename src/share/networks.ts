import { copyLink, sendBy, sendByEmail, shareOn, type Wording } from './labels.ts'
import { renderParameters } from './parameters.ts'

/** What a reader shares: the title on one line, and the clean URL, without campaign tags. */
export interface Shared {
  title: string
  url: string
}

/**
 * How a row is known. D: the network's document or a standard; C: source code that was read; I: an issue;
 * B: a secondary note; M: measured; F: folk practice; K: from memory, not checked.
 */
export type Grade = 'D' | 'C' | 'I' | 'B' | 'M' | 'F' | 'K'

/** Where a reader shares to. */
export interface Network {
  id: string
  /** The network's own page on it; where it has none, the best evidence. */
  docs: string
  /** The month in which the evidence was read. */
  verified: string
  evidence: readonly Grade[]
  label: Wording
  /** The share link. The title is not cleaned here: see `links.ts`. */
  href: (shared: Shared) => string
  /** The share link of `sample`. */
  example: string
}

/** What every `example` shares. */
export const sample: Shared = {
  title: '« L’été » : 100 % "d\'ici" & #tag',
  url: 'https://kiosque.example/articles/été?a=1&b=2#haut',
}

/** Text for a network that takes the URL only inside it; last, and alone on its line. */
const titleAndUrl = ({ title, url }: Shared, between = '\n'): string =>
  [title, url].filter(Boolean).join(between)

/** Every network, in the order in which they are offered. Adding one is adding a row. */
export const networks: readonly Network[] = [
  {
    id: 'x',
    docs: 'https://docs.x.com/x-for-websites/post-button/guides/web-intent',
    verified: '2026-11',
    evidence: ['D', 'C'],
    label: shareOn('X'),
    href: ({ title, url }) => `https://x.com/intent/post?${renderParameters({ text: title, url })}`,
    example:
      'https://x.com/intent/post?text=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag&url=https%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut',
  },
  {
    id: 'facebook',
    docs: 'https://developers.facebook.com/documentation/sharing/reference/share-dialog',
    verified: '2026-11',
    evidence: ['C', 'I'],
    label: shareOn('Facebook'),
    // It takes no text: the card comes from the article's Open Graph tags.
    href: ({ url }) => `https://www.facebook.com/sharer/sharer.php?${renderParameters({ u: url })}`,
    example:
      'https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut',
  },
  {
    id: 'linkedin',
    docs: 'https://learn.microsoft.com/en-us/linkedin/consumer/integrations/self-serve/plugins/share-plugin',
    verified: '2026-11',
    evidence: ['C', 'I'],
    label: shareOn('LinkedIn'),
    // Only the URL is read; the card comes from the article's Open Graph tags.
    href: ({ url }) => `https://www.linkedin.com/sharing/share-offsite/?${renderParameters({ url })}`,
    example:
      'https://www.linkedin.com/sharing/share-offsite/?url=https%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut',
  },
  {
    id: 'bluesky',
    docs: 'https://docs.bsky.app/docs/advanced-guides/intent-links',
    verified: '2026-11',
    evidence: ['D', 'C'],
    label: shareOn('Bluesky'),
    href: (shared) => `https://bsky.app/intent/compose?${renderParameters({ text: titleAndUrl(shared) })}`,
    example:
      'https://bsky.app/intent/compose?text=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%0Ahttps%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut',
  },
  {
    id: 'threads',
    docs: 'https://developers.facebook.com/documentation/threads/threads-web-intents',
    verified: '2026-11',
    evidence: ['D'],
    label: shareOn('Threads'),
    href: ({ title, url }) => `https://www.threads.com/intent/post?${renderParameters({ text: title, url })}`,
    example:
      'https://www.threads.com/intent/post?text=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag&url=https%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut',
  },
  {
    id: 'mastodon',
    docs: 'https://blog.joinmastodon.org/2026/03/a-new-share-button/',
    verified: '2026-11',
    evidence: ['D', 'C', 'I'],
    label: shareOn('Mastodon (fédivers)', 'Mastodon (fediverse)'),
    // In the fragment, so that nothing reaches a server before the reader has named their own.
    href: (shared) => `https://share.joinmastodon.org/#${renderParameters({ text: titleAndUrl(shared) })}`,
    example:
      'https://share.joinmastodon.org/#text=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%0Ahttps%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut',
  },
  {
    id: 'whatsapp',
    docs: 'https://faq.whatsapp.com/5913398998672934',
    verified: '2026-11',
    evidence: ['C'],
    label: sendBy('WhatsApp'),
    href: (shared) => `https://api.whatsapp.com/send?${renderParameters({ text: titleAndUrl(shared) })}`,
    example:
      'https://api.whatsapp.com/send?text=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%0Ahttps%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut',
  },
  {
    id: 'telegram',
    docs: 'https://core.telegram.org/widgets/share',
    verified: '2026-11',
    evidence: ['D'],
    label: sendBy('Telegram'),
    href: ({ title, url }) => `https://t.me/share/url?${renderParameters({ url, text: title })}`,
    example:
      'https://t.me/share/url?url=https%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut&text=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag',
  },
  {
    id: 'reddit',
    docs: 'https://github.com/nygardk/react-share/issues/571',
    verified: '2026-11',
    evidence: ['C', 'I'],
    label: shareOn('Reddit'),
    href: ({ title, url }) => `https://www.reddit.com/submit?${renderParameters({ url, title })}`,
    example:
      'https://www.reddit.com/submit?url=https%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut&title=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag',
  },
  {
    id: 'email',
    docs: 'https://www.rfc-editor.org/rfc/rfc6068',
    verified: '2026-11',
    evidence: ['C'],
    label: sendByEmail,
    // RFC 6068 §5: a line break in a body is %0D%0A.
    href: (shared) =>
      `mailto:?${renderParameters({ subject: shared.title, body: titleAndUrl(shared, '\r\n\r\n') })}`,
    example:
      'mailto:?subject=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag&body=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%0D%0A%0D%0Ahttps%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut',
  },
  {
    id: 'copy',
    docs: 'https://developer.mozilla.org/en-US/docs/Web/API/Clipboard/writeText',
    verified: '2026-11',
    evidence: ['D'],
    label: copyLink,
    // A plain link, which the reader's own menu can copy.
    href: ({ url }) => url,
    example: 'https://kiosque.example/articles/été?a=1&b=2#haut',
  },
]
