import { expect, test } from 'vitest'
import { labelIn, saveTo, sendVia, shareIn, shareOn, textOf } from '../../src/share/labels.ts'
import { networks } from '../../src/share/networks.ts'

const labelsIn = (language: string) =>
  Object.fromEntries(networks.map(({ id, label }) => [id, textOf(labelIn(label, language))]))

const french = {
  x: 'Partager sur X',
  facebook: 'Partager sur Facebook',
  linkedin: 'Partager sur LinkedIn',
  linkedintext: 'Partager sur LinkedIn (avec texte)',
  bluesky: 'Partager sur Bluesky',
  threads: 'Partager sur Threads',
  mastodon: 'Partager sur Mastodon (fédivers)',
  mastodonserver: 'Partager sur Mastodon (votre serveur)',
  whatsapp: 'Envoyer par WhatsApp',
  telegram: 'Envoyer par Telegram',
  reddit: 'Partager sur Reddit',
  teams: 'Partager dans Teams',
  outlookwork: 'Envoyer par Outlook (travail)',
  instapaper: 'Enregistrer dans Instapaper',
  copy: 'Copier le lien',
  qr: 'Code QR',
}
const english = {
  x: 'Share on X',
  facebook: 'Share on Facebook',
  linkedin: 'Share on LinkedIn',
  linkedintext: 'Share on LinkedIn (with text)',
  bluesky: 'Share on Bluesky',
  threads: 'Share on Threads',
  mastodon: 'Share on Mastodon (fediverse)',
  mastodonserver: 'Share on Mastodon (your server)',
  whatsapp: 'Send via WhatsApp',
  telegram: 'Send via Telegram',
  reddit: 'Share on Reddit',
  teams: 'Share in Teams',
  outlookwork: 'Send via Outlook (work)',
  instapaper: 'Save to Instapaper',
  email: 'Send by email',
  sms: 'Send by text message',
  copy: 'Copy link',
  qr: 'QR code',
}
const german = {
  x: 'Auf X teilen',
  facebook: 'Auf Facebook teilen',
  linkedin: 'Auf LinkedIn teilen',
  linkedintext: 'Auf LinkedIn (mit Text) teilen',
  bluesky: 'Auf Bluesky teilen',
  threads: 'Auf Threads teilen',
  mastodon: 'Auf Mastodon (Fediverse) teilen',
  mastodonserver: 'Auf Mastodon (Ihr Server) teilen',
  whatsapp: 'Per WhatsApp senden',
  telegram: 'Per Telegram senden',
  reddit: 'Auf Reddit teilen',
  teams: 'In Teams teilen',
  outlookwork: 'Per Outlook (beruflich) senden',
  instapaper: 'In Instapaper speichern',
  email: 'Per E-Mail senden',
  sms: 'Per SMS senden',
  copy: 'Link kopieren',
  qr: 'QR-Code',
}
const rows: [language: string, expected: Record<string, string>][] = [
  ['fr-CA', { ...french, email: 'Envoyer par courriel', sms: 'Envoyer par texto' }],
  ['fr-FR', { ...french, email: 'Envoyer par e-mail', sms: 'Envoyer par SMS' }],
  ['en', english],
  ['de', german],
  ['de-CH', german],
  ['frr', english],
]
test.for(rows)('the labels in %s', ([language, expected]) => {
  expect(labelsIn(language)).toMatchObject(expected)
})

const parts: [language: string, before: string, name: string, after: string][] = [
  ['fr', 'Partager sur ', 'Mastodon (fédivers)', ''],
  ['en', 'Share on ', 'Mastodon (fediverse)', ''],
  ['de', 'Auf ', 'Mastodon (Fediverse)', ' teilen'],
]
test.for(parts)('in %s the name stands apart from its verb', ([language, before, name, after]) => {
  expect(labelIn(shareOn('Mastodon', 'fediverse'), language)).toEqual({ before, name, after })
})

test('a network’s name that contains a verb or a placeholder stays unchanged', () => {
  for (const label of [shareOn, shareIn, sendVia, saveTo]) {
    expect(labelIn(label('Share on {} teilen'), 'de').name, label.name).toBe('Share on {} teilen')
  }
})
