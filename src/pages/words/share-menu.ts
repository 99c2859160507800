import type { Wording } from '../../share/labels.ts'
import type { Group } from '../../share/network.ts'

const counted =
  'Nous comptons combien de fois par jour chaque lien court est suivi, et depuis quel réseau. Nous ne notons rien sur les personnes qui le suivent.'

/** What the share menu says besides. */
export const menuWords: Record<'title' | 'shortLink' | 'qr' | 'scan' | 'counted', Wording> = {
  title: { 'fr-CA': 'Partager', 'fr-FR': 'Partager', en: 'Share' },
  shortLink: { 'fr-CA': 'Lien court', 'fr-FR': 'Lien court', en: 'Short link' },
  qr: { 'fr-CA': 'Code QR de cet article', 'fr-FR': 'Code QR de cet article', en: 'QR code of this article' },
  scan: {
    'fr-CA': 'Le code mène au même article, sur un téléphone ou sur papier.',
    'fr-FR': 'Le code mène au même article, sur un téléphone ou sur papier.',
    en: 'The code leads to the same article, on a phone or on paper.',
  },
  counted: {
    'fr-CA': counted,
    'fr-FR': counted,
    en: 'We count how often a day each short link is followed, and from which network. We note nothing about the people who follow it.',
  },
}

/** What readers do with the networks of a group. */
export const groupNames: Record<Group, Wording> = {
  show: { 'fr-CA': 'Sur les réseaux', 'fr-FR': 'Sur les réseaux', en: 'On networks' },
  send: { 'fr-CA': 'À quelqu’un', 'fr-FR': 'À quelqu’un', en: 'To somebody' },
  keep: { 'fr-CA': 'Pour plus tard', 'fr-FR': 'Pour plus tard', en: 'For later' },
  take: { 'fr-CA': 'Le lien lui-même', 'fr-FR': 'Le lien lui-même', en: 'The link itself' },
}
