import type { Wording } from '../../share/labels.ts'
import type { Group } from '../../share/network.ts'

/** What readers do with the networks of a group. */
export const groupNames: Record<Group, Wording> = {
  show: { 'fr-CA': 'Sur les réseaux', 'fr-FR': 'Sur les réseaux', en: 'On networks' },
  send: { 'fr-CA': 'À quelqu’un', 'fr-FR': 'À quelqu’un', en: 'To somebody' },
  keep: { 'fr-CA': 'Pour plus tard', 'fr-FR': 'Pour plus tard', en: 'For later' },
  take: { 'fr-CA': 'Le lien lui-même', 'fr-FR': 'Le lien lui-même', en: 'The link itself' },
}
