import { saveTo } from '../labels.ts'
import type { Network } from '../network.ts'

/**
 * The services in which a reader keeps an article for later, and the QR code, which brings the article's
 * address to another device. A site offers them only if its settings name them.
 */
export const keeping: readonly Network[] = [
  {
    id: 'instapaper',
    tier: 'B',
    group: 'keep',
    kind: 'popup',
    medium: 'referral',
    status: 'unofficial',
    docs: 'https://github.com/kytta/shareon',
    verified: '2026-11',
    evidence: ['C'],
    label: saveTo('Instapaper'),
    takes: 'title',
    href: ({ text, url }, render) => `https://www.instapaper.com/hello2?${render({ url, title: text })}`,
    example:
      'https://www.instapaper.com/hello2?url=https%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut&title=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6',
  },
  {
    id: 'raindrop',
    tier: 'B',
    group: 'keep',
    kind: 'popup',
    medium: 'referral',
    status: 'unofficial',
    docs: 'https://github.com/FreshRSS/FreshRSS',
    verified: '2026-11',
    evidence: ['C', 'F'],
    label: saveTo('Raindrop'),
    takes: 'title',
    href: ({ text, url }, render) => `https://app.raindrop.io/add?${render({ link: url, title: text })}`,
    example:
      'https://app.raindrop.io/add?link=https%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut&title=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6',
  },
  {
    id: 'readwise',
    tier: 'B',
    group: 'keep',
    kind: 'popup',
    medium: 'referral',
    status: 'unofficial',
    docs: 'https://github.com/FreshRSS/FreshRSS',
    verified: '2026-11',
    evidence: ['F'],
    label: saveTo('Readwise'),
    takes: 'url',
    href: ({ url }, render) => `https://wise.readwise.io/save?${render({ url })}`,
    example:
      'https://wise.readwise.io/save?url=https%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut',
  },
  {
    id: 'pinboard',
    tier: 'C',
    group: 'keep',
    kind: 'popup',
    medium: 'referral',
    status: 'unofficial',
    docs: 'https://github.com/FreshRSS/FreshRSS',
    verified: '2026-11',
    evidence: ['C'],
    label: saveTo('Pinboard'),
    takes: 'title',
    href: ({ text, url }, render) => `https://pinboard.in/add?next=same&${render({ url, title: text })}`,
    example:
      'https://pinboard.in/add?next=same&url=https%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut&title=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6',
  },
  {
    id: 'qr',
    tier: 'B',
    group: 'take',
    kind: 'link',
    medium: 'referral',
    status: 'official',
    docs: 'https://github.com/unjs/uqr',
    verified: '2026-11',
    evidence: ['M'],
    label: { name: { common: 'qrCode' } },
    takes: 'url',
    needs: 'qr',
    href: ({ qr = '' }) => qr,
    example: 'https://kiosque.example/qr/4mTBRMsJx9k.svg',
  },
]
