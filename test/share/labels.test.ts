import { expect, test } from 'vitest'
import { groupLabel, labelOf, newTabHint, textIn } from '../../src/share/labels.ts'
import { networks } from '../../src/share/networks.ts'

const labelsIn = (language: string) =>
  Object.fromEntries(networks.map((network) => [network.id, labelOf(network, language)]))

const french = {
  x: 'Partager sur X',
  facebook: 'Partager sur Facebook',
  linkedin: 'Partager sur LinkedIn',
  bluesky: 'Partager sur Bluesky',
  threads: 'Partager sur Threads',
  mastodon: 'Partager sur Mastodon (fédivers)',
  whatsapp: 'Envoyer par WhatsApp',
  telegram: 'Envoyer par Telegram',
  reddit: 'Partager sur Reddit',
  copy: 'Copier le lien',
}
const english = {
  x: 'Share on X',
  facebook: 'Share on Facebook',
  linkedin: 'Share on LinkedIn',
  bluesky: 'Share on Bluesky',
  threads: 'Share on Threads',
  mastodon: 'Share on Mastodon (fediverse)',
  whatsapp: 'Send via WhatsApp',
  telegram: 'Send via Telegram',
  reddit: 'Share on Reddit',
  email: 'Send by email',
  copy: 'Copy link',
}
const rows: [language: string, expected: Record<string, string>][] = [
  ['fr-CA', { ...french, email: 'Envoyer par courriel' }],
  ['fr-FR', { ...french, email: 'Envoyer par e-mail' }],
  ['en', english],
]
test.for(rows)('the labels in %s', ([language, expected]) => {
  expect(labelsIn(language)).toMatchObject(expected)
})

const wording = { 'fr-CA': 'fr-CA', 'fr-FR': 'fr-FR', en: 'en' }
const languages: [language: string, expected: string][] = [
  ['fr-CA', 'fr-CA'],
  ['fr', 'fr-CA'],
  ['FR-ca', 'fr-CA'],
  ['fr-Latn-CA', 'fr-CA'],
  ['fr-FR', 'fr-FR'],
  ['fr-BE', 'fr-FR'],
  ['en', 'en'],
  ['en-CA', 'en'],
  ['de', 'en'],
  ['frp', 'en'],
  ['', 'en'],
]
test.for(languages)('the tag "%s" reads %s', ([language, expected]) => {
  expect(textIn(wording, language)).toBe(expected)
})

test('the group and the hint', () => {
  expect(textIn(groupLabel, 'fr-FR')).toBe('Partager cet article')
  expect(textIn(groupLabel, 'en')).toBe('Share this article')
  expect(textIn(newTabHint, 'fr-CA')).toBe('(s’ouvre dans un nouvel onglet)')
  expect(textIn(newTabHint, 'en')).toBe('(opens in a new tab)')
})
